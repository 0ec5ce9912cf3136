import type { IFlowCell, INeed } from './flow';
import {
  freshness,
  hasRead,
  isThere,
  type Freshness,
  type ISchedule,
  type StaleReason
} from './state';
import type { RunChoice } from './status';

/** Why a cell is, or is not, part of a run. */
export type PlanReason =
  | StaleReason
  /** The person chose it, and it is up to date. */
  | { readonly code: 'chosen' }
  /**
   * Its value of `name` is needed there, and `by` has replaced it in the kernel; without
   * `by`, code that is no cell of the notebook.
   */
  | {
      readonly code: 'replaced';
      readonly name: string;
      readonly by?: string;
      readonly cell: string;
    }
  /** It binds `name` last, and `cell` above binds it anew in this run. */
  | { readonly code: 'restores'; readonly name: string; readonly cell: string }
  | { readonly code: 'up-to-date' | 'not-chosen' | 'empty' };

/** What a run does with one cell. */
export interface IPlanEntry {
  readonly id: string;
  readonly isPlanned: boolean;
  readonly reason: PlanReason;
}

/**
 * What a run does: each cell of the notebook, in document order, with the reason. A run
 * is what was chosen and what that needs to come out as it would from top to bottom:
 * cells above whose value is out of date or was replaced in the kernel, and cells below
 * whose value the run would replace for good.
 */
export function planRun(schedule: ISchedule, choice: RunChoice): readonly IPlanEntry[] {
  const fresh = freshness(schedule);
  const planned = chosen(schedule, choice, fresh);
  let size = -1;
  while (size !== planned.size) {
    size = planned.size;
    const changing = changingCells(schedule, planned, fresh);
    if (choice.kind === 'stale') {
      addChanging(schedule, planned, changing);
    }
    addNeeded(schedule, planned, changing, fresh);
    addRestoring(schedule, planned, fresh);
  }
  return [...schedule.flow.values()].map(cell => {
    const reason = planned.get(cell.id);
    return reason
      ? { id: cell.id, isPlanned: true, reason }
      : { id: cell.id, isPlanned: false, reason: whyNot(cell, fresh) };
  });
}

type Planned = Map<string, PlanReason>;

function whyNot({ id, isBlank }: IFlowCell, fresh: Freshness): PlanReason {
  if (isBlank) {
    return { code: 'empty' };
  }
  return { code: fresh.get(id) === null ? 'up-to-date' : 'not-chosen' };
}

function chosen(schedule: ISchedule, choice: RunChoice, fresh: Freshness): Planned {
  const planned: Planned = new Map();
  const wanted = 'cells' in choice ? new Set(choice.cells) : null;
  for (const { id, isBlank, needs } of schedule.flow.values()) {
    const reason = fresh.get(id) ?? null;
    const data = needs.filter(({ imported }) => imported === undefined);
    const isBelow =
      choice.kind === 'from-here' && data.some(({ from }) => planned.has(from));
    const isStale = reason !== null && !isHeld(schedule, id, fresh);
    const isWanted = choice.kind === 'stale' ? isStale : wanted?.has(id);
    if (!isBlank && (isWanted ?? true)) {
      planned.set(id, reason ?? { code: 'chosen' });
    } else if (!isBlank && isBelow) {
      const from = data.find(need => planned.has(need.from))?.from ?? id;
      planned.set(id, reason ?? { code: 'upstream', cell: from });
    }
  }
  return planned;
}

/** Whether the result that a cell holds from before is what it would give here now. */
function isHeld({ made }: ISchedule, id: string, fresh: Freshness): boolean {
  return made.has(id) && fresh.get(id)?.code === 'never-run';
}

/**
 * Cells whose value is another after the run, by way of which cell. A pure skill call
 * that is up to date gives the same again, and so is what a cell held before taken to be.
 */
function changingCells(
  schedule: ISchedule,
  planned: Planned,
  fresh: Freshness
): ReadonlyMap<string, string> {
  const changing = new Map<string, string>();
  for (const { id, needs } of schedule.flow.values()) {
    const from = needs.find(
      need => changing.has(need.from) && !hasRead(schedule, need)
    )?.from;
    const isPure = fresh.get(id) === null && schedule.records.get(id)?.isKey === true;
    const isSame = !from && (isPure || isHeld(schedule, id, fresh));
    if (from !== undefined || (planned.has(id) && !isSame)) {
      changing.set(id, from ?? id);
    }
  }
  return changing;
}

function addChanging(
  schedule: ISchedule,
  planned: Planned,
  changing: ReadonlyMap<string, string>
): void {
  for (const { id } of schedule.flow.values()) {
    const cell = changing.get(id);
    if (cell !== undefined && !planned.has(id)) {
      planned.set(id, { code: 'upstream', cell });
    }
  }
}

/** Adds, from the bottom up, the cells whose values planned cells would miss. */
function addNeeded(
  schedule: ISchedule,
  planned: Planned,
  changing: ReadonlyMap<string, string>,
  fresh: Freshness
): void {
  for (const { id, needs } of [...schedule.flow.values()].reverse()) {
    // Needs stand above: those that are added here have their own turn further on.
    for (const need of planned.has(id) ? needs : []) {
      const isKept = isThere(schedule, need) && !isReplaced(schedule, need, planned);
      const reason = isKept ? null : whyNeeded(schedule, need, changing, fresh);
      if (reason && !planned.has(need.from)) {
        planned.set(need.from, reason);
      }
    }
  }
}

/** Whether the run gives another value to an imported name before it is read. */
function isReplaced(
  { flow }: ISchedule,
  { to, name, imported }: INeed,
  planned: Planned
): boolean {
  for (const { id, binds, imports } of flow.values()) {
    if (id === to) {
      return false;
    }
    if (planned.has(id) && binds.includes(name) && imports.get(name) !== imported) {
      return true;
    }
  }
  return false;
}

function whyNeeded(
  schedule: ISchedule,
  { from, name, to }: INeed,
  changing: ReadonlyMap<string, string>,
  fresh: Freshness
): PlanReason | null {
  const stale = fresh.get(from) ?? null;
  if (stale) {
    return stale;
  }
  const by = schedule.holders.get(name);
  if (by !== from) {
    return { code: 'replaced', name, ...(by !== undefined && { by }), cell: to };
  }
  const through = changing.get(from);
  return through === undefined ? null : { code: 'upstream', cell: through };
}

/**
 * Adds the cells whose values of a name the run would replace: the one whose value stands
 * in the kernel now, and the one that binds it last from top to bottom.
 */
function addRestoring(schedule: ISchedule, planned: Planned, fresh: Freshness): void {
  const order = [...schedule.flow.values()];
  const place = new Map(order.map(({ id }, index) => [id, index]));
  const last = new Map(order.flatMap(({ id, binds }) => binds.map(name => [name, id])));
  for (const { id, binds, imports } of order.filter(cell => planned.has(cell.id))) {
    for (const name of binds) {
      for (const keeper of [schedule.holders.get(name), last.get(name)]) {
        const isBelow =
          keeper !== undefined && (place.get(keeper) ?? -1) > (place.get(id) ?? 0);
        const imported = imports.get(name);
        const isSame =
          imported !== undefined &&
          schedule.flow.get(keeper ?? '')?.imports.get(name) === imported;
        const isUndone = isBelow && !isSame && fresh.get(keeper) === null;
        if (isUndone && !planned.has(keeper)) {
          planned.set(keeper, { code: 'restores', name, cell: id });
        }
      }
    }
  }
}
