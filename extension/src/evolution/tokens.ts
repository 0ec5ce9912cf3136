import type { EvolutionJob, IEvolutionRun } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { ICandidateFile } from './evolutionFiles';

/** How far a run of a job is; `total` is 0 where that is not known. */
export interface IEvolutionProgress {
  readonly phase: 'reading' | 'mining' | 'replaying';
  readonly done: number;
  readonly total: number;
  /** Name of the skill that is verified. */
  readonly name?: string;
}

/** A job as it stands. */
export interface IJobState {
  readonly job: EvolutionJob;
  readonly isOn: boolean;
  /** Milliseconds since 1970; null: it is off, or has nothing to learn from. */
  readonly due: number | null;
  /** While it runs in this tab. */
  readonly progress: IEvolutionProgress | null;
}

/** Learns skills from the runs of a volume. */
export interface IEvolution {
  /** Resolves when the volume was read for the first time. */
  readonly ready: Promise<void>;
  readonly jobs: readonly IJobState[];
  /** Learned skills that wait for review, by id. */
  readonly candidates: readonly ICandidateFile[];
  /** Runs of jobs, newest first. */
  readonly history: readonly IEvolutionRun[];
  /** Why the volume could not be read, or null. */
  readonly problem: string | null;
  readonly changed: ISignal<IEvolution, void>;
  /**
   * Runs a job now; null when it runs in another tab.
   *
   * @throws Error where the job cannot run here
   */
  run(job: EvolutionJob): Promise<IEvolutionRun | null>;
  /** Stops a job; what it has found stays. */
  stop(job: EvolutionJob): void;
  /** Takes a candidate away; its workflow is not proposed again. */
  reject(id: string, reason: string): Promise<void>;
  /** Gives a candidate another name, and the id that goes with it. */
  rename(id: string, name: string): Promise<void>;
  /**
   * Commits a candidate as a skill of the volume.
   *
   * @returns the commit's SHA-1
   * @throws Error when the text is no skill any more, or its id is taken
   */
  accept(id: string): Promise<string>;
}

/** The token for extensions that start jobs or review what they learned. */
export const IEvolution = new Token<IEvolution>(
  '@llmos-lab/extension:IEvolution',
  'Skills learned from runs: jobs, candidates to review, history.'
);
