import '../../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { planText, plannedText } from '../../../src/graph/run/planText';
import { RunStatus } from '../../../src/graph/run/RunStatus';
import type { IPlannedCell, IRunPlan } from '../../../src/graph/run/tokens';

const trans = nullTranslator.load('llmos');

function plan(kind: 'all' | 'stale', ...cells: IPlannedCell[]): IRunPlan {
  const expectedMs = cells.reduce((sum, cell) => sum + (cell.expectedMs ?? 0), 0);
  return {
    choice: { kind },
    cells: new Map(cells.map((cell, at) => [`c${at}`, cell])),
    ...{ startMs: 0, warm: 0, expectedMs }
  };
}

const run = (expectedMs?: number): IPlannedCell => ({
  action: 'run',
  why: '',
  ...(expectedMs !== undefined && { expectedMs })
});
const CACHED: IPlannedCell = { action: 'cached', why: '' };
const KEPT: IPlannedCell = { action: 'keep', why: '' };

describe('planText', () => {
  it('counts cells, those from the cache, and the time', () => {
    const text = planText(plan('all', run(2000), CACHED, KEPT, run(1200)), trans);
    expect(text).toBe('3 cells, 1 from the cache, about 3.2 s');
  });

  it('tells those that have no mark from those that are stale', () => {
    const fresh: IPlannedCell = { ...run(1000), isNew: true };
    expect(planText(plan('stale', run(1000), CACHED, fresh), trans)).toBe(
      '3 cells, 1 from the cache, 1 not run since opening, about 2.0 s'
    );
    expect(planText(plan('stale', fresh), trans)).toBe('1 cell, about 1.0 s');
    expect(planText(plan('all', run(1000), fresh), trans)).toBe('2 cells, about 2.0 s');
  });

  it('says what it does not know', () => {
    expect(planText(plan('all', run(2000), run()), trans)).toBe(
      '2 cells, more than 2.0 s'
    );
    expect(planText(plan('all', run()), trans)).toBe('1 cell, time not known yet');
  });

  it('says whose time it takes for that of cells that never ran so', () => {
    const other: IPlannedCell = { ...run(3000), isTimeOfOthers: true };
    expect(planText(plan('all', other), trans)).toBe(
      '1 cell, about 3.0 s, by runs with other inputs'
    );
  });

  it('says which cells may come from the cache after all', () => {
    const open: IPlannedCell = { ...run(), why: 'It has not run yet.', isOpen: true };
    expect(planText(plan('all', CACHED, open), trans)).toBe(
      '2 cells, 1 from the cache, perhaps 1 more, time not known yet'
    );
    expect(planText(plan('all', run(2000), { ...open, expectedMs: 500 }), trans)).toBe(
      '2 cells, perhaps 1 from the cache, about 2.5 s'
    );
    expect(plannedText(open, trans)).toBe(
      'Will run, unless the cache turns out to know its inputs. It has not run yet.'
    );
    expect(plannedText({ ...run(), why: 'It failed.' }, trans)).toBe(
      'Will run. It failed.'
    );
  });

  it('says at most what a first run took, which loaded packages', () => {
    const first: IPlannedCell = { ...run(4000), isMost: true };
    expect(planText(plan('stale', first, run(500)), trans)).toBe(
      '2 cells, at most 4.5 s'
    );
    expect(planText(plan('stale', first, run()), trans)).toBe(
      '2 cells, time not known yet'
    );
  });

  it('says more than what is known for sure beside a first run and an unknown one', () => {
    const first: IPlannedCell = { ...run(4000), isMost: true };
    expect(planText(plan('stale', first, run(), run(60_000)), trans)).toBe(
      '3 cells, more than 1 min 0 s'
    );
    // Side by side.
    const beside = { ...plan('stale', first, run(), run(3000)), expectedMs: 4000 };
    expect(planText(beside, trans)).toBe('3 cells, more than 3.0 s');
  });

  it('counts the start of workers', () => {
    const slow = { ...plan('all', run(2000), run()), startMs: 3000, expectedMs: 5000 };
    expect(planText(slow, trans)).toBe(
      '2 cells, more than 5.0 s, 3.0 s of it to start workers'
    );
  });

  it('says what comes on top where nobody knows how long it takes', () => {
    const open = {
      ...plan('all', run(2000)),
      startMs: null,
      isLoadOpen: true as const
    };
    expect(planText(open, trans)).toBe(
      '1 cell, about 2.0 s, plus the start of workers, plus the loading of packages'
    );
  });

  it('says how long results of the cache take in a kernel that loads packages first', () => {
    const cached: IPlannedCell = { ...CACHED, expectedMs: 2500 };
    expect(planText(plan('all', cached), trans)).toBe(
      '1 cell, 1 from the cache, about 2.5 s'
    );
  });

  it('says that nothing is to do', () => {
    expect(planText(plan('stale', KEPT), trans)).toBe('every cell is up to date');
  });
});

describe('RunStatus', () => {
  const shown = (running: number, ended: number): string =>
    renderToStaticMarkup(
      <RunStatus
        progress={{
          ...{ total: 6, ended, running },
          ...{ startedAt: 0, expectedMs: 0, fraction: 0 }
        }}
        trans={trans}
        onShow={() => undefined}
        onStop={() => undefined}
      />
    );

  it('counts what runs, not what has ended', () => {
    expect(shown(3, 1)).toContain('3 of 6 running');
    expect(shown(1, 5)).toContain('1 of 6 running');
  });

  it('does not call running what waits', () => {
    expect(shown(0, 2)).toContain('4 of 6 waiting');
  });
});
