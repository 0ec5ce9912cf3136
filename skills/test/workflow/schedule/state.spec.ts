import { advance, type ScheduleEvent } from '../../../src/workflow/schedule/events';
import { readFlow } from '../../../src/workflow/schedule/flow';
import { buildGraph } from '../../../src/workflow/graph';
import { planRun } from '../../../src/workflow/schedule/plan';
import {
  freshness,
  newSchedule,
  statuses,
  type ISchedule,
  type StaleReason
} from '../../../src/workflow/schedule/state';

/** A notebook of cells `c0`, `c1` … by their sources. */
const flowOf = (...sources: readonly string[]) =>
  readFlow(
    buildGraph(sources.map((source, at) => ({ id: `c${at}`, source }))),
    new Map()
  );

const after = (before: ISchedule, ...events: readonly ScheduleEvent[]): ISchedule =>
  events.reduce(advance, before);

const runs = (...cells: readonly string[]): ScheduleEvent[] =>
  cells.flatMap(cell => [
    { type: 'started', cell },
    { type: 'finished', cell }
  ]);

const edited = (...sources: readonly string[]): ScheduleEvent => ({
  type: 'edited',
  flow: flowOf(...sources)
});

const reasonOf = (schedule: ISchedule, cell: string): StaleReason | null | undefined =>
  freshness(schedule).get(cell);

describe('freshness', () => {
  it('is lost with the cell that defined what was read', () => {
    const ran = after(newSchedule(flowOf('x = 1', 'y = x')), ...runs('c0', 'c1'));
    const renamed = after(ran, edited('z = 1', 'y = x'));
    const reason = { code: 'undefined', name: 'x', cell: 'c0' };
    expect(reasonOf(renamed, 'c1')).toEqual(reason);
    expect(statuses(renamed).get('c1')).toBe('stale');
    const [, planned] = planRun(renamed, { kind: 'stale' });
    expect(planned).toEqual({ id: 'c1', isPlanned: true, reason });
    // Bringing the definition back makes it true again, once its cell has run.
    const back = after(renamed, edited('x = 1', 'y = x'));
    expect(reasonOf(back, 'c1')).toBeNull();
  });

  it('does not block what needs a cell that read a value of the kernel alone', () => {
    const ran = after(newSchedule(flowOf('x = 1', 'y = x')), ...runs('c0', 'c1'));
    const gone = after(ran, edited('z = 1', 'y = x', 'w = y'));
    const planned = after(
      gone,
      { type: 'planned', cells: ['c0', 'c1', 'c2'] },
      ...runs('c0', 'c1')
    );
    expect(planned.active.has('c2')).toBe(true);
  });

  it('blames a restart only where there was one', () => {
    const cancelled = after(
      newSchedule(flowOf('x = 1')),
      { type: 'planned', cells: ['c0'] },
      { type: 'stopped' },
      edited('x = 2')
    );
    expect(reasonOf(cancelled, 'c0')).toEqual({ code: 'edited' });
    const ran = after(newSchedule(flowOf('x = 1')), ...runs('c0'));
    const undone = after(ran, { type: 'edited', flow: flowOf() }, edited('x = 1'));
    expect(reasonOf(undone, 'c0')).toEqual({ code: 'edited' });
    const lost = after(ran, { type: 'restarted' });
    expect(reasonOf(lost, 'c0')).toEqual({ code: 'restarted' });
    expect(reasonOf(after(lost, ...runs('c0')), 'c0')).toBeNull();
  });
});

describe('advance', () => {
  it('takes a cell for what it was when it was sent', () => {
    const sent = flowOf('x = 1').get('c0');
    const ran = after(
      newSchedule(flowOf('x = 2')),
      { type: 'started', cell: 'c0', ...(sent && { as: sent }) },
      { type: 'finished', cell: 'c0' }
    );
    expect(reasonOf(ran, 'c0')).toEqual({ code: 'edited' });
  });

  it('keeps what the kernel has waiting when a run is stopped', () => {
    const stopped = after(
      newSchedule(flowOf('x = 1', 'y = 2')),
      { type: 'planned', cells: ['c0', 'c1'] },
      { type: 'stopped', sent: new Set(['c0']) }
    );
    expect([...stopped.active.keys()]).toEqual(['c0']);
    expect(statuses(stopped).get('c1')).toBe('cancelled');
  });

  it('gives a name that other code has bound to no cell', () => {
    const ran = after(newSchedule(flowOf('x = 1', 'y = x')), ...runs('c0', 'c1'), {
      type: 'foreign',
      binds: ['x']
    });
    expect(statuses(ran).get('c0')).toBe('done');
    const [first] = planRun(ran, { kind: 'selection', cells: ['c1'] });
    expect(first).toEqual({
      id: 'c0',
      isPlanned: true,
      reason: { code: 'replaced', name: 'x', cell: 'c1' }
    });
  });
});
