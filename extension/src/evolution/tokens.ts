import type {
  EvolutionJob,
  ICandidateFile,
  IContextDraft,
  IDecision,
  IEvolutionProgress,
  IEvolutionRun,
  IPromotable,
  IRejection
} from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type { IEvolutionSettings } from './settings';

/** How far a run of a job is; `total` is 0 where that is not known. */
export interface IJobProgress extends Omit<IEvolutionProgress, 'phase'> {
  readonly phase: IEvolutionProgress['phase'] | 'sharing' | 'asking';
}

/** A job as it stands. */
export interface IJobState {
  readonly job: EvolutionJob;
  /** Name of the volume that it learns for; one job a volume. */
  readonly volume: string;
  readonly isOn: boolean;
  /** From the beginning of one run to that of the next. */
  readonly hours: number;
  /** Milliseconds since 1970; null: it is off, or has nothing to learn from. */
  readonly due: number | null;
  /** Whether this tab is at it, or about to be. */
  readonly isTaken: boolean;
  /** While it runs in this tab. */
  readonly progress: IJobProgress | null;
  /** Whether the person lets the team's job copy their sessions; teams only. */
  readonly shares?: boolean;
  /** Whether the assistant's model may read messages of commits; the person's own only. */
  readonly asksModel?: boolean;
  /** Which of its files could not be read and why, or null. */
  readonly problem: string | null;
  /** Why the last run of this tab ended without a record, or null. */
  readonly failure: string | null;
}

/** A learned skill that waits for review in a volume. */
export interface IReviewed extends ICandidateFile {
  readonly volume: string;
  /** The skill as it is, where this renews it. */
  readonly current?: string;
  /** It is a skill of the volume: it was applied automatically, and is a draft. */
  readonly isApplied?: true;
}

/** A guide that a model drafted, and that waits for review in a volume. */
export interface IDraft extends IContextDraft {
  readonly volume: string;
  /** Path within the volume. */
  readonly path: string;
}

/** One run of a job, and for which volume. */
export interface IRunOfVolume extends IEvolutionRun {
  readonly volume: string;
}

/** What a person has decided, and in which volume. */
export interface IDecisionOfVolume extends IDecision {
  readonly volume: string;
}

/** What a person has refused, and in which volume. */
export interface IRejectionOfVolume extends IRejection {
  readonly volume: string;
}

/** Learns skills from the runs of volumes. */
export interface IEvolution {
  /** Resolves when the volumes were read for the first time. */
  readonly ready: Promise<void>;
  /** That of the person, one for each team, that of the system library. */
  readonly jobs: readonly IJobState[];
  /** Learned skills that wait for review, by volume and id; then those applied meanwhile. */
  readonly candidates: readonly IReviewed[];
  /** Guides that a model drafted from what was committed. */
  readonly drafts: readonly IDraft[];
  /** Skills of teams that many have used with success, to propose for everybody. */
  readonly promotions: readonly IPromotable[];
  /** What people have refused, newest first. */
  readonly rejections: readonly IRejectionOfVolume[];
  /** What people have accepted, rejected and taken back, of each volume the newest first. */
  readonly decisions: readonly IDecisionOfVolume[];
  /** Runs of jobs, newest first. */
  readonly history: readonly IRunOfVolume[];
  /** From how many runs, and which share of them with success, workflows are learned. */
  readonly thresholds: Pick<IEvolutionSettings, 'minCount' | 'minSuccess'>;
  readonly changed: ISignal<IEvolution, void>;
  /**
   * Runs a volume's job now; null when it runs already, here or in another tab.
   *
   * @throws Error where there is no such job
   */
  run(volume: string): Promise<IEvolutionRun | null>;
  /** Stops a job; what it has found stays. */
  stop(volume: string): void;
  /**
   * Takes a candidate away, or a skill that was applied automatically out of its volume;
   * its workflow, or that update of a skill, is not proposed again.
   *
   * @returns how to bring it back as it was
   * @throws Error where none has that id
   */
  reject(volume: string, id: string, reason: string): Promise<() => Promise<void>>;
  /**
   * Takes a rejection back: the next run may propose its workflow.
   *
   * @throws Error where there is no such volume
   */
  allow(rejection: IRejectionOfVolume): Promise<void>;
  /**
   * Gives a candidate another name with the id that goes with it, and description.
   *
   * @throws Error where none has that id, or the new one is taken
   */
  rename(volume: string, id: string, name: string, description?: string): Promise<void>;
  /**
   * Commits a candidate as a skill of its volume, or as an update of the one there. One
   * that was applied automatically is a draft no longer.
   *
   * @returns the commit's SHA-1
   * @throws Error when the text is no skill any more, or its id is taken
   */
  accept(volume: string, id: string): Promise<string>;
  /**
   * Does not propose this version of a team's skill again.
   *
   * @throws Error before the person's volume is there
   */
  dismiss(promotion: IPromotable): Promise<void>;
  /**
   * Whether the person lets a team's job copy their sessions.
   *
   * @throws Error where it is no team's volume
   */
  share(volume: string, isShared: boolean): Promise<void>;
  /** Whether the assistant's model may read messages of commits. */
  useModel(isUsed: boolean): Promise<void>;
  /** Whether jobs of a kind run by themselves: that of the teams for all of them. */
  turn(job: EvolutionJob, isOn: boolean): Promise<void>;
}

/** The token for extensions that start jobs or review what they learned. */
export const IEvolution = new Token<IEvolution>(
  '@llmos-lab/extension:IEvolution',
  'Skills learned from runs: jobs, candidates to review, history.'
);
