/** @jest-environment node */
import { Signal } from '@lumino/signaling';

import { runsAtRest } from '../../../src/graph/run/atRest';
import { Changes } from '../../../src/graph/run/changes';
import type { INotebookRun, INotebookRuns } from '../../../src/graph/run/tokens';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('Changes', () => {
  function gather(): { readonly changes: Changes; readonly told: string[][] } {
    const told: string[][] = [];
    return { changes: new Changes(ids => told.push([...ids])), told };
  }

  it('tells of many changes at once', () => {
    const { changes, told } = gather();
    changes.add(['a', 'b']);
    changes.add(['b', 'c']);
    expect(told).toEqual([]);
    jest.runAllTimers();
    expect(told).toEqual([['a', 'b', 'c']]);
  });

  it('tells at once when asked to, and then no more', () => {
    const { changes, told } = gather();
    changes.add(['a']);
    changes.flush();
    changes.flush();
    jest.runAllTimers();
    expect(told).toEqual([['a']]);
  });

  it('tells nothing once it is disposed', () => {
    const { changes, told } = gather();
    changes.add(['a']);
    changes.dispose();
    jest.runAllTimers();
    expect(told).toEqual([]);
  });
});

describe('runsAtRest', () => {
  function runs(count: number) {
    const source = {} as INotebookRuns;
    const changed = new Signal<INotebookRuns, INotebookRun>(source);
    return { active: new Array<INotebookRun>(count).fill({} as INotebookRun), changed };
  }

  async function isOver(waiting: Promise<void>): Promise<boolean> {
    const late = Symbol('late');
    const soon = Promise.resolve()
      .then(() => undefined)
      .then(() => late);
    return (await Promise.race([waiting, soon])) !== late;
  }

  it('waits for nothing where no run is under way', async () => {
    expect(await isOver(runsAtRest(runs(0)))).toBe(true);
  });

  it('waits for the end of the run', async () => {
    const state = runs(1);
    const waiting = runsAtRest(state);
    state.changed.emit({} as INotebookRun);
    expect(await isOver(waiting)).toBe(false);
    state.active = [];
    state.changed.emit({} as INotebookRun);
    expect(await isOver(waiting)).toBe(true);
  });

  it('does not wait for a long run', async () => {
    const waiting = runsAtRest(runs(1));
    jest.runAllTimers();
    expect(await isOver(waiting)).toBe(true);
  });
});
