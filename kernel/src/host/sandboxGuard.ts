/**
 * Runs first in every sandbox worker: takes away what the CSP forbids anyway, so that a
 * skill gets a clear message, and keeps count of the memory that arrays take.
 */

import { failure } from '../runtimes/failure';

type Names = readonly string[];

const NETWORK: Names = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'WebTransport',
  'EventSource',
  'importScripts'
];
const STORAGE: Names = ['indexedDB', 'caches', 'cookieStore', 'FileSystemHandle'];
const OTHERS: Names = [
  'postMessage',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'Worker',
  'SharedWorker',
  'close'
];

/** Takes network, storage and other threads from the global scope. */
export function removeGlobals(scope: object): void {
  NETWORK.forEach(name => refuse(scope, name, 'skills have no network'));
  STORAGE.forEach(name => refuse(scope, name, 'skills have no storage'));
  OTHERS.forEach(name =>
    refuse(scope, name, 'skills cannot reach the page or other threads')
  );
  replace(
    scope,
    'navigator',
    Object.freeze({ userAgent: 'LLMos Lab', language: 'en' })
  );
}

function refuse(scope: object, name: string, why: string): void {
  const say = (): never => {
    throw failure(
      'skill-error',
      `${name} is not available: ${why}. Pass data in as inputs and return it as outputs.`,
      { name: 'SecurityError' }
    );
  };
  const stand = new Proxy(function () {}, { apply: say, construct: say, get: say });
  replace(scope, name, stand);
}

/** Replaces a global on `scope` and wherever its prototypes have it. */
function replace(scope: object, name: string, value: unknown): void {
  for (
    let holder: object | null = scope;
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder) as object | null
  ) {
    if (holder === scope || Object.hasOwn(holder, name)) {
      Object.defineProperty(holder, name, {
        value,
        writable: false,
        configurable: false
      });
    }
  }
}

type ArrayMaker = new (...items: unknown[]) => object;

/** Arrays whose memory is counted. */
const COUNTED: Names = [
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array'
];

/**
 * Counts the bytes of the arrays that a call makes, and refuses more than the limit.
 * JavaScript tells of arrays that are gone only between two turns of its loop, so those
 * made and dropped since the skill last waited count as well.
 */
export class MemoryBudget {
  /** Starts a call that may hold `limit` bytes. */
  begin(limit: number): void {
    this._limit = limit;
    this._held = 0;
    this._call += 1;
  }

  /** Replaces the array constructors of `scope` by counting ones. */
  install(scope: object): void {
    for (const name of COUNTED) {
      const maker = (scope as Record<string, unknown>)[name];
      if (typeof maker === 'function') {
        this._count(scope, name, maker as ArrayMaker);
      }
    }
    const { WebAssembly: wasm } = scope as { WebAssembly?: { Memory: ArrayMaker } };
    if (wasm) {
      this._count(wasm, 'Memory', wasm.Memory);
    }
  }

  private _count(scope: object, name: string, maker: ArrayMaker): void {
    const size = (items: readonly unknown[]): number => sizeOf(name, maker, items);
    const counting = new Proxy(maker, {
      construct: (target, items, newTarget) => {
        const bytes = size(items);
        this._check(bytes);
        const made = Reflect.construct(
          target,
          items,
          newTarget as () => void
        ) as object;
        if (bytes > 0) {
          this._held += bytes;
          this._freed.register(made, { bytes, call: this._call });
        }
        return made;
      }
    });
    const { prototype } = maker as unknown as { prototype: object };
    Object.defineProperty(prototype, 'constructor', { value: counting });
    Object.defineProperty(scope, name, { value: counting });
  }

  private _check(bytes: number): void {
    if (this._held + bytes <= this._limit) {
      return;
    }
    const asked = Math.ceil(bytes / 2 ** 20);
    const before = Math.floor(this._held / 2 ** 20);
    const limit = Math.floor(this._limit / 2 ** 20);
    throw failure(
      'out-of-memory',
      `The skill asked for ${asked} MB of arrays; it may hold ${limit} MB in all` +
        (before > 0
          ? `, and has made ${before} MB. Arrays that it has dropped count until it ` +
            `waits: use arrays again, or await a timer now and then. `
          : '. ') +
        `Work in smaller parts, or raise the memory limit in the settings.`
    );
  }

  private readonly _freed = new FinalizationRegistry<{
    readonly bytes: number;
    readonly call: number;
  }>(({ bytes, call }) => {
    if (call === this._call) {
      this._held -= bytes;
    }
  });
  private _limit = Infinity;
  private _held = 0;
  private _call = 0;
}

/** Bytes that a constructor call takes anew; views of a buffer take none. */
function sizeOf(name: string, maker: ArrayMaker, items: readonly unknown[]): number {
  const [first, second] = items;
  if (name === 'Memory') {
    return Number((first as { initial?: number } | undefined)?.initial ?? 0) * 65536;
  }
  const { BYTES_PER_ELEMENT = 1 } = maker as { BYTES_PER_ELEMENT?: number };
  if (typeof first === 'number') {
    const most = (second as { maxByteLength?: number } | undefined)?.maxByteLength ?? 0;
    return Math.max(first, most) * BYTES_PER_ELEMENT || 0;
  }
  const { length = 0 } = (first ?? {}) as { length?: unknown };
  return typeof length === 'number' ? length * BYTES_PER_ELEMENT : 0;
}
