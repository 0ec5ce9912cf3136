import type { IExecutableSkill, IProblem, ISkill, SkillType } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

/** A skill in a volume: what it says, where it stands, and which bytes it has. */
export interface ISkillEntry {
  readonly skill: ISkill;
  /** Name of the drive: `system`, `user`, or that of a team. */
  readonly volume: string;
  /** Contents path with drive, such as `system:skills/quantum-vqe.md`. */
  readonly path: string;
  /** The whole file. */
  readonly text: string;
  /** `sha256:` and the hash of the file's bytes. */
  readonly version: string;
  /** Paths of same-named skills in farther volumes that this one hides. */
  readonly shadows: readonly string[];
}

/** An entry whose skill computes. */
export interface IExecutableEntry extends ISkillEntry {
  readonly skill: IExecutableSkill;
}

/**
 * All skills of all mounted volumes, nearest volume first, read through Contents and
 * kept current by `fileChanged` (this tab) and BroadcastChannel (other tabs).
 */
export interface ISkillIndex {
  /** Resolves when the first read of all volumes is done. */
  readonly ready: Promise<void>;
  /** One entry an id (shadowed ones left out), sorted by id. */
  readonly entries: readonly ISkillEntry[];
  /** Every problem of every file, the broken ones included. `file` is a Contents path. */
  readonly problems: readonly IProblem[];
  /** Counts up at each change, so that a reader can tell whether it is current. */
  readonly revision: number;
  readonly changed: ISignal<ISkillIndex, void>;
  /** Drives that are read, nearest first; setting it reads them anew. */
  volumes: readonly string[];
  /** By id, else by alias. */
  get(id: string): ISkillEntry | undefined;
  /** Reads one volume, or all, again. */
  refresh(volume?: string): Promise<void>;
  /** Resolves when no read is under way: what was saved before is in `entries`. */
  settled(): Promise<void>;
}

/** One call of a skill that does not run in the kernel's own Python. */
export interface IRuntimeCall {
  readonly entry: IExecutableEntry;
  /** Checked and complete inputs; arrays arrive as typed arrays. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Aborted when the person stops the call; the runtime then ends its worker. */
  readonly signal: AbortSignal;
}

/** What a call gave. */
export interface IRuntimeResult {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** MIME bundle of the preview, with `text/plain`; empty when there is none. */
  readonly bundle: Readonly<Record<string, unknown>>;
  /** What the skill printed, line by line. */
  readonly logs: readonly string[];
}

/** Runs the skills of one type. Rejects with an `Error` whose message is for people. */
export interface IRuntime {
  execute(call: IRuntimeCall): Promise<IRuntimeResult>;
}

/** Runs skills for kernels and for the graph's scheduler. */
export interface IRuntimeHost {
  readonly skills: ISkillIndex;
  /** Makes `runtime` answer calls of `type`; disposing takes it away again. */
  addRuntime(type: SkillType, runtime: IRuntime): IDisposable;
  /** Whether calls of `type` can be answered. */
  hasRuntime(type: SkillType): boolean;
  /** Runs a call in its runtime; rejects when there is none for its type. */
  execute(call: IRuntimeCall): Promise<IRuntimeResult>;
}

export const IRuntimeHost = new Token<IRuntimeHost>(
  '@llmos-lab/kernel:IRuntimeHost',
  'Skill index and runtimes of LLMos Lab: which skills there are, and how to run them.'
);
