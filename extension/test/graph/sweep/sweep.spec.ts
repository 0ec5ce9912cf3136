import '../../browser';

import type { NotebookPanel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph, planSweep, type ISweepContext } from '@llmos-lab/skills';
import { PromiseDelegate } from '@lumino/coreutils';

import type { INotebookRun } from '../../../src/graph/run/tokens';
import { Sweep } from '../../../src/graph/sweep/sweep';
import type { INotebookGraph } from '../../../src/graph/tokens';
import { entryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [{ name: 'x', type: 'number', required: false, default: 1 }],
  outputs: [{ name: 'y', type: 'number', required: false }]
});

const CONTEXT: ISweepContext = {
  graph: buildGraph([
    { id: 'c0', source: 'k = 3' },
    { id: 'c1', source: 'a = await skill("square")(x=k)' }
  ]),
  find: id => (id === 'square' ? SQUARE.skill : undefined)
};

/** A sweep of which the test ends the cells above; the kernel does not know sweeps. */
function open() {
  const axes = [{ cell: 'c1', input: 'x', values: [{ value: 1, text: '1.0' }] }];
  const planned = planSweep(CONTEXT, axes);
  if (!planned.ok) {
    throw new Error(planned.reason);
  }
  const above = new PromiseDelegate<boolean>();
  const stop = jest.fn(() => above.resolve(true));
  const run = {
    states: new Map(),
    inKernel: new Set(),
    run: () => above.promise,
    ask: () => Promise.resolve(new Map()),
    stop
  } as unknown as INotebookRun;
  const panel = {
    context: { path: 'a.ipynb' },
    sessionContext: { ready: Promise.resolve() }
  } as unknown as NotebookPanel;
  const sweep = new Sweep({
    ...{ panel, plan: { ...planned.plan, needs: ['c0'] }, run },
    graph: { view: { nodes: [] } } as unknown as INotebookGraph,
    ...{ host: null, trans: nullTranslator.load('') }
  });
  return { sweep, stop };
}

describe('Sweep', () => {
  it('stops the run of what it needs', async () => {
    const { sweep, stop } = open();
    const work = sweep.work();
    expect(sweep.note).toBe('Running what it needs');
    sweep.stop();
    await work;
    expect(stop).toHaveBeenCalledTimes(1);
    expect(sweep.isStopped).toBe(true);
  });

  it('tells that its table is next, and stops the run of that cell', async () => {
    const { sweep, stop } = open();
    const notes: (string | undefined)[] = [];
    sweep.changed.connect(() => notes.push(sweep.note));
    const work = sweep.work();
    sweep.stop();
    await work;
    expect(notes.at(-1)).toBe('Adding the table');
    sweep.stop();
    expect(stop).toHaveBeenCalledTimes(2);
  });
});
