import type { FromPython, IPythonPack, ToPython } from '@llmos-lab/kernel';
import type { PhaseName } from './phases';

/**
 * What crosses the border between page and kernel worker beside Jupyter messages. Each
 * message is an object with the one key `llmos`, which neither comlink nor coincident
 * reads, so the same messages serve both transports, and typed arrays cross unserialised.
 */

/** Where the files of the Python runtime are; all URLs absolute. */
export interface IBootConfig {
  /** Folder of our own scripts, with a slash at its end. */
  readonly siteUrl: string;
  /** `pyodide.mjs` of the vendored Pyodide. */
  readonly pyodideUrl: string;
  /** The package index beside it. */
  readonly lockUrl: string;
  /** Standard library with bytecode; Pyodide's own when absent. */
  readonly stdlibUrl?: string;
  /** Zip of IPython, the kernel and `llmos` with bytecode; wheels are loaded when absent. */
  readonly bundleUrl?: string;
  /** Python's memory with the kernel in it; Python starts from nothing when absent. */
  readonly snapshotUrl?: string;
}

/** Marks of keys that have come since the last time, or all anew. */
export interface IMarks {
  readonly added: readonly string[];
  readonly anew: boolean;
}

/** How a call in the pool ended: its result, why that is not kept, or its error. */
export type PoolOutcome = (
  | { readonly text: string }
  | { readonly why: string; readonly holds: 'call' | 'version' }
  | { readonly text: string; readonly name: string; readonly message: string }
) & {
  readonly buffers: readonly ArrayBuffer[];
};

/** From the worker to the page. */
export type FromWorker =
  | FromPython
  | {
      readonly type: 'phase';
      readonly name: PhaseName;
      readonly start: number;
      readonly end: number;
    }
  | { readonly type: 'versions'; readonly python: string; readonly pyodide: string }
  | { readonly type: 'failed'; readonly message: string }
  /** A stop has been heard: what waits is cancelled, what has ended is left alone. */
  | { readonly type: 'interrupted' }
  /** The end of an execute request: its reply, or why there is none. */
  | { readonly type: 'executed'; readonly id: number; readonly reply: unknown }
  | { readonly type: 'broken'; readonly id: number; readonly message: string }
  /** A pool worker loads something, its own Python first; null when it is there. */
  | { readonly type: 'loading'; readonly text: string | null }
  /** A message for the notebook, from a worker whose own way to the page would wait. */
  | { readonly type: 'publish'; readonly message: unknown }
  /** Bytes of memory that Python holds, where that has changed. */
  | { readonly type: 'memory'; readonly bytes: number }
  | {
      readonly type: 'outcome';
      readonly id: number;
      readonly outcome: PoolOutcome;
      /** Milliseconds that it took, by the worker's clock, once all it needs was loaded. */
      readonly ms: number;
      /** Bytes of Python's memory. */
      readonly memory: number;
    };

/** From the page to the worker. */
export type ToWorker =
  /** An execute request; what it publishes comes before its end. */
  | {
      readonly type: 'execute';
      readonly id: number;
      readonly content: unknown;
      readonly parent: unknown;
      readonly marks?: IMarks;
    }
  | { readonly type: 'interrupts'; readonly buffer: SharedArrayBuffer }
  /** Stops the request with this `msg_id`, should its Python wait for something. */
  | { readonly type: 'interrupt'; readonly parent: string }
  | ToPython
  | {
      readonly type: 'run';
      readonly id: number;
      readonly skill: string;
      readonly version: string;
      readonly inputs: IPythonPack;
      /** The skill as JSON where it is not one of the index: inputs are plain JSON then. */
      readonly entry?: string;
      /** The skill index as JSON, when it has changed since the last run. */
      readonly index?: string;
      readonly marks: IMarks;
    };

/** Wraps a message for `postMessage`. */
export function wrapMessage<T extends FromWorker | ToWorker>(message: T): { llmos: T } {
  return { llmos: message };
}

/** The message in an event's data, or undefined when it is of another protocol. */
export function unwrapMessage<T extends FromWorker | ToWorker>(
  data: unknown
): T | undefined {
  if (typeof data !== 'object' || data === null || !('llmos' in data)) {
    return undefined;
  }
  return data.llmos as T;
}
