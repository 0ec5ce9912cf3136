import type { IDisposable } from '@lumino/disposable';

/**
 * What Python and the host of a page say to each other, whatever lies between them: the
 * worker of a kernel or of the pool, or the socket to an ordinary kernel.
 */

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

/** From Python: questions have an `id`, by which they are answered. */
export type FromPython =
  | { readonly type: 'batch'; readonly messages: readonly FromPython[] }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly request: ISkillRequest;
    }
  /** Nobody waits any more for the answer to this call. */
  | { readonly type: 'cancel'; readonly id: number }
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
    };

/** The answer to a question, or why there is none. */
export type ToPython =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'refusal'; readonly id: number; readonly message: string };

/** The way to the Python that asks. */
export interface IPythonPort {
  post(message: ToPython): void;
  /** Hands on each message until disposed of; code of notebooks can send anything. */
  listen(take: (message: unknown) => void): IDisposable;
}
