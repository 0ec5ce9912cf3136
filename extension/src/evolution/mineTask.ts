/** What the mining worker is given, and what it gives. */
import type {
  ICallable,
  IExecutableSkill,
  IProposal,
  ISetAside
} from '@llmos-lab/skills';

/** All of it is plain data, so that it crosses into the worker. */
export interface IMineTask {
  /** The text of each `traces.jsonl`. */
  readonly traces: readonly string[];
  /** Skills that compute, as they are now. */
  readonly library: readonly (ICallable & { readonly skill: IExecutableSkill })[];
  /** Ids that no new skill may take. */
  readonly taken: readonly string[];
  /** Signatures that do not come again. */
  readonly known: readonly string[];
  /** Ids that signatures keep. */
  readonly ids: readonly (readonly [signature: string, id: string])[];
  /** Commit of each run that is in one. */
  readonly commits: readonly (readonly [trace: string, commit: string])[];
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly minCount: number;
  readonly minSuccess: number;
  /** Days; 0 when age does not matter. */
  readonly halfLife: number;
  /** Only runs from this time on. */
  readonly since?: string;
}

/** The worker's answer. */
export interface IMined {
  readonly traces: number;
  /** Lines that could not be read. */
  readonly unread: number;
  readonly proposals: readonly IProposal[];
  readonly setAside: readonly ISetAside[];
}

/** Either end of the worker's one exchange. */
export type MineAnswer = IMined | { readonly failed: string };
