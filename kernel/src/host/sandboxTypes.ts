/**
 * The two borders of the sandbox: page ↔ frame by a message port, frame ↔ worker by the
 * worker's own messages. Both ends of each import this file and nothing else of the other.
 */

import type { SkillFiles } from '../runtimes/besideFiles';
import type { IFailure } from '../runtimes/failure';
import type { SkillCode } from '../runtimes/netlist';
import type { IOutcome } from '../runtimes/outcome';
import type { IRuntimeLimits } from './tokens';

/** Runtimes that are bundled for the sandbox, one classic script each. */
export type SandboxRuntime = 'javascript' | 'threejs';

/** One call as it goes to the worker. */
export interface ISandboxCall {
  readonly id: number;
  readonly runtime: SandboxRuntime;
  /** A worker runs calls of one version of one skill only, so that none sees another's. */
  readonly key: string;
  readonly skill: SkillCode;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The files beside the skill. */
  readonly files: SkillFiles;
  readonly limits: IRuntimeLimits;
}

/** From the page. */
export type ToFrame =
  | { readonly kind: 'load'; readonly runtime: SandboxRuntime; readonly code: string }
  | { readonly kind: 'run'; readonly call: ISandboxCall }
  | { readonly kind: 'stop'; readonly id: number }
  | { readonly kind: 'ping' };

/** From the frame; `FromWorker` messages are passed on once they have been checked. */
export type FromFrame =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly id: number }
  | FromWorker;

/** From the frame to a worker: a call, or whether it still answers. */
export type ToWorker =
  { readonly kind: 'run'; readonly call: ISandboxCall } | { readonly kind: 'ping' };

/** From a worker: what it printed, how the call ended, and that it answers. */
export type FromWorker =
  | { readonly kind: 'pong' }
  | { readonly kind: 'log'; readonly id: number; readonly line: string }
  | { readonly kind: 'done'; readonly id: number; readonly outcome: IOutcome }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: IFailure };
