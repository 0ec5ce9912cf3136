import type { Flow, IFlowCell, INeed } from './flow';
import type { CellStatus } from './status';

/**
 * A value that a cell read: under which name, from which cell's which run; instead of the
 * run stands the meaning of what was imported.
 */
export type ReadValue = readonly [name: string, from: string | null, run: string];

/** What a cell was when it began to run. */
export interface IStart {
  readonly code: string;
  readonly binds: readonly string[];
  /** Those of `binds` that it only imports, with the meaning of their values. */
  readonly imports: ReadonlyMap<string, string>;
  readonly read: readonly ReadValue[];
  /**
   * Stands for what it computes from the values that the kernel holds: by hand and out of
   * order another than its cell's meaning from top to bottom.
   */
  readonly meaning: string;
}

/** The last run of a cell in this kernel, which succeeded. */
export interface IRunRecord extends IStart {
  /** Stands for the values that it bound: the key of its call, else this run alone. */
  readonly run: string;
  /** True when `run` is a key: the same again gives the same. */
  readonly isKey: boolean;
  readonly isCached: boolean;
}

/** A try that gave nothing; it counts until the cell's code changes. */
export interface IAttempt {
  readonly status: 'failed' | 'blocked' | 'cancelled';
  readonly code: string;
  /** The cell whose value a blocked cell misses. */
  readonly by?: string;
}

/** A cell that is under way. */
export interface IActive {
  /** `computing`: its call runs in a worker, and the cell itself will run after it. */
  readonly phase: 'waiting' | 'computing' | 'running';
  /** True when the person ran it alone: then its place in the queue is the kernel's. */
  readonly isByHand: boolean;
  /** Set while it runs. */
  readonly start?: IStart;
}

/** What made a result that the notebook holds from before it was opened here. */
export interface IMade {
  readonly code: string;
  readonly meaning: string;
  /** Set where it gave an error. */
  readonly isFault?: boolean;
}

/** All that the scheduler knows of a notebook and its kernel; plain, never changed. */
export interface ISchedule {
  readonly flow: Flow;
  readonly records: ReadonlyMap<string, IRunRecord>;
  readonly attempts: ReadonlyMap<string, IAttempt>;
  readonly active: ReadonlyMap<string, IActive>;
  /** Which cell's run last bound a name in the kernel. */
  readonly holders: ReadonlyMap<string, string>;
  /** The meaning of the value that a name has in the kernel, whoever bound it. */
  readonly held: ReadonlyMap<string, string>;
  /** Cells that have run at some time, in an earlier kernel too. */
  readonly tried: ReadonlySet<string>;
  /** Cells whose run was in an earlier kernel. */
  readonly lost: ReadonlySet<string>;
  /** By cell, what made the result that it holds; only of cells of which that is known. */
  readonly made: ReadonlyMap<string, IMade>;
  /** Counts the runs, so that each has a name. */
  readonly count: number;
}

/** A notebook of which nothing has run. */
export function newSchedule(flow: Flow = new Map()): ISchedule {
  return {
    flow,
    records: new Map(),
    attempts: new Map(),
    active: new Map(),
    holders: new Map(),
    held: new Map(),
    tried: new Set(),
    lost: new Set(),
    made: new Map(),
    count: 0
  };
}

/** Why a cell is not up to date. */
export type StaleReason =
  | { readonly code: 'never-run' | 'restarted' | 'edited' | 'failed' | 'cancelled' }
  | { readonly code: 'blocked' | 'upstream'; readonly cell: string }
  /** It read a value of `cell` that no cell above it gives any more. */
  | { readonly code: 'undefined'; readonly name: string; readonly cell: string };

/** For each cell: null when its last run is what its source and its upstream now say. */
export type Freshness = ReadonlyMap<string, StaleReason | null>;

/** Tells for every cell whether it is up to date, in one pass down the notebook. */
export function freshness(schedule: ISchedule): Freshness {
  const found = new Map<string, StaleReason | null>();
  for (const cell of schedule.flow.values()) {
    found.set(cell.id, staleReason(schedule, cell, found));
  }
  return found;
}

function staleReason(
  schedule: ISchedule,
  cell: IFlowCell,
  above: Freshness
): StaleReason | null {
  const { id, code, needs } = cell;
  const record = schedule.records.get(id);
  if (!record) {
    return withoutRecord(schedule, cell) ?? outdated(schedule, cell, above);
  }
  if (record.code !== code) {
    return { code: 'edited' };
  }
  const read = new Map(record.read.map(value => [value[0], value]));
  for (const { from, name, imported } of needs) {
    const [, source, run] = read.get(name) ?? [];
    const isSame =
      imported !== undefined
        ? run === imported
        : above.get(from) === null &&
          source === from &&
          run === schedule.records.get(from)?.run;
    if (!isSame) {
      return { code: 'upstream', cell: from };
    }
  }
  const orphan = record.read.find(([name]) => !needs.some(need => need.name === name));
  const [name, from] = orphan ?? [];
  return name === undefined || from === undefined || from === null
    ? null
    : { code: 'undefined', name, cell: from };
}

/** Whether the kernel has, under its name, what a cell above would import again. */
export function isThere({ held }: ISchedule, { name, imported }: INeed): boolean {
  return imported !== undefined && held.get(name) === imported;
}

/** Whether a cell has read, when it last ran, what a cell above would import again. */
export function hasRead(schedule: ISchedule, { to, name, imported }: INeed): boolean {
  const read = schedule.records.get(to)?.read ?? [];
  return (
    imported !== undefined &&
    read.some(([known, , run]) => known === name && run === imported)
  );
}

function withoutRecord(
  schedule: ISchedule,
  { id, code }: IFlowCell
): StaleReason | null {
  const attempt = validAttempt(schedule, id);
  if (attempt?.status === 'blocked') {
    return { code: 'blocked', cell: attempt.by ?? id };
  }
  if (attempt) {
    return { code: attempt.status === 'failed' ? 'failed' : 'cancelled' };
  }
  const old = schedule.attempts.get(id);
  if (old && old.code !== code) {
    return { code: 'edited' };
  }
  if (schedule.lost.has(id)) {
    return { code: 'restarted' };
  }
  // A cell that has run and has no record was deleted while it ran, and brought back.
  return schedule.tried.has(id) ? { code: 'edited' } : null;
}

/** Whether a cell that has not run here holds a result which its source no longer gives. */
function outdated(
  { made }: ISchedule,
  { id, code, meaning, needs }: IFlowCell,
  above: Freshness
): StaleReason {
  const was = made.get(id);
  if (!was || was.meaning === meaning) {
    return { code: 'never-run' };
  }
  const changed = needs.find(({ from }) => CHANGED.has(above.get(from)?.code ?? ''));
  return was.code === code && changed
    ? { code: 'upstream', cell: changed.from }
    : { code: 'edited' };
}

const CHANGED: ReadonlySet<string> = new Set(['edited', 'upstream']);

/** The attempt of a cell, unless an edit of it, or of what blocked it, has overtaken it. */
export function validAttempt(schedule: ISchedule, id: string): IAttempt | undefined {
  const attempt = schedule.attempts.get(id);
  if (!attempt || attempt.code !== schedule.flow.get(id)?.code) {
    return undefined;
  }
  if (attempt.by === undefined) {
    return attempt;
  }
  const by = schedule.flow.get(attempt.by);
  return by && schedule.attempts.get(by.id)?.code === by.code ? attempt : undefined;
}

/** The status of every cell, in document order. */
export function statuses(
  schedule: ISchedule,
  fresh: Freshness = freshness(schedule)
): ReadonlyMap<string, CellStatus> {
  const found = new Map<string, CellStatus>();
  for (const id of schedule.flow.keys()) {
    found.set(id, statusOf(schedule, id, fresh.get(id) ?? null));
  }
  return found;
}

function statusOf(
  schedule: ISchedule,
  id: string,
  reason: StaleReason | null
): CellStatus {
  const active = schedule.active.get(id);
  if (active) {
    return active.phase === 'waiting' ? 'waiting' : 'running';
  }
  if (!reason) {
    return schedule.records.get(id)?.isCached === true ? 'cached' : 'done';
  }
  const holdsOld = schedule.made.has(id) && reason.code !== 'never-run';
  const isStale = holdsOld || schedule.tried.has(id);
  return validAttempt(schedule, id)?.status ?? (isStale ? 'stale' : 'idle');
}
