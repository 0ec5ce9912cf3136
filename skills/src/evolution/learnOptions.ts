/** What one run of a job works with: the same in a browser and on a server. */
import type { ISkill } from '../skill/skill';
import type { ICandidateFile } from './candidateFile';
import type { ICompound } from './compound';
import type { ICandidateSteps } from './jobCommits';
import type { IMined, IMineTask } from './mineTask';
import type { EvolutionJob, IEvolutionRun, IRejection } from './records';
import type { ITraceFile } from './traceFile';
import type { ReplayCall } from './verify';

/** How far a run of a job is; `total` is 0 where that is not known. */
export interface IEvolutionProgress {
  readonly phase: 'reading' | 'mining' | 'replaying';
  readonly done: number;
  readonly total: number;
  /** Name of the skill that is verified. */
  readonly name?: string;
}

/** A skill of the library, with the file that it was read from. */
export interface ILibraryFile {
  readonly skill: ISkill;
  readonly text: string;
  /** `sha256:` of the file. */
  readonly version: string;
}

/** Tells that somebody has stopped the work. */
export interface IStopSignal {
  readonly aborted: boolean;
}

/** The files of evolution in a volume. */
export interface ILearnFiles {
  /** Each session's traces. */
  traces(
    onProgress: (done: number, total: number) => void,
    signal: IStopSignal
  ): Promise<readonly ITraceFile[]>;
  rejections(): Promise<readonly IRejection[]>;
  candidates(): Promise<readonly ICandidateFile[]>;
  /** The text of a candidate's file, also of one that cannot be read; null: none. */
  candidateText(id: string): Promise<string | null>;
  addRun(run: IEvolutionRun): Promise<void>;
  addRejection(rejection: IRejection): Promise<void>;
  writeCandidate(id: string, steps: ICandidateSteps): Promise<void>;
  removeCandidate(id: string): Promise<void>;
}

/** An update that goes into the skill, or why it stands beside it. */
export type Update =
  | {
      readonly compound: ICompound;
      /** `sha256:` of the file that it was merged into. */
      readonly updates: string;
    }
  | { readonly conflict: string };

/** How new evidence renews learned skills; without it those do not come again. */
export interface IRenewal {
  /** The skills of the volume itself. */
  readonly own: readonly ILibraryFile[];
  /** Merges what was learned anew into a skill as it is now. */
  readonly update: (current: ILibraryFile, compound: ICompound) => Promise<Update>;
  /** A candidate as evolution has proposed it, by the digest; null: not known. */
  readonly proposed?: (digest: string) => Promise<string | null>;
}

/** What a run works with; all that takes long can be stopped. */
export interface ILearnOptions<S extends IStopSignal = IStopSignal> {
  readonly job: EvolutionJob;
  readonly id: string;
  readonly files: ILearnFiles;
  readonly entries: readonly ILibraryFile[];
  readonly commits: IMineTask['commits'];
  readonly settings: Pick<
    IMineTask,
    'minCount' | 'minSuccess' | 'minUsers' | 'halfLife' | 'since'
  >;
  readonly renewal?: IRenewal;
  /** Comes before reading, such as copying sessions; what it gives is in the record. */
  readonly prepare?: () => Promise<Partial<IEvolutionRun>>;
  /** Comes last, such as asking a model; what it gives is in the record. */
  readonly finish?: () => Promise<Partial<IEvolutionRun>>;
  /** Makes a verified candidate a skill at once and gives the commit; without it all wait. */
  readonly accept?: (id: string) => Promise<string>;
  /** Whether what was mined is verified and proposed; by default it is. */
  readonly proposes?: boolean;
  readonly mine: (task: IMineTask, signal: S) => Promise<IMined>;
  readonly replay: ReplayCall;
  readonly now: () => number;
  readonly signal: S;
  readonly onProgress: (progress: IEvolutionProgress) => void;
}
