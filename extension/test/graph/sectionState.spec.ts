import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';

import {
  sectionPlan,
  sectionStatus,
  sectionText
} from '../../src/graph/panel/sectionState';
import type { INotebookRun, IPlannedCell } from '../../src/graph/run/tokens';

const trans = nullTranslator.load('llmos');
type Run = Pick<INotebookRun, 'states' | 'shownPlan'>;

/** A run of a cell for each status. */
function runOf(
  statuses: readonly CellStatus[],
  planned: readonly IPlannedCell['action'][] = []
): { readonly ids: readonly string[]; readonly run: Run } {
  const run = {
    states: new Map(statuses.map((status, at) => [`c${at}`, { status }])),
    shownPlan: { cells: new Map(planned.map((action, at) => [`c${at}`, { action }])) }
  };
  return { ids: [...run.states.keys()], run: run as unknown as Run };
}

describe('the status of a folded section', () => {
  it.each<[CellStatus[], CellStatus, string]>([
    [['done', 'blocked', 'failed'], 'failed', '1 failed, 1 blocked'],
    [
      ['failed', 'running', 'waiting', 'waiting'],
      'running',
      '1 running, 1 failed, 2 waiting'
    ],
    [['done', 'stale'], 'stale', '1 stale'],
    [['idle', 'done'], 'idle', ''],
    [['cached', 'done'], 'done', 'done'],
    [['cached', 'cached'], 'cached', 'cached']
  ])('is of %j the one that matters most', (statuses, status, text) => {
    const { ids, run } = runOf(statuses);
    expect(sectionStatus(ids, run)).toBe(status);
    expect(sectionText(ids, run, trans)).toBe(text);
  });

  it('is none without the scheduler', () => {
    expect(sectionStatus(['c0'], null)).toBe('idle');
    expect(sectionText(['c0'], null, trans)).toBe('');
  });
});

describe('the plan of a folded section', () => {
  it('takes the place of its status, and says how many cells would run', () => {
    const statuses: CellStatus[] = ['stale', 'failed', 'done', 'done'];
    const { ids, run } = runOf(statuses, ['run', 'run', 'cached', 'keep']);
    expect(sectionPlan(ids, run)).toBe('run');
    expect(sectionText(ids, run, trans)).toBe('2 will run, 1 from the cache');
  });

  it('is nothing where its cells are kept', () => {
    const { ids, run } = runOf(['done', 'stale'], ['keep']);
    expect(sectionPlan(ids, run)).toBe('keep');
    expect(sectionText(ids, run, trans)).toBe('1 stale');
  });
});
