import type { NotebookPanel } from '@jupyterlab/notebook';
import type { CellStatus, IMade, RunChoice } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { Answers, IAskOptions } from './ask';
import type { IFinishedRun } from './finishedRun';

/** How a code cell stands. */
export interface ICellState {
  readonly status: CellStatus;
  /** Milliseconds of the last run, once it has ended. */
  readonly ms?: number;
  /** When it began to run, in milliseconds since 1970; while it runs. */
  readonly startedAt?: number;
  /**
   * Milliseconds that it usually takes, with its packages loaded: the median of earlier
   * runs; undefined where none was seen.
   */
  readonly expectedMs?: number;
  /**
   * Milliseconds that it takes at most, where only runs are known that loaded packages
   * first.
   */
  readonly mostMs?: number;
  /** What its worker does before it can run, in a sentence. */
  readonly note?: string;
  /** The error of a failed cell, in one line. */
  readonly message?: string;
  /** Why it is stale, blocked or waiting, in a sentence. */
  readonly reason?: string;
}

/** What a run would do with one cell, and why, in a sentence. */
export interface IPlannedCell {
  readonly action: 'run' | 'cached' | 'keep';
  readonly why: string;
  /** Set where a cell may come from the cache after all: only the run gives its inputs. */
  readonly isOpen?: true;
  readonly expectedMs?: number;
  /** Set where it takes less: packages were loaded when it ran, and are there now. */
  readonly isMost?: true;
  /** Set where only runs of its skill with other inputs tell that. */
  readonly isTimeOfOthers?: true;
  /** Set where it will run for the first time since the notebook was opened. */
  readonly isNew?: true;
}

/** What a run would do: the ghost run. */
export interface IRunPlan {
  readonly choice: RunChoice;
  /** Every code cell of the notebook, in document order. */
  readonly cells: ReadonlyMap<string, IPlannedCell>;
  /**
   * Milliseconds that it takes longer because it starts workers; 0 where it starts none,
   * null where no earlier start tells how long.
   */
  readonly startMs: number | null;
  /** How many workers will have started once it has ended. */
  readonly warm: number;
  /** Set where a fresh kernel has packages to load, and no earlier run tells how long. */
  readonly isLoadOpen?: true;
  /** Milliseconds that the whole should take, as far as earlier runs tell. */
  readonly expectedMs: number;
}

/** Workers beside a kernel. */
export interface IRunWorkers {
  /** How many calls run at once. */
  readonly most: number;
  /** How many of them have started. */
  readonly warm: number;
  /** Milliseconds that the start of another one takes; undefined before the first. */
  readonly startMs?: number;
}

/** How far a run is. */
export interface IRunProgress {
  /** Cells of this run, the ended ones, and those under way. */
  readonly total: number;
  readonly ended: number;
  readonly running: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Milliseconds that the whole should take; 0 when nothing is known. */
  readonly expectedMs: number;
  /** What a worker does before it can run, in a sentence. */
  readonly note?: string;
  /** Share that is done, from 0 to 1, each cell weighed by its expected time. */
  readonly fraction: number;
}

/** Work on a notebook's cells that is no run of them, such as a sweep. */
export interface IWorkBeside {
  stop(): void;
}

/** Runs the cells of one notebook and knows how each of them stands. */
export interface INotebookRun {
  /** Contents path of the notebook. */
  readonly path: string;
  /** By cell id, for every code cell. */
  readonly states: ReadonlyMap<string, ICellState>;
  /**
   * Emits the ids of the cells whose state, or part in the shown plan, has changed; while
   * a run is under way a few times a second, at its end at once.
   */
  readonly changed: ISignal<INotebookRun, ReadonlySet<string>>;
  readonly isRunning: boolean;
  /** How many cells "Run stale" would run; 0 where none is stale, blocked or has failed. */
  readonly stale: number;
  /** Whether there is anything that `stop` ends: a run, or work beside it. */
  readonly canStop: boolean;
  /** Ids of cells whose request the kernel has and has not answered. */
  readonly inKernel: ReadonlySet<string>;
  /** Of the run under way, or of the last one; null before the first. */
  readonly progress: IRunProgress | null;
  /** The plan that is shown now, while a person looks at a choice (ghost run). */
  readonly shownPlan: IRunPlan | null;
  /** The workers that its calls could run in; null where the kernel runs everything. */
  readonly workers: IRunWorkers | null;
  /** What a run would do. */
  plan(choice: RunChoice): Promise<IRunPlan>;
  /** Shows what a run would do in every view of the notebook; null shows nothing. */
  showPlan(choice: RunChoice | null): Promise<void>;
  /** Resolves when the chosen cells have ended, in whatever way; false when there were none. */
  run(choice: RunChoice): Promise<boolean>;
  /** Ends pool workers and work beside, interrupts the kernel, takes waiting cells back. */
  stop(): void;
  /** Lets `stop` end this work too, until the result is disposed. */
  join(work: IWorkBeside): IDisposable;
  /**
   * Evaluates expressions in the kernel beside the cells, in its turn. Null where there is
   * none, or where the kernel has dropped the request.
   */
  ask(
    expressions: Readonly<Record<string, string>>,
    options?: IAskOptions
  ): Promise<Answers | null>;
  /** Takes a run that was made beside the cells: its trace, and the times of its calls. */
  keep(run: IFinishedRun): void;
}

/** What made a result, with the number of its run, which the notebook keeps with it. */
export interface IMadeResult extends IMade {
  readonly count: number;
}

/**
 * What made the results that notebooks hold, as far as this browser knows: where the code
 * is another one by now, the result is marked as stale.
 */
export interface IResultMarks {
  /** By cell id, of those cells of the notebook at a path whose result has that number. */
  of(
    path: string,
    cells: Iterable<{ readonly id: string; readonly count: number }>
  ): Promise<ReadonlyMap<string, IMadeResult>>;
  /** Remembers it of a notebook that comes from elsewhere, before that is opened. */
  learn(path: string, made: ReadonlyMap<string, IMadeResult>): void;
}

/** The runs of all open notebooks. */
export interface INotebookRuns {
  /** The run of a notebook, which lives as long as any of its views. */
  of(panel: NotebookPanel): INotebookRun;
  /** Those with cells under way. */
  readonly active: readonly INotebookRun[];
  /** Emits when a run begins, moves on or ends. */
  readonly changed: ISignal<INotebookRuns, INotebookRun>;
  readonly marks: IResultMarks;
  /** Resolves when the traces of all runs that have ended are written, or cannot be. */
  recorded(): Promise<void>;
}

/** The token for extensions that run notebooks or watch their runs. */
export const INotebookRuns = new Token<INotebookRuns>(
  '@llmos-lab/extension:INotebookRuns',
  'Runs notebooks as graphs: plans, states of cells, progress, stop.'
);
