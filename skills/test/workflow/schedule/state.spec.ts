import { advance, type ScheduleEvent } from '../../../src/workflow/schedule/events';
import { readFlow } from '../../../src/workflow/schedule/flow';
import { buildGraph } from '../../../src/workflow/graph';
import { planRun } from '../../../src/workflow/schedule/plan';
import {
  freshness,
  newSchedule,
  statuses,
  type IMade,
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

describe('results from before the notebook was opened', () => {
  const before = flowOf('x = 1', 'y = x', 'z = 3');
  const made = new Map(
    [...before.values()].map(({ id, code, meaning }) => [id, { code, meaning }])
  );
  const opened = (...sources: readonly string[]): ISchedule =>
    after(newSchedule(flowOf(...sources)), { type: 'recalled', made });

  it('are stale where their source, or one above that they need, is another now', () => {
    const schedule = opened('x = 2', 'y = x', 'z = 3');
    expect([...statuses(schedule).values()]).toEqual(['stale', 'stale', 'idle']);
    expect(reasonOf(schedule, 'c0')).toEqual({ code: 'edited' });
    expect(reasonOf(schedule, 'c1')).toEqual({ code: 'upstream', cell: 'c0' });
    expect(reasonOf(schedule, 'c2')).toEqual({ code: 'never-run' });
  });

  it('stay errors, until the source of their cell is another', () => {
    const code = before.get('c0')?.code ?? '';
    const error = { code, meaning: '', isFault: true };
    const fault = new Map<string, IMade>([...made, ['c0', error]]);
    const failed = after(newSchedule(before), { type: 'recalled', made: fault });
    expect([...statuses(failed).values()]).toEqual(['failed', 'idle', 'idle']);
    expect(reasonOf(failed, 'c0')).toEqual({ code: 'failed' });
    const ready = after(failed, { type: 'restarted' });
    expect([...statuses(ready).values()]).toEqual(['failed', 'idle', 'idle']);
    const edited = { type: 'edited', flow: flowOf('x = 2', 'y = x', 'z = 3') } as const;
    const mended = after(failed, edited);
    expect([...statuses(mended).values()]).toEqual(['stale', 'stale', 'idle']);
  });

  it('are stale from an edit on that comes before any run here', () => {
    const schedule = after(
      opened('x = 1', 'y = x', 'z = 3'),
      edited('x = 2', 'y = x', 'z = 3')
    );
    expect([...statuses(schedule).values()]).toEqual(['stale', 'stale', 'idle']);
    const planned = planRun(schedule, { kind: 'stale' });
    expect(planned.map(({ isPlanned }) => isPlanned)).toEqual([true, true, false]);
  });

  it('are idle again once the source is what it was', () => {
    const schedule = after(opened('x = 2', 'y = x'), edited('x = 1', 'y = x'));
    expect([...statuses(schedule).values()]).toEqual(['idle', 'idle']);
  });

  it('are not run again while they are what their source gives, unless needed', () => {
    const planned = (schedule: ISchedule): readonly string[] =>
      planRun(schedule, { kind: 'stale' }).flatMap(({ id, isPlanned }) =>
        isPlanned ? [id] : []
      );
    expect(planned(opened('x = 1', 'y = x', 'z = 3'))).toEqual([]);
    expect(planned(opened('x = 2', 'y = x', 'z = 3'))).toEqual(['c0', 'c1']);
    expect(planned(opened('x = 1', 'y = x + 1', 'z = 3'))).toEqual(['c0', 'c1']);
    // What is new, or was made elsewhere, has not run; and all may still be chosen.
    expect(planned(opened('x = 1', 'y = x', 'z = 3', 'w = x'))).toEqual(['c0', 'c3']);
    expect(planRun(opened('x = 1'), { kind: 'all' })).toMatchObject([
      { id: 'c0', isPlanned: true }
    ]);
  });

  it('count no more once their cells have run here', () => {
    const ran = after(opened('x = 2', 'y = x'), ...runs('c0', 'c1'));
    expect([...statuses(ran).values()]).toEqual(['done', 'done']);
    const fresh = after(ran, { type: 'restarted' });
    expect(reasonOf(fresh, 'c0')).toEqual({ code: 'restarted' });
  });
});

describe('an edit that changes nothing for Python', () => {
  const status = (before: string, now: string): unknown => {
    const ran = after(newSchedule(flowOf(before)), ...runs('c0'));
    return statuses(after(ran, edited(now))).get('c0');
  };

  it.each([
    ['a comment', 'x = 1', '# One.\nx = 1  # one'],
    ['spaces', 'f(1,b=2)', 'f( 1, b = 2 )\n\n'],
    [
      'the indentation of a block',
      'if x:\n  y = 1\nz = 2',
      'if x:\n    y = 1\n\nz = 2'
    ],
    ['lines within brackets', 'f(1, 2)', 'f(\n    1,  # one\n    2)'],
    [
      'spaces of a call',
      'a = await skill("s")(x=1)',
      'a = await skill("s")( x = 1 ) # a'
    ]
  ])('leaves a cell up to date: %s', (_what, before, now) => {
    expect(status(before, now)).toBe('done');
  });

  it.each([
    ['a value', 'x = 1', 'x = 2'],
    ['what a string holds', 'x = "a # b"', 'x = "a # c"'],
    ['spaces in a string', 'x = "a b"', 'x = "a  b"'],
    ['the block of a line', 'if x:\n  y = 1\n  z = 2', 'if x:\n  y = 1\nz = 2'],
    ['two names for one', 'x = a and_b', 'x = a and _b'],
    ['a comment that becomes code', '# y = 1\nx = 1', 'y = 1\nx = 1'],
    ['what the shell reads', '!ls # a', '!ls # b'],
    ['a cell of another language', '%%bash\nls # a', '%%bash\nls # b']
  ])('leaves it stale otherwise: %s', (_what, before, now) => {
    expect(status(before, now)).toBe('stale');
  });
});

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

  it('is what it was when the deletion of a cell is undone', () => {
    const all = ['x = 1', 'y = x'];
    const ran = after(newSchedule(flowOf(...all)), ...runs('c0', 'c1'));
    const undone = after(ran, edited(), edited(...all));
    expect(statuses(undone)).toEqual(statuses(ran));
    const otherwise = after(ran, edited(), edited('x = 2', 'y = x'));
    expect([...statuses(otherwise).values()]).toEqual(['stale', 'stale']);
    const failed = after(
      newSchedule(flowOf('x = 1')),
      { type: 'started', cell: 'c0' },
      { type: 'failed', cell: 'c0' }
    );
    const back = after(failed, edited(), edited('x = 1'));
    expect(statuses(back).get('c0')).toBe('failed');
    const fresh = after(ran, edited(), { type: 'restarted' }, edited(...all));
    expect(reasonOf(fresh, 'c0')).toEqual({ code: 'restarted' });
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
    const begun = after(
      ran,
      { type: 'started', cell: 'c0' },
      ...[edited(), { type: 'finished', cell: 'c0' } as const, edited('x = 1')]
    );
    expect(reasonOf(begun, 'c0')).toEqual({ code: 'edited' });
    const lost = after(ran, { type: 'restarted' });
    expect(reasonOf(lost, 'c0')).toEqual({ code: 'restarted' });
    expect(reasonOf(after(lost, ...runs('c0')), 'c0')).toBeNull();
  });
});

describe('imports', () => {
  const NOTEBOOK = [
    'from llmos import skill\nh = f(0.7)',
    'v = g(h)',
    'w = await skill("a")()'
  ] as const;
  const [, READS_H, READS_SKILL] = NOTEBOOK;
  const ran = after(newSchedule(flowOf(...NOTEBOOK)), ...runs('c0', 'c1', 'c2'));
  const planned = (schedule: ISchedule, ...cells: string[]): readonly string[] =>
    planRun(
      schedule,
      cells.length > 0 ? { kind: 'selection', cells } : { kind: 'stale' }
    )
      .filter(({ isPlanned }) => isPlanned)
      .map(({ id }) => id);

  it('leave their readers as they are when the cell changes otherwise', () => {
    const changed = after(
      ran,
      edited('from llmos import (skill, run)\nh = f(0.8)', READS_H, READS_SKILL)
    );
    expect([...statuses(changed).values()]).toEqual(['stale', 'stale', 'done']);
    expect(planned(changed)).toEqual(['c0', 'c1']);
    // The import need not run again either for one who only reads that.
    expect(planned(changed, 'c2')).toEqual(['c2']);
    const again = after(changed, ...runs('c0'));
    expect([...statuses(again).values()]).toEqual(['done', 'stale', 'done']);
  });

  it('are no data that runs on from here', () => {
    const below = planRun(ran, { kind: 'from-here', cells: ['c0'] });
    expect(below.map(({ isPlanned }) => isPlanned)).toEqual([true, true, false]);
  });

  it('make their readers stale when they change or go', () => {
    const other = after(ran, edited('from mine import skill\nh = f(0.7)', READS_SKILL));
    expect(statuses(other).get('c1')).toBe('stale');
    const changed = after(
      ran,
      edited('from mine import skill\nh = f(0.7)', READS_H, READS_SKILL)
    );
    expect(reasonOf(changed, 'c2')).toEqual({ code: 'upstream', cell: 'c0' });
    const gone = after(ran, edited('h = f(0.7)', READS_H, READS_SKILL));
    expect(reasonOf(gone, 'c2')).toEqual({
      code: 'undefined',
      name: 'skill',
      cell: 'c0'
    });
  });

  it('run before their readers in a new kernel, or where another value stands', () => {
    const restarted = after(ran, { type: 'restarted' });
    expect(planned(restarted, 'c2')).toEqual(['c0', 'c2']);
    const replaced = after(ran, { type: 'foreign', binds: ['skill'] });
    expect(planned(replaced, 'c2')).toEqual(['c0', 'c2']);
  });

  it('stay when their cell fails, once they have been there', () => {
    const broken = edited('from llmos import skill\nh = f(0)', READS_H, READS_SKILL);
    const failed = after(
      ran,
      broken,
      { type: 'planned', cells: ['c0', 'c1', 'c2'] },
      { type: 'started', cell: 'c0' },
      { type: 'failed', cell: 'c0' }
    );
    expect([...statuses(failed).values()]).toEqual(['failed', 'blocked', 'waiting']);
    const first = after(
      newSchedule(flowOf(...NOTEBOOK)),
      { type: 'planned', cells: ['c0', 'c1', 'c2'] },
      { type: 'started', cell: 'c0' },
      { type: 'failed', cell: 'c0' }
    );
    expect([...statuses(first).values()]).toEqual(['failed', 'blocked', 'blocked']);
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
