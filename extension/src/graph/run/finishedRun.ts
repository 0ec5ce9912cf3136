import type { ICallRecord } from '@llmos-lab/kernel';
import type { RunChoice } from '@llmos-lab/skills';

import type { ICellError } from './executions';

/** How one cell of a run ended. */
export interface IEndedCell {
  readonly id: string;
  readonly status: 'success' | 'failed' | 'blocked' | 'cancelled';
  /** Milliseconds that it took, the worker's time for a call that ran in one. */
  readonly ms: number;
  readonly source: string;
  readonly defines: readonly string[];
  /** Id of the one skill that it calls, as the call writes it. */
  readonly skill: string | null;
  /** Whether it was computed by a worker of this run, and so not taken from the cache. */
  readonly isComputed: boolean;
  readonly calls: readonly ICallRecord[];
  readonly error?: ICellError;
}

/** A value's way from a cell to a cell: from, output, to, input. */
export type RunEdge = readonly [string, string, string, string];

/** A run that has ended, one cell run by hand, or one point of a sweep. */
export interface IFinishedRun {
  readonly trigger: RunChoice['kind'] | 'cell' | 'sweep';
  /** Of a point of a sweep: the inputs that the sweep gives values, as cell and input. */
  readonly swept?: readonly (readonly [cell: string, input: string])[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly ms: number;
  /** In document order. */
  readonly cells: readonly IEndedCell[];
  /** Between cells of this run. */
  readonly edges: readonly RunEdge[];
}
