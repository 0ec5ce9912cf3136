import '../../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { NotebookModel, type INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { readPython } from '@llmos-lab/skills';
import { CommandRegistry } from '@lumino/commands';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../../src/commands';
import { NotebookGraph } from '../../../src/graph/graphModel/notebookGraph';
import type { INotebookRuns } from '../../../src/graph/run/tokens';
import { addSweepCommands } from '../../../src/graph/sweep/commands';
import { Sweeps } from '../../../src/graph/sweep/sweeps';
import type { SweepOutcome } from '../../../src/graph/sweep/tokens';
import { entryOf, libraryOf } from '../../skills/fixtures';

const SQUARE = entryOf('square', {
  inputs: [{ name: 'x', type: 'number', required: false, default: 1 }],
  outputs: [{ name: 'y', type: 'number', required: false }]
});

const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve));

/** A notebook with two calls, and a kernel that ends points below 100 and holds others. */
class Setting {
  readonly model = new NotebookModel();
  readonly disposed = new Signal<object, void>({});
  readonly context = {
    path: 'a.ipynb',
    isDisposed: false,
    contentsModel: { writable: true },
    model: this.model,
    disposed: this.disposed
  };
  readonly panel = {
    ...{ isDisposed: false, model: this.model as NotebookModel | null },
    ...{ id: 'panel', context: this.context },
    content: {
      widgets: [] as { readonly model: { readonly id: string } }[],
      scrollToItem: (index: number) => void this.shown.push(index)
    },
    sessionContext: { ready: Promise.resolve() }
  };
  /** What was brought to the front, and to which place. */
  readonly shown: (string | number)[] = [];
  /** Cells of the runs that were asked for. */
  readonly ran: string[] = [];
  readonly commands = new CommandRegistry();
  readonly sweeps: Sweeps;
  /** Resolves when the kernel holds a point. */
  held = new PromiseDelegate<void>();
  /** Resolved by the test, it lets the kernel end what it holds. */
  readonly released = new PromiseDelegate<void>();

  constructor() {
    const { sharedModel } = this.model;
    sharedModel.deleteCellRange(0, sharedModel.cells.length);
    sharedModel.insertCells(0, [
      { cell_type: 'code', id: 'c1', source: 'a = await skill("square")(x=2)' },
      { cell_type: 'code', id: 'c2', source: 'b = await skill("square")(x=3)' },
      { cell_type: 'code', id: 'c3', source: 'k = 1' }
    ]);
    const { library } = libraryOf(SQUARE);
    const graph = new NotebookGraph(this.model, library);
    const run = {
      states: new Map(),
      inKernel: new Set(),
      ask: (asked: Readonly<Record<string, string>>) => this._ask(asked),
      run: ({ cells }: { readonly cells: readonly string[] }) => {
        this.ran.push(...cells);
        return Promise.resolve(true);
      },
      keep: () => undefined,
      stop: () => undefined,
      join: () => ({ dispose: () => undefined })
    };
    const trans = nullTranslator.load('');
    this.sweeps = new Sweeps({
      graphs: { of: () => graph },
      runs: { of: () => run } as unknown as INotebookRuns,
      ...{ library, host: null, trans }
    });
    addSweepCommands({
      app: {
        commands: this.commands,
        shell: { activateById: (id: string) => void this.shown.push(id) }
      } as unknown as JupyterFrontEnd,
      notebooks: {
        currentWidget: this.panel,
        find: (test: (each: unknown) => boolean) => [this.panel].find(test)
      } as unknown as INotebookTracker,
      ...{ sweeps: this.sweeps, trans },
      ask: () => Promise.resolve(null)
    });
  }

  get sources(): readonly string[] {
    return this.model.sharedModel.cells.map(cell => cell.getSource());
  }

  start(cell: string, values: readonly number[]): Promise<SweepOutcome> {
    const args = { cell, input: 'x', values: [...values] };
    return this.commands.execute(CommandIDs.graphSweep, args) as Promise<SweepOutcome>;
  }

  /** Sweeps a call, and stops while the kernel holds a point. */
  async stopped(cell: string, values: readonly number[]): Promise<SweepOutcome> {
    const outcome = this.start(cell, values);
    await this.held.promise;
    this.held = new PromiseDelegate<void>();
    await this.commands.execute(CommandIDs.stopSweep, {});
    return outcome;
  }

  closeView(): void {
    this.panel.isDisposed = true;
    this.panel.model = null;
  }

  closeNotebook(): void {
    this.closeView();
    this.context.isDisposed = true;
    this.disposed.emit();
  }

  private async _ask(
    asked: Readonly<Record<string, string>>
  ): Promise<Map<string, unknown>> {
    const [, method, text = ''] =
      /\)\.(\w+)\((.*)\)$/s.exec(asked['answer'] ?? '') ?? [];
    if (method !== 'advance') {
      return new Map([['answer', {}]]);
    }
    const { points } = JSON.parse(readPython(text) as string) as {
      readonly points: readonly { readonly values: string[]; readonly here: number }[];
    };
    const isHeld = points.some(({ here }) => here > 0);
    const answers = points.map(({ values: [x = ''] }) =>
      isHeld || Number(x) < 100
        ? { calls: [], row: { 'a.y': Number(x) ** 2 } }
        : { calls: [], at: 0, why: 'needs the kernel' }
    );
    if (isHeld) {
      this.held.resolve();
      await this.released.promise;
    }
    return new Map([['answer', { points: answers }]]);
  }
}

/** What a notification says, and a click on its button, where it has one. */
interface ITold {
  readonly text: string;
  readonly click?: () => void;
}

describe('the command that sweeps', () => {
  let told: ITold[];

  beforeEach(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    told = [];
    for (const kind of ['info', 'success', 'warning', 'error'] as const) {
      jest.spyOn(Notification, kind).mockImplementation((...[text, options]) => {
        const [action] = options?.actions ?? [];
        const click = action && (() => action.callback(new MouseEvent('click')));
        told.push({ text, ...(click && { click }) });
        return '';
      });
    }
  });

  it('is not offered in the menu of a node that calls no skill', () => {
    const { commands } = new Setting();
    const isOffered = (args: { readonly cell?: string }): boolean =>
      commands.isEnabled(CommandIDs.graphSweep, args);
    expect(isOffered({ cell: 'c1' })).toBe(true);
    expect(isOffered({ cell: 'c3' })).toBe(false);
    expect(isOffered({})).toBe(true);
  });

  it('offers to add the points of the sweep that was stopped, not of a later one', async () => {
    const setting = new Setting();
    await setting.stopped('c1', [11, 100]);
    await setting.stopped('c2', [22, 23, 101]);
    const [first, second] = told;
    expect(first?.text).toMatch(/1 of 2 points is done/);
    expect(second?.text).toMatch(/2 of 3 points are done/);
    first?.click?.();
    await settle();
    expect(setting.sources).toHaveLength(4);
    expect(setting.sources[1]).toContain('for x in [11.0]:');
    second?.click?.();
    await settle();
    expect(setting.sources[3]).toContain(' in [22.0, 23.0]:');
    expect(setting.ran).toHaveLength(2);
  });

  it('adds the points at the end when their call was deleted', async () => {
    const setting = new Setting();
    await setting.stopped('c1', [11, 100]);
    setting.model.sharedModel.deleteCellRange(0, 1);
    told[0]?.click?.();
    await settle();
    expect(setting.sources).toHaveLength(3);
    expect(setting.sources[2]).toContain('for x in [11.0]:');
  });

  it('says that the notebook was closed before its points were added', async () => {
    const setting = new Setting();
    await setting.stopped('c1', [11, 100]);
    setting.closeNotebook();
    told[0]?.click?.();
    await settle();
    expect(told[1]?.text).toMatch(/was closed\. Open it and sweep again/);
    expect(setting.ran).toEqual([]);
  });

  it('offers nothing when the notebook was closed under way', async () => {
    const setting = new Setting();
    const outcome = setting.start('c1', [11, 100]);
    await setting.held.promise;
    setting.closeNotebook();
    expect(await outcome).toMatchObject({ isStopped: true, done: 1, cell: null });
    expect(told).toEqual([{ text: expect.stringMatching(/was stopped/) as string }]);
  });

  it('adds its table where another view has the notebook open', async () => {
    const setting = new Setting();
    const outcome = setting.start('c1', [1, 2, 100]);
    await setting.held.promise;
    setting.closeView();
    setting.released.resolve();
    expect(await outcome).toMatchObject({ ok: true, done: 3, isStopped: false });
    expect(setting.sources[1]).toContain('for x in [1.0, 2.0, 100.0]:');
    expect(told.map(({ text }) => text)).toEqual([
      expect.stringMatching(/3 points, 2 of them from the cache/)
    ]);
  });

  it('shows the table that it has added', async () => {
    const setting = new Setting();
    expect(await setting.start('c1', [1, 2])).toMatchObject({ ok: true, done: 2 });
    expect(setting.shown).toEqual([]);
    const [, cell] = setting.model.sharedModel.cells;
    setting.panel.content.widgets.push({ model: { id: cell?.getId() ?? '' } });
    told[0]?.click?.();
    expect(setting.shown).toEqual(['panel', 0]);
  });

  it('runs the cell of an equal sweep again, and adds one for another', async () => {
    const setting = new Setting();
    await setting.start('c1', [1, 2]);
    expect(setting.sources).toHaveLength(4);
    const [cell] = setting.ran;
    const outcome = await setting.start('c1', [1, 2]);
    expect(outcome).toMatchObject({ ok: true, cell });
    expect(setting.sources).toHaveLength(4);
    expect(setting.ran).toEqual([cell, cell]);
    await setting.start('c1', [1, 3]);
    expect(setting.sources).toHaveLength(5);
  });

  it('is offered for calls of the notebook that it is about', () => {
    const { commands } = new Setting();
    const isOffered = (cell: string, notebook: string): boolean =>
      commands.isEnabled(CommandIDs.graphSweep, { cell, notebook });
    expect(isOffered('c1', 'a.ipynb')).toBe(true);
    expect(isOffered('c3', 'a.ipynb')).toBe(false);
    // The one in front has a cell of this id, too.
    expect(isOffered('c1', 'closed.ipynb')).toBe(false);
  });

  it('says that a view was closed, and not that it cannot be changed', async () => {
    const setting = new Setting();
    setting.closeView();
    const outcome = await setting.start('c1', [1]);
    const reason = expect.stringMatching(/view of the notebook was closed/) as string;
    expect(outcome).toEqual({ ok: false, reason });
    const axis = { cell: 'c1', input: 'x', values: [{ value: 1, text: '1.0' }] };
    const request = { axes: [axis], columns: null };
    const panel = setting.panel as unknown as Parameters<Sweeps['start']>[0];
    expect(await setting.sweeps.start(panel, request)).toEqual({ ok: false, reason });
  });
});
