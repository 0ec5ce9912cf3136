import type { ISkill, IProblem } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
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
  /** By id, else by alias. */
  get(id: string): ISkillEntry | undefined;
  /** Reads one volume, or all, again. */
  refresh(volume?: string): Promise<void>;
}

/** Runs skills for kernels and for the graph's scheduler. */
export interface IRuntimeHost {
  readonly skills: ISkillIndex;
}

export const IRuntimeHost = new Token<IRuntimeHost>(
  '@llmos-lab/kernel:IRuntimeHost',
  'Skill index and runtimes of LLMos Lab: which skills there are, and how to run them.'
);
