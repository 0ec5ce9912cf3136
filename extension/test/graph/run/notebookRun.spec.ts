import { settle, Setting } from './runFixture';

import { isCodeCellModel } from '@jupyterlab/cells';
import type { Signal } from '@lumino/signaling';

import { recallMade } from '../../../src/graph/run/learning';

const ERROR = { status: 'error', ename: 'ValueError', evalue: 'no\nmore' } as const;

/** Two calls that need nothing of each other, and a cell that needs both. */
const BRANCHES = [
  'h = await skill("quantum-hamiltonian")(distance=1)',
  'g = await skill("quantum-hamiltonian")(distance=2)',
  'both = h, g'
];

describe('NotebookRun', () => {
  let setting: Setting;

  function open(...sources: readonly string[]): Setting {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    setting = new Setting(...sources);
    return setting;
  }

  /** Opens two calls that the pool has and that nobody has ended. */
  async function computing(): Promise<{ readonly done: Promise<unknown> }> {
    const { kernel, run, pool } = open(...BRANCHES);
    BRANCHES.slice(0, 2).forEach((source, at) => kernel.keys.set(source, `k${at}`));
    const done = run.run({ kind: 'all' });
    await settle();
    expect(kernel.prepared).toEqual([2]);
    expect([...pool.running.keys()]).toEqual(['k0', 'k1']);
    expect(setting.statuses).toEqual(['running', 'running', 'waiting']);
    return { done };
  }

  it('remembers an error for the next visit, by the number of its run', async () => {
    const { memory, run } = open('x = 1');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end({ ...ERROR, execution_count: 4 });
    await done;
    const found = recallMade(memory, 'a.ipynb', [{ id: 'c0', count: 4 }]);
    expect(found.get('c0')).toMatchObject({ isFault: true });
  });

  it('tells stale cells of a plan from those that have not run here', async () => {
    const { run } = open('x = 1', 'y = 2', 'z = 3');
    const done = run.run({ kind: 'selection', cells: ['c0'] });
    await settle();
    await setting.end(ERROR);
    await done;
    const { cells } = await run.plan({ kind: 'stale' });
    const fresh = [...cells].flatMap(([id, { isNew }]) => (isNew ? [id] : []));
    expect(fresh).toEqual(['c1', 'c2']);
  });

  it('keeps what is known of its results when the notebook is renamed', async () => {
    const { memory, run, panel } = open('x = 1');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end({ status: 'ok', execution_count: 4 });
    await done;
    (panel.context.pathChanged as Signal<unknown, string>).emit('b.ipynb');
    const found = recallMade(memory, 'b.ipynb', [{ id: 'c0', count: 4 }]);
    expect([...found.keys()]).toEqual(['c0']);
  });

  /** What must hold once a run is over, in whatever way it came to its end. */
  function expectAtRest(): void {
    const { run, pool, statuses } = setting;
    expect(run.isRunning).toBe(false);
    expect(pool.running.size).toBe(0);
    expect(statuses).not.toContain('running');
    expect(statuses).not.toContain('waiting');
  }

  afterEach(() => setting.dispose());

  it('gives the kernel one cell after the other', async () => {
    const { run, ended } = open('x = 1', 'y = x', 'z = y');
    const done = run.run({ kind: 'all' });
    await settle();
    expect(setting.inKernel).toEqual(['c0']);
    expect(setting.statuses).toEqual(['running', 'waiting', 'waiting']);
    await setting.end();
    expect(setting.inKernel).toEqual(['c1']);
    await setting.end();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['done', 'done', 'done']);
    expect(ended.map(({ trigger }) => trigger)).toEqual(['all']);
    expect(ended[0]?.cells.map(({ status }) => status)).toEqual(
      new Array(3).fill('success')
    );
  });

  /** Runs all cells once, so that their times are known, and begins to run them again. */
  async function again(
    ...sources: readonly string[]
  ): Promise<{ readonly done: Promise<unknown> }> {
    const { run, kernel } = open(...sources);
    const first = run.run({ kind: 'all' });
    await settle();
    while (kernel.requests.length > 0) {
      await setting.end();
    }
    await first;
    const done = run.run({ kind: 'all' });
    await settle();
    return { done };
  }

  it('sends the next cell behind one that is short', async () => {
    const { done } = await again('x = 1', 'y = x', 'z = y');
    expect(setting.inKernel).toEqual(['c0', 'c1']);
    expect(setting.statuses).toEqual(['running', 'waiting', 'waiting']);
    await setting.end();
    expect(setting.inKernel).toEqual(['c1', 'c2']);
    await setting.end();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['done', 'done', 'done']);
    expect(setting.ended[1]?.cells.map(({ status }) => status)).toEqual(
      new Array(3).fill('success')
    );
  });

  it('sends anew what a failed cell took down with it, where that can still run', async () => {
    const { done } = await again('x = 1', 'y = 2', 'z = x');
    expect(setting.inKernel).toEqual(['c0', 'c1']);
    await setting.end(ERROR);
    expect(setting.inKernel[0]).toBe('c1');
    expect(setting.statuses).toEqual(['failed', 'running', 'blocked']);
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['failed', 'done', 'blocked']);
    expect(setting.ended[1]?.cells.map(({ status }) => status)).toEqual([
      'failed',
      'success',
      'blocked'
    ]);
  });

  it('stops what was sent ahead with the rest', async () => {
    const { done } = await again('x = 1', 'y = x', 'z = y');
    setting.run.stop();
    await settle();
    // What they would have computed again is still there, and up to date.
    expect(setting.statuses).toEqual(['running', 'done', 'done']);
    await setting.end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '' });
    await done;
    expectAtRest();
    expect(setting.inKernel).toEqual([]);
    expect(setting.statuses).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('leaves the outputs of a cell that the kernel has and has not begun with', async () => {
    const { done } = await again('x = 1', 'y = x');
    expect(setting.inKernel).toEqual(['c0', 'c1']);
    const before = setting.shown.length;
    // Whoever looks at a plan sees at once how all cells stand.
    await setting.run.showPlan({ kind: 'stale' });
    await setting.end(ERROR);
    await done;
    expect(setting.statuses).toEqual(['failed', 'blocked']);
    expect(setting.shown.slice(before)).toEqual(['c0']);
  });

  it('sees an edit that changes nothing of the node', async () => {
    const { run, model } = open('a = 1\nb = 2');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    await done;
    model.sharedModel.getCell(0).setSource('a = 1\nb = 3');
    await settle();
    expect(setting.statuses).toEqual(['stale']);
  });

  it('counts no packages as work that the kernel has loaded', async () => {
    const { run, model } = open('x = await skill("quantum-vqe")(hamiltonian=1)');
    const first = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    await first;
    const edited = 'x = await skill("quantum-vqe")(hamiltonian=2)';
    model.sharedModel.getCell(0).setSource(edited);
    await settle();
    const { cells, isLoadOpen } = await run.plan({ kind: 'stale' });
    // Its only run was the first in a kernel: by itself it takes at most that long.
    expect(cells.get('c0')).toMatchObject({ action: 'run', isMost: true });
    expect(isLoadOpen).toBeUndefined();
    expect(run.states.get('c0')?.expectedMs).toBeUndefined();
    await setting.restart();
    const cold = await run.plan({ kind: 'stale' });
    expect(cold.cells.get('c0')?.expectedMs).toBeGreaterThanOrEqual(0);
  });

  it('counts what "Run stale" would run, as its plan does', async () => {
    const { run } = open('x = 1', 'y = x', 'z = 3');
    const planned = async (): Promise<number> => {
      const { cells } = await run.plan({ kind: 'stale' });
      return [...cells.values()].filter(({ action }) => action !== 'keep').length;
    };
    // Cells that have never run are not stale.
    expect(run.stale).toBe(0);
    const done = run.run({ kind: 'selection', cells: ['c0', 'c1'] });
    await settle();
    await setting.end(ERROR);
    await done;
    expect(setting.statuses).toEqual(['failed', 'blocked', 'idle']);
    expect([run.stale, await planned()]).toEqual([3, 3]);
    const stopped = run.run({ kind: 'all' });
    await settle();
    run.stop();
    await setting.end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '' });
    await stopped;
    expect([run.stale, await planned()]).toEqual([3, 3]);
  });

  it('marks what needs a failed cell blocked, and runs the rest', async () => {
    const { run, ended } = open('x = 1', 'y = x', 'z = 3');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end(ERROR);
    expect(setting.inKernel).toEqual(['c2']);
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['failed', 'blocked', 'done']);
    expect(run.states.get('c0')?.message).toBe('ValueError: no');
    expect(ended[0]?.cells.map(({ status }) => status)).toEqual([
      'failed',
      'blocked',
      'success'
    ]);
  });

  it('keeps the beginning of a long error', async () => {
    const { run, ended } = open('x = 1');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end({ ...ERROR, evalue: 'x'.repeat(20_000) });
    await done;
    const kept = `${'x'.repeat(999)}…`;
    expect(run.states.get('c0')?.message).toBe(`ValueError: ${kept}`);
    expect(ended[0]?.cells[0]?.error?.message).toBe(kept);
  });

  it('ends with its kernel, and runs again on the next one', async () => {
    const { run } = open('x = 1', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    await setting.restart();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['stale', 'stale']);
    const again = run.run({ kind: 'stale' });
    await settle();
    expect(setting.inKernel[0]).toBe('c0');
    await setting.end();
    await setting.end();
    await again;
    expect(setting.statuses).toEqual(['done', 'done']);
  });

  it('stops the workers when the kernel restarts', async () => {
    const { done } = await computing();
    await setting.restart();
    await done;
    expectAtRest();
    expect(setting.inKernel).toEqual([]);
  });

  it('says what a worker does before it runs, and learns how long its start takes', async () => {
    const { done } = await computing();
    const { run, pool } = setting;
    const noteAt = (...workers: Parameters<(typeof pool)['tell']>) => {
      pool.tell(...workers);
      expect(run.progress?.note).toBe(run.states.get('c0')?.note);
      return run.states.get('c0')?.note;
    };
    expect(noteAt({ key: 'k0', loading: '' })).toBe('Starting a worker…');
    const started = { key: 'k0', startMs: 4200 };
    expect(noteAt({ ...started, loading: 'numpy' })).toBe('Loading numpy…');
    expect(noteAt(started)).toBeUndefined();
    run.stop();
    await done;
    expect((await run.plan({ kind: 'all' })).startMs).toBe(4200);
    pool.tell(started, {});
    expect((await run.plan({ kind: 'all' })).startMs).toBe(0);
    pool.tell();
    const plan = await run.plan({ kind: 'all' });
    expect(plan).toMatchObject({ startMs: 4200, expectedMs: 4200 });
  });

  it('runs the cell of a call that a worker has ended, and says whose time it was', async () => {
    const { done } = await computing();
    setting.pool.end('k1');
    await settle();
    expect(setting.inKernel).toEqual(['c1']);
    await setting.end();
    expect(setting.statuses).toEqual(['running', 'done', 'waiting']);
    setting.pool.end('k0');
    await settle();
    await setting.end();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.ended[0]?.cells.map(({ isComputed }) => isComputed)).toEqual([
      true,
      true,
      false
    ]);
  });

  it('leaves an edited cell stale, whose run ends all the same', async () => {
    const { run, model } = open('x = 1', 'y = 2');
    const done = run.run({ kind: 'all' });
    await settle();
    model.sharedModel.getCell(0).setSource('x = 5');
    await settle();
    await setting.end();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['stale', 'done']);
  });

  it('prepares a call anew when it is edited while a worker has it', async () => {
    const { done } = await computing();
    const { model, kernel, pool } = setting;
    const source = 'h = await skill("quantum-hamiltonian")(distance=3)';
    kernel.keys.set(source, 'k3');
    model.sharedModel.getCell(0).setSource(source);
    await settle();
    pool.end('k0');
    await settle();
    expect(pool.running.has('k3')).toBe(true);
    pool.end('k1');
    await settle();
    await setting.end();
    pool.end('k3');
    await settle();
    await setting.end();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['done', 'done', 'done']);
  });

  it('takes back what needs a cell that is deleted before its end', async () => {
    const { done } = await computing();
    setting.model.sharedModel.deleteCell(0);
    await settle();
    expect([...setting.pool.running.keys()]).toEqual(['k1']);
    setting.pool.end('k1');
    await settle();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['done', 'cancelled']);
  });

  it('ends when the cell that runs is deleted', async () => {
    const { run, model } = open('x = 1', 'y = x', 'z = 3');
    const done = run.run({ kind: 'all' });
    await settle();
    model.sharedModel.deleteCell(0);
    await settle();
    await setting.end();
    expect(setting.inKernel).toEqual(['c2']);
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['cancelled', 'done']);
  });

  it('stops at once what workers and waiting cells do', async () => {
    const { done } = await computing();
    setting.run.stop();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(setting.kernel.interrupts).toBe(0);
  });

  it('stops what works beside it, and tells that it can', () => {
    const { run } = open('x = 1');
    const changed = jest.fn();
    run.changed.connect(changed);
    const work = { stop: jest.fn() };
    expect(run.canStop).toBe(false);
    const beside = run.join(work);
    expect([run.canStop, run.isRunning]).toEqual([true, false]);
    expect(changed).toHaveBeenCalledTimes(1);
    run.stop();
    expect(work.stop).toHaveBeenCalledTimes(1);
    beside.dispose();
    expect(run.canStop).toBe(false);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('keeps what a call has put out before until its worker begins with it', async () => {
    const { done } = await computing();
    const { pool, run, model } = setting;
    const outputs = (): number[] =>
      [...model.cells]
        .slice(0, 2)
        .map(cell => (isCodeCellModel(cell) ? cell.outputs.length : -1));
    for (const cell of model.cells) {
      if (isCodeCellModel(cell)) {
        cell.outputs.add({ output_type: 'stream', name: 'stdout', text: 'before' });
      }
    }
    pool.tell({ key: 'k0', loading: 'numpy' }, { key: 'k1', loading: '' });
    await run.showPlan({ kind: 'all' });
    expect(outputs()).toEqual([1, 1]);
    pool.tell({ key: 'k0' }, { key: 'k1', loading: '' });
    await run.showPlan({ kind: 'stale' });
    expect(outputs()).toEqual([0, 1]);
    run.stop();
    await done;
    expect(outputs()).toEqual([0, 1]);
  });

  it('interrupts the kernel to stop the cell that it has', async () => {
    const { run, kernel } = open('x = 1', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    run.stop();
    expect(kernel.interrupts).toBe(1);
    await setting.end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '' });
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['cancelled', 'cancelled']);
  });

  it('stops a cell that the kernel has and has not begun with', async () => {
    const { run, kernel, ended } = open('x = 1', 'y = x');
    kernel.isHeld = true;
    const done = run.run({ kind: 'all' });
    await settle();
    run.stop();
    expect(kernel.interrupts).toBe(1);
    expect(setting.statuses).toEqual(['waiting', 'cancelled']);
    await setting.begin();
    await setting.end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '' });
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['cancelled', 'cancelled']);
    expect(ended.map(({ trigger }) => trigger)).toEqual(['all']);
  });

  it('ends what the kernel drops when the cell before it is interrupted', async () => {
    const { run } = open('x = 1', 'y = 2', 'z = 3');
    await setting.byHand('c0');
    await setting.byHand('c1');
    expect(setting.statuses).toEqual(['running', 'waiting', 'idle']);
    await setting.end({ status: 'error', ename: 'KeyboardInterrupt', evalue: '' });
    expect(setting.statuses).toEqual(['cancelled', 'cancelled', 'idle']);
    const done = run.run({ kind: 'selection', cells: ['c2'] });
    await settle();
    await setting.end();
    await done;
    expectAtRest();
  });

  it('goes on when a failing console takes its cell with it', async () => {
    const { run, kernel } = open('x = 1', 'y = 2');
    kernel.isHeld = true;
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.console('1 / 0', 'ZeroDivisionError');
    expect(setting.inKernel).toEqual(['c1']);
    await setting.begin();
    await setting.end();
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['cancelled', 'done']);
  });

  it('runs cells in the kernel when it drops what would prepare them', async () => {
    const { kernel, run } = open(...BRANCHES);
    kernel.isDeaf = true;
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.console('1 / 0', 'ZeroDivisionError');
    for (let cell = 0; cell < BRANCHES.length; cell++) {
      await setting.end();
    }
    await done;
    expectAtRest();
    expect(setting.statuses).toEqual(['done', 'done', 'done']);
  });

  it('takes a cell for what was sent, not for what it was edited to since', async () => {
    const { kernel, model, ended } = open('x = 1', 'y = x');
    await setting.byHand('c0');
    await setting.byHand('c1');
    kernel.isHeld = true;
    model.sharedModel.getCell(1).setSource('y = x + 1');
    await settle();
    await setting.end();
    await setting.begin();
    await setting.end();
    expect(setting.statuses).toEqual(['done', 'stale']);
    expect(ended[1]?.cells[0]?.source).toBe('y = x');
  });

  it('records the edges by which values came, not those of an edit since', async () => {
    const { run, model, ended } = open('x = 1', 'z = 2', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    await setting.end();
    model.sharedModel.getCell(2).setSource('y = z');
    await settle();
    await setting.end();
    await done;
    expect(ended[0]?.edges).toEqual([['c0', 'x', 'c2', 'x']]);
  });

  it('sees what a console binds', async () => {
    const { run } = open('x = 1', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    await setting.end();
    await done;
    await setting.console('x = 5');
    const { cells } = await run.plan({ kind: 'selection', cells: ['c1'] });
    expect([...cells.values()].map(({ action }) => action)).toEqual(['run', 'run']);
    expect(cells.get('c0')?.why).toContain('outside the notebook');
  });

  it('asks the kernel which calls the cache answers that this notebook has not made', async () => {
    const { run, kernel } = open(...BRANCHES, 'i = await skill("quantum-vqe")(h=both)');
    kernel.foretold.set(BRANCHES[0] ?? '', true).set(BRANCHES[1] ?? '', false);
    const { cells } = await run.plan({ kind: 'all' });
    expect([...cells.values()].map(({ action }) => action)).toEqual([
      'cached',
      ...['run', 'run', 'run']
    ]);
    // Code always runs; of the last call only the run tells.
    expect([...cells.values()].map(({ isOpen }) => isOpen === true)).toEqual([
      ...[false, false, false],
      true
    ]);
    expect(kernel.asked).toEqual([4]);
    // A kernel with other work is not waited for.
    kernel.status = 'busy';
    const busy = await run.plan({ kind: 'all' });
    expect(busy.cells.get('c0')).toMatchObject({ action: 'run', isOpen: true });
    expect(kernel.asked).toEqual([4]);
  });

  it.each([
    ['nothing', [], false],
    ['something', ['0123456789abcdef'], true]
  ])('leaves a call to the cache only where that holds: %s', async (_, all, isOpen) => {
    const { run, host } = open('i = await skill("quantum-vqe")(h=other)');
    Object.assign(host, { cache: { marks: () => Promise.resolve({ epoch: 0, all }) } });
    const { cells } = await run.plan({ kind: 'all' });
    expect(cells.get('c0')?.isOpen === true).toBe(isOpen);
  });

  it('brings the shown plan up to date when a run ends', async () => {
    const { run } = open('x = 1', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    await run.showPlan({ kind: 'stale' });
    const actions = (): readonly string[] =>
      [...(run.shownPlan?.cells.values() ?? [])].map(({ action }) => action);
    expect(actions()).toEqual(['run', 'run']);
    await setting.end();
    await setting.end();
    await done;
    await settle();
    expect(actions()).toEqual(['keep', 'keep']);
    // What is not looked at any more does not come back.
    await run.showPlan(null);
    await setting.byHand('c0');
    await setting.end();
    expect(run.shownPlan).toBeNull();
  });

  it('shows no plan any more once it is disposed', async () => {
    const { run, graph } = open('x = 1', 'y = x');
    const shown = run.showPlan({ kind: 'all' });
    run.dispose();
    graph.dispose();
    const refresh = jest.spyOn(graph, 'refresh');
    await shown;
    await run.showPlan({ kind: 'stale' });
    await run.plan({ kind: 'all' });
    expect(run.shownPlan).toBeNull();
    expect(refresh).not.toHaveBeenCalled();
  });

  it('computes equal calls once', async () => {
    const same = BRANCHES.map(source => source.replace('distance=2', 'distance=1'));
    const { kernel, run, pool, ended } = open(...same);
    same.slice(0, 2).forEach(source => kernel.keys.set(source, 'k'));
    const done = run.run({ kind: 'all' });
    await settle();
    pool.end('k');
    for (let cell = 0; cell < same.length; cell++) {
      await settle();
      await setting.end();
    }
    await done;
    const computed = ended[0]?.cells.map(({ isComputed }) => isComputed);
    expect(computed).toEqual([true, false, false]);
  });

  it('keeps what the pool has computed when a second run joins', async () => {
    const { done } = await computing();
    setting.kernel.isHeld = true;
    setting.pool.end('k0');
    setting.pool.end('k1');
    await settle();
    const joined = setting.run.run({ kind: 'selection', cells: ['c2'] });
    await settle();
    setting.kernel.isHeld = false;
    await setting.begin();
    for (let cell = 0; cell < BRANCHES.length; cell++) {
      await setting.end();
    }
    await Promise.all([done, joined]);
    expectAtRest();
    const computed = setting.ended[0]?.cells.map(({ isComputed }) => isComputed);
    expect(computed).toEqual([true, true, false]);
    expect(setting.kernel.prepared).toEqual([2]);
  });

  it('shows what cells put out at the latest when the run is over', async () => {
    const { run } = open('x = 1', 'y = x');
    const done = run.run({ kind: 'all' });
    await settle();
    await setting.end();
    expect(setting.shown).toEqual([]);
    await setting.end();
    await done;
    expect(setting.shown).toEqual(['c0', 'c1']);
  });

  it('records a cell by hand that the kernel takes down with it', async () => {
    const { ended } = open('x = 1');
    await setting.byHand('c0');
    await setting.restart();
    expect(ended.map(({ trigger }) => trigger)).toEqual(['cell']);
    expect(ended[0]?.cells[0]?.status).toBe('cancelled');
  });

  it('lets go of everything when the notebook is closed', async () => {
    const { done } = await computing();
    setting.dispose();
    await done;
    expect(setting.pool.running.size).toBe(0);
    expect(setting.inKernel).toEqual([]);
    expect(setting.ended.map(({ cells }) => cells.map(({ status }) => status))).toEqual(
      [['cancelled', 'cancelled', 'cancelled']]
    );
  });
});
