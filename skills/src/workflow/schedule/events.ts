import { isImported, meaningOf, type Flow, type IFlowCell, type INeed } from './flow';
import {
  freshness,
  isThere,
  type Freshness,
  type IActive,
  type IAttempt,
  type IMade,
  type IRunRecord,
  type ISchedule,
  type IStart
} from './state';

/** What happens to a notebook and its kernel. */
export type ScheduleEvent =
  /** Cells were edited, moved, added or deleted. */
  | { readonly type: 'edited'; readonly flow: Flow }
  /** Cells of a plan are to run. */
  | { readonly type: 'planned'; readonly cells: readonly string[] }
  /** The person ran a cell alone; it waits in the kernel's queue. */
  | { readonly type: 'queued'; readonly cell: string }
  /** A cell's call was given to a worker. */
  | { readonly type: 'computing'; readonly cell: string }
  | { readonly type: 'computed'; readonly cell: string }
  /** `as`: what it was when it was sent; without it, what it is now. */
  | { readonly type: 'started'; readonly cell: string; readonly as?: IFlowCell }
  /** `key`: of the one skill call that makes up the cell, when it is pure. */
  | {
      readonly type: 'finished';
      readonly cell: string;
      readonly key?: string;
      readonly isCached?: boolean;
    }
  | { readonly type: 'failed' | 'cancelled'; readonly cell: string }
  /**
   * The person stopped the run: what waits is taken back. A running cell goes on, and so
   * does one that the kernel has: `sent`. Their ends are events of their own.
   */
  | { readonly type: 'stopped'; readonly sent?: ReadonlySet<string> }
  /** What made the results that cells hold from before the notebook was opened here. */
  | { readonly type: 'recalled'; readonly made: ReadonlyMap<string, IMade> }
  /** Code that is no cell, such as a console's, has bound these names in the kernel. */
  | { readonly type: 'foreign'; readonly binds: readonly string[] }
  /** The kernel has lost all values. */
  | { readonly type: 'restarted' };

const WAITING: IActive = { phase: 'waiting', isByHand: false };
const COMPUTING: IActive = { phase: 'computing', isByHand: false };
const NONE: ReadonlySet<string> = new Set();
const BY_HAND: IActive = { phase: 'waiting', isByHand: true };

/** The schedule after an event. Events for cells that are not there change nothing. */
export function advance(schedule: ISchedule, event: ScheduleEvent): ISchedule {
  return block(apply(schedule, event));
}

function apply(schedule: ISchedule, event: ScheduleEvent): ISchedule {
  switch (event.type) {
    case 'edited':
      return edit(schedule, event.flow);
    case 'planned':
      return plan(schedule, event.cells);
    case 'queued':
      return enter(schedule, event.cell, BY_HAND, before => !before?.start);
    case 'computing':
      return enter(schedule, event.cell, COMPUTING, isPending);
    case 'computed':
      return enter(schedule, event.cell, WAITING, isPending);
    case 'started':
      return start(schedule, event.cell, event.as);
    case 'finished':
      return finish(schedule, event.cell, event.key, event.isCached ?? false);
    case 'failed':
    case 'cancelled':
      return fail(schedule, event.cell, event.type);
    case 'stopped':
      return stop(schedule, event.sent ?? NONE);
    case 'recalled':
      return recall(schedule, event.made);
    case 'foreign':
      return replaceNames(schedule, event.binds);
    case 'restarted':
      return restart(schedule);
  }
}

/** An error from before counts, as one of today does, until the cell's code changes. */
function recall(schedule: ISchedule, known: ReadonlyMap<string, IMade>): ISchedule {
  const made = new Map(known);
  const attempts = new Map(schedule.attempts);
  const tried = new Set(schedule.tried);
  for (const [id, { code, isFault }] of known) {
    if (isFault) {
      made.delete(id);
      if (!tried.has(id) && !schedule.active.has(id)) {
        attempts.set(id, { status: 'failed', code });
        tried.add(id);
      }
    }
  }
  return { ...schedule, attempts, made, tried };
}

/**
 * Takes in the cells as they are now. What is known of a deleted cell is kept, since its
 * deletion may be undone: it then stands as it would without both.
 */
function edit(schedule: ISchedule, flow: Flow): ISchedule {
  const gone = [...schedule.flow.keys()].filter(id => !flow.has(id));
  if (gone.length === 0) {
    return { ...schedule, flow };
  }
  const active = new Map(schedule.active);
  const records = new Map(schedule.records);
  const attempts = new Map(schedule.attempts);
  for (const id of orphans(schedule, gone)) {
    active.delete(id);
    attempts.set(id, { status: 'cancelled', code: flow.get(id)?.code ?? '' });
  }
  for (const id of gone.filter(each => active.has(each))) {
    // What it will have done when it is brought back is not known.
    records.delete(id);
    attempts.delete(id);
    // What the kernel has begun it ends; its end is told as an event of its own.
    if (active.get(id)?.phase !== 'running') {
      active.delete(id);
    }
  }
  return { ...schedule, flow, active, records, attempts };
}

/** Waiting cells that needed, near or far, a value of a cell deleted before its end. */
function orphans(schedule: ISchedule, gone: readonly string[]): readonly string[] {
  const lost = new Set(gone.filter(id => schedule.active.has(id)));
  const found: string[] = [];
  for (const { id, needs } of schedule.flow.values()) {
    const isWaiting = isPending(schedule.active.get(id));
    if (isWaiting && !lost.has(id) && needs.some(({ from }) => lost.has(from))) {
      lost.add(id);
      found.push(id);
    }
  }
  return found;
}

function plan(schedule: ISchedule, cells: readonly string[]): ISchedule {
  const active = new Map(schedule.active);
  const attempts = new Map(schedule.attempts);
  for (const id of cells) {
    if (schedule.flow.has(id) && !active.has(id)) {
      active.set(id, WAITING);
      attempts.delete(id);
    }
  }
  return { ...schedule, active, attempts };
}

/** Changes where a cell stands, if it stands there that it can. */
function enter(
  schedule: ISchedule,
  id: string,
  entry: IActive,
  isAllowed: (before: IActive | undefined) => boolean
): ISchedule {
  if (!schedule.flow.has(id) || !isAllowed(schedule.active.get(id))) {
    return schedule;
  }
  const attempts = new Map(schedule.attempts);
  attempts.delete(id);
  return { ...schedule, attempts, active: new Map(schedule.active).set(id, entry) };
}

function start(
  schedule: ISchedule,
  id: string,
  cell: IFlowCell | undefined = schedule.flow.get(id)
): ISchedule {
  if (!cell || !schedule.flow.has(id)) {
    return schedule;
  }
  const { code, binds, imports, uses, step, callee } = cell;
  const read = uses.flatMap(name => {
    const from = schedule.holders.get(name);
    const value = schedule.held.get(name);
    const run = isImported(value)
      ? value
      : (schedule.records.get(from ?? '')?.run ?? '');
    return from === undefined ? [] : [[name, from, run] as const];
  });
  const meaning = meaningOf(
    step,
    uses.flatMap(name => {
      const held = name === callee ? undefined : schedule.held.get(name);
      return held === undefined ? [] : [[name, held] as const];
    })
  );
  const entry: IActive = {
    phase: 'running',
    isByHand: schedule.active.get(id)?.isByHand ?? true,
    start: { code, binds, imports, read, meaning }
  };
  return { ...schedule, active: new Map(schedule.active).set(id, entry) };
}

function finish(
  schedule: ISchedule,
  id: string,
  key: string | undefined,
  isCached: boolean
): ISchedule {
  const left = leave(schedule, id);
  if (!left) {
    return schedule;
  }
  const count = schedule.count + 1;
  const records = new Map(schedule.records);
  const attempts = new Map(schedule.attempts);
  if (schedule.flow.has(id)) {
    const run = key ?? `run ${count}`;
    const isKey = key !== undefined;
    records.set(id, { ...left.start, run, isKey, isCached } satisfies IRunRecord);
  }
  attempts.delete(id);
  return { ...left.schedule, count, records, attempts };
}

function fail(
  schedule: ISchedule,
  id: string,
  status: IAttempt['status'] & ('failed' | 'cancelled')
): ISchedule {
  const wasRunning = schedule.active.get(id)?.phase === 'running';
  const left = leave(schedule, id);
  if (!left) {
    return schedule;
  }
  const records = new Map(schedule.records);
  if (wasRunning) {
    // It may have bound some of its names: none of them counts as any cell's.
    records.delete(id);
  }
  const attempts = new Map(schedule.attempts);
  attempts.set(id, { status, code: left.start.code });
  const count = schedule.count + 1;
  const held = new Map(left.schedule.held);
  for (const name of left.start.binds) {
    // What was imported before stays what it was, whether the import was reached or not.
    const imported = left.start.imports.get(name);
    if (imported === undefined || schedule.held.get(name) !== imported) {
      held.set(name, `half of run ${count}`);
    }
  }
  return { ...left.schedule, count, held, records, attempts };
}

/** Takes a cell out of those under way; if it ran, its names are now its own. */
function leave(
  schedule: ISchedule,
  id: string
): { readonly schedule: ISchedule; readonly start: IStart } | null {
  const entry = schedule.active.get(id);
  if (!entry) {
    return null;
  }
  const active = new Map(schedule.active);
  active.delete(id);
  if (!entry.start) {
    const code = schedule.flow.get(id)?.code ?? '';
    const start = { code, binds: [], imports: new Map(), read: [], meaning: '' };
    return { schedule: { ...schedule, active }, start };
  }
  const { start } = entry;
  const holders = new Map(schedule.holders);
  const held = new Map(schedule.held);
  for (const name of start.binds) {
    holders.set(name, id);
    held.set(name, start.imports.get(name) ?? start.meaning);
  }
  const tried = new Set(schedule.tried).add(id);
  const lost = new Set(schedule.lost);
  lost.delete(id);
  return { schedule: { ...schedule, active, holders, held, tried, lost }, start };
}

/** Nobody in the notebook has these values: cells that need them run their sources anew. */
function replaceNames(schedule: ISchedule, names: readonly string[]): ISchedule {
  const count = schedule.count + 1;
  const holders = new Map(schedule.holders);
  const held = new Map(schedule.held);
  for (const name of names) {
    holders.delete(name);
    held.set(name, `foreign ${count}`);
  }
  return names.length === 0 ? schedule : { ...schedule, count, holders, held };
}

function stop(schedule: ISchedule, sent: ReadonlySet<string>): ISchedule {
  const active = new Map(schedule.active);
  const attempts = new Map(schedule.attempts);
  for (const [id, entry] of schedule.active) {
    if (entry.phase !== 'running' && !sent.has(id)) {
      active.delete(id);
      const code = schedule.flow.get(id)?.code ?? '';
      attempts.set(id, { status: 'cancelled', code });
    }
  }
  return { ...schedule, active, attempts };
}

function restart(schedule: ISchedule): ISchedule {
  if (schedule.count === 0 && schedule.active.size === 0) {
    // Nothing was in that kernel: the first one of a page comes this way too, and what is
    // known by then is of earlier ones.
    return schedule;
  }
  const tried = new Set([...schedule.tried, ...schedule.records.keys()]);
  for (const [id, { phase }] of schedule.active) {
    if (phase === 'running') {
      tried.add(id);
    }
  }
  return {
    ...schedule,
    records: new Map(),
    attempts: new Map(),
    active: new Map(),
    holders: new Map(),
    held: new Map(),
    tried,
    lost: tried
  };
}

/** Whether a cell waits for its turn in a run, or for its worker. */
function isPending(entry: IActive | undefined): boolean {
  return entry !== undefined && !entry.isByHand && entry.phase !== 'running';
}

/**
 * Marks the cells that wait for a value which will not come: the cell that gives it has
 * ended without one, or another cell has replaced it. One pass down finds the cells that
 * they block in turn.
 */
function block(schedule: ISchedule): ISchedule {
  if (![...schedule.active.values()].some(isPending)) {
    return schedule;
  }
  const fresh = freshness(schedule);
  const active = new Map(schedule.active);
  const attempts = new Map(schedule.attempts);
  for (const { id, code, needs } of schedule.flow.values()) {
    const missing = isPending(active.get(id))
      ? needs.find(need => isMissing(schedule, fresh, active, need))
      : undefined;
    if (missing) {
      active.delete(id);
      attempts.set(id, { status: 'blocked', code, by: missing.from });
    }
  }
  return { ...schedule, active, attempts };
}

function isMissing(
  schedule: ISchedule,
  fresh: Freshness,
  active: ISchedule['active'],
  need: INeed
): boolean {
  if (isThere(schedule, need)) {
    return false;
  }
  const { from, name } = need;
  const reason = fresh.get(from);
  // What read a value that is only in the kernel has run, and has bound its own.
  const hasRun = reason === null || reason?.code === 'undefined';
  return !active.has(from) && (!hasRun || schedule.holders.get(name) !== from);
}
