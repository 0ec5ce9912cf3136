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
}

/** What `llmos` gets: the result, or the error that the skill or its runtime raised. */
export type SkillAnswer =
  | {
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly bundle: Readonly<Record<string, unknown>>;
      readonly stdout: string;
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
  | {
      readonly type: 'phase';
      readonly name: PhaseName;
      readonly start: number;
      readonly end: number;
    }
  | { readonly type: 'versions'; readonly python: string; readonly pyodide: string }
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly request: ISkillRequest;
    }
  | { readonly type: 'read'; readonly id: number; readonly path: string };

/** From the page to the worker. */
export type ToWorker =
  | { readonly type: 'interrupts'; readonly buffer: SharedArrayBuffer }
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string };

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
