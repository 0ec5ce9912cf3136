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
}

/** What `llmos` asks for a skill that is not Python. */
export interface ISkillRequest {
  /** Id of the skill, and the `sha256:` version that Python has in its index. */
  readonly id: string;
  readonly version: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Key of a pure call. */
  readonly key?: string;
}

/** A value that Python has packed; only Python reads it. */
export interface IPythonPack {
  readonly text: string;
  readonly buffers: readonly ArrayBuffer[];
}

/** A call that `llmos` stages for the pool: packed inputs, or data for other runtimes. */
export interface IStageRequest extends Partial<IPythonPack> {
  readonly key: string;
  readonly skill: string;
  readonly version: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** What staging gives: whether the result is there, or why the call cannot be staged. */
export interface IStageAnswer {
  readonly cached: boolean;
  readonly why?: string;
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

/** What `llmos` gets: the result, or the error that the skill or its runtime raised. */
export type SkillAnswer =
  | {
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly bundle: Readonly<Record<string, unknown>>;
      readonly stdout: string;
      /** Whether it came from the cache. */
      readonly cached?: true;
    }
  | {
      readonly error: {
        readonly name: string;
        readonly message: string;
        readonly line?: number;
        readonly traceback?: string;
      };
      /** What the skill printed before it failed. */
      readonly stdout?: string;
    };

/** From the worker to the page. */
export type FromWorker =
  | { readonly type: 'batch'; readonly messages: readonly FromWorker[] }
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
  /** Bytes of memory that Python holds, after each request. */
  | { readonly type: 'memory'; readonly bytes: number }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly request: ISkillRequest;
    }
  | { readonly type: 'read'; readonly id: number; readonly path: string }
  | { readonly type: 'lookup'; readonly id: number; readonly key: string }
  | { readonly type: 'stage'; readonly id: number; readonly request: IStageRequest }
  | { readonly type: 'put'; readonly key: string; readonly result: IPythonPack }
  | {
      readonly type: 'called';
      /** `msg_id` of the request in which the call was made. */
      readonly parent: string;
      /** JSON of the rest of an `ICallRecord`. */
      readonly record: string;
    }
  | {
      readonly type: 'outcome';
      readonly id: number;
      readonly outcome: PoolOutcome;
      /** Bytes of Python's memory. */
      readonly memory: number;
    };

/** From the page to the worker. */
export type ToWorker =
  | { readonly type: 'interrupts'; readonly buffer: SharedArrayBuffer }
  /** Stops the request with this `msg_id`, should its Python wait for something. */
  | { readonly type: 'interrupt'; readonly parent: string }
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string }
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
