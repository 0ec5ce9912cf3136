import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ISweepAxis } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/** What a person wants swept. */
export interface ISweepRequest {
  /** In the order of the columns; several give all combinations. */
  readonly axes: readonly ISweepAxis[];
  /** Columns of outputs to keep, as `variable.output`; null for all that a table can show. */
  readonly columns: readonly string[] | null;
}

/** A sweep under way. */
export interface ISweepState {
  /** Contents path of the notebook. */
  readonly path: string;
  /** Ids of the cells whose inputs are swept. */
  readonly cells: ReadonlySet<string>;
  /** Names of the inputs. */
  readonly title: string;
  readonly total: number;
  /** Points that came to their end, the failed ones too. */
  readonly ended: number;
  readonly failed: number;
  /** Points of which nothing had to be computed. */
  readonly cached: number;
  /** Calls that workers compute now. */
  readonly running: number;
  /** What it does beside its points, in a sentence: running what it needs, say. */
  readonly note?: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Ends workers and takes back what waits; points that are done stay in the cache. */
  stop(): void;
}

/** How a sweep ended. */
export type SweepOutcome =
  | {
      readonly ok: true;
      readonly points: number;
      readonly done: number;
      readonly failed: number;
      readonly cached: number;
      readonly isStopped: boolean;
      /** Id of the cell with the table; null when there is none. */
      readonly cell: string | null;
    }
  | { readonly ok: false; readonly reason: string };

/** Sweeps of open notebooks, at most one each at a time. */
export interface ISweeps {
  /** Those under way. */
  readonly active: readonly ISweepState[];
  /** Emits when one begins, moves on or ends. */
  readonly changed: ISignal<ISweeps, void>;
  /** The one under way in a notebook. */
  of(panel: NotebookPanel): ISweepState | null;
  /** Runs one to its end: what it needs first, then its points, then its cell. */
  start(panel: NotebookPanel, request: ISweepRequest): Promise<SweepOutcome>;
}

/** The token for extensions that sweep inputs or watch sweeps. */
export const ISweeps = new Token<ISweeps>(
  '@llmos-lab/extension:ISweeps',
  'Sweeps: an input of a skill call takes many values, computed by several workers.'
);
