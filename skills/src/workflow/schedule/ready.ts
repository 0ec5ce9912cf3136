import type { IFlowCell } from './flow';
import type { ISchedule } from './state';

/**
 * The cells of the run that may start now, in document order. All of them could run at
 * the same time: none reads what another binds. Of the plain cells there is at most one,
 * since they run in document order; cells that only call a skill overtake them.
 */
export function readyCells(schedule: ISchedule): readonly string[] {
  const { active, flow } = schedule;
  const ready: string[] = [];
  /** Names that cells further up still read or bind, and whether one of them is plain. */
  const read = new Set<string>();
  const bound = new Set<string>();
  let hasPlain = false;
  const running = [...active.values()].flatMap(({ start }) => (start ? [start] : []));
  for (const cell of flow.values()) {
    const entry = active.get(cell.id);
    if (!entry) {
      continue;
    }
    const mayStart =
      entry.phase === 'waiting' &&
      !entry.isByHand &&
      cell.needs.every(({ from }) => !active.has(from)) &&
      cell.binds.every(name => !read.has(name) && !bound.has(name)) &&
      (cell.isSkill || !hasPlain) &&
      !running.some(({ binds }) => readsAny(cell, binds));
    if (mayStart) {
      ready.push(cell.id);
    }
    cell.uses.forEach(name => read.add(name));
    cell.binds.forEach(name => bound.add(name));
    hasPlain ||= !cell.isSkill;
  }
  return ready;
}

function readsAny({ uses }: IFlowCell, names: readonly string[]): boolean {
  return names.some(name => uses.includes(name));
}
