import '../../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { YCodeCell, YNotebook } from '@jupyter/ydoc';
import { Notification } from '@jupyterlab/apputils';
import { YSyncConfig } from '@jupyterlab/codemirror';
import { NotebookModel, type INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../../src/commands';
import { addEditCommands } from '../../../src/graph/edit/commands';
import type { EditOutcome } from '../../../src/graph/edit/outcome';
import { NotebookGraph } from '../../../src/graph/graphModel/notebookGraph';
import type { INotebookRuns } from '../../../src/graph/run/tokens';
import { until } from '../../until';
import { entryOf, HAMILTONIAN, libraryOf, VQE } from '../../skills/fixtures';

/** A notebook panel as far as the commands use one. */
function panelOf(...sources: readonly string[]) {
  const model = new NotebookModel();
  model.sharedModel.deleteCellRange(0, model.sharedModel.cells.length);
  model.sharedModel.insertCells(
    0,
    sources.map((source, index) => ({
      ...{ cell_type: source.startsWith('# ') ? 'markdown' : 'code', source },
      id: String.fromCharCode(97 + index)
    }))
  );
  model.sharedModel.clearUndoHistory();
  const content = {
    mode: 'edit',
    activeCellIndex: 0,
    deselectAll: () => undefined,
    scrollToItem: jest.fn(() => Promise.resolve()),
    get widgets() {
      return [...model.cells].map(cell => ({ model: cell }));
    }
  };
  const context = { path: 'a.ipynb', contentsModel: { writable: true } };
  const disposed = new Signal<object, void>({});
  return { model, content, context, disposed, isDisposed: false, isVisible: true };
}

type Panel = ReturnType<typeof panelOf>;

const IMPORT = 'from llmos import skill';
const H = 'h = await skill("quantum-hamiltonian")()';
const V = 'vqe = await skill("quantum-vqe")(iterations=5)';
const LEARNED = entryOf('both', {
  code: [
    'from llmos import skill\n\n\nasync def execute(inputs):',
    '    h = await skill("quantum-hamiltonian", version="sha256:quantum")()',
    '    vqe = await skill("quantum-vqe")(hamiltonian=h["hamiltonian"])',
    '    return {"eigenvalue": vqe["eigenvalue"]}\n'
  ].join('\n')
});
const CONNECT = { output: 'hamiltonian', input: 'hamiltonian' };

/** An element, once it is there. */
async function find<T extends Element>(selector: string): Promise<T> {
  const found = (): T | null => document.querySelector<T>(selector);
  await until(() => found() !== null);
  return found() as T;
}

const sourcesOf = ({ model }: Panel): string[] =>
  model.sharedModel.cells.map(cell => cell.getSource());
const stateOf = ({ model }: Panel): unknown =>
  model.sharedModel.cells.map(cell => cell.toJSON());
const undo = ({ model }: Panel): boolean => model.sharedModel.undo();

describe('commands that edit the graph', () => {
  let commands: CommandRegistry;
  let warnings: string[];
  let infos: { text: string; undo?: () => void }[];
  /** The ids of what is shown no longer. */
  let dismissed: (string | undefined)[];
  const { library } = libraryOf(HAMILTONIAN, VQE, LEARNED);
  const runChanged = new Signal<object, void>({});

  beforeEach(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    warnings = [];
    infos = [];
    dismissed = [];
    jest.spyOn(Notification, 'dismiss').mockImplementation(id => {
      dismissed.push(id);
    });
    jest.spyOn(Notification, 'warning').mockImplementation(message => {
      warnings.push(message);
      return `warning ${warnings.length}`;
    });
    jest.spyOn(Notification, 'info').mockImplementation((text, options) => {
      const action = options?.actions?.[0];
      infos.push({
        text,
        undo: () => action?.callback(new MouseEvent('click'))
      });
      return `note ${infos.length}`;
    });
  });

  /** Opens a notebook, perhaps with its graph and what the kernel has of it. */
  function open(
    panel: Panel | null,
    {
      graph,
      inKernel = new Set()
    }: { graph?: NotebookGraph; inKernel?: ReadonlySet<string> } = {}
  ): void {
    commands = new CommandRegistry();
    addEditCommands({
      app: { commands } as unknown as JupyterFrontEnd,
      library,
      notebooks: {
        currentWidget: panel,
        find: (test: (each: unknown) => boolean) => [panel].find(test)
      } as unknown as INotebookTracker,
      graphs: graph ? { of: () => graph } : null,
      runs: {
        of: () => ({ inKernel, changed: runChanged })
      } as unknown as INotebookRuns,
      trans: nullTranslator.load('llmos')
    });
  }

  const run = async (id: string, args: Record<string, unknown>): Promise<EditOutcome> =>
    (await commands.execute(id, args as never)) as EditOutcome;

  it('connect: moves no cell that the kernel has', async () => {
    const panel = panelOf(IMPORT, V, H);
    const before = stateOf(panel);
    const args = { from: 'c', to: 'b', ...CONNECT };
    // Of the two cells either may be the one that moves.
    open(panel, { inKernel: new Set(['b', 'c']) });
    expect((await run(CommandIDs.graphConnect, args)).ok).toBe(false);
    expect(stateOf(panel)).toEqual(before);
    expect(warnings[0]).toMatch(/would move [bc], which runs now/);
  });

  it('connect: says so where they are connected, and where it moves a cell does that', async () => {
    const linked = V.replace('(it', '(hamiltonian=h.hamiltonian, it');
    const panel = panelOf(IMPORT, H, linked);
    const before = stateOf(panel);
    open(panel);
    await run(CommandIDs.graphConnect, { from: 'b', to: 'c', ...CONNECT });
    expect(warnings).toEqual(['They are connected already.']);
    expect(stateOf(panel)).toEqual(before);
    const late = panelOf(IMPORT, linked, H);
    open(late);
    await run(CommandIDs.graphConnect, { from: 'c', to: 'b', ...CONNECT });
    expect(sourcesOf(late)).toEqual([IMPORT, H, linked]);
  });

  it('disconnect: all values of an edge as one step of undo', async () => {
    const panel = panelOf(
      'a, b = 5, 7',
      'v = await skill("quantum-vqe")(hamiltonian=a, iterations=b)'
    );
    open(panel);
    const before = stateOf(panel);
    const inputs = ['hamiltonian', 'iterations'].map(input => ({ to: 'b', input }));
    const outcome = await run(CommandIDs.graphDisconnect, { inputs });
    expect(outcome).toEqual({ ok: true, cells: ['b'] });
    expect(sourcesOf(panel)[1]).toBe('v = await skill("quantum-vqe")()');
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
  });

  it('connect: what a form or a person writes after it is taken back before it', async () => {
    const panel = panelOf(IMPORT, V, H);
    open(panel);
    const shared = panel.model.sharedModel as unknown as YNotebook;
    const before = sourcesOf(panel);
    await run(CommandIDs.graphConnect, { from: 'c', to: 'b', ...CONNECT });
    const cell = shared.cells.find(each => each.getId() === 'b') as YCodeCell;
    const steps = [sourcesOf(panel)];
    const write = (text: string, origin: unknown): void => {
      shared.undoManager.stopCapturing();
      shared.ydoc.transact(() => {
        cell.ysource.insert(cell.getSource().length - 1, text);
      }, origin);
      steps.push(sourcesOf(panel));
    };
    write(', layers=3', new YSyncConfig(cell.ysource));
    write(', seed=1', cell);
    expect(steps.at(-1)?.[2]).toContain('hamiltonian=h.hamiltonian, layers=3, seed=1)');
    for (const step of [...steps.slice(0, -1).reverse(), before]) {
      undo(panel);
      expect(sourcesOf(panel)).toEqual(step);
    }
    for (const step of steps) {
      panel.model.sharedModel.redo();
      expect(sourcesOf(panel)).toEqual(step);
    }
  });

  it('add: what is written into the new cell is taken back before it', async () => {
    const panel = panelOf(IMPORT, H);
    open(panel);
    await run(CommandIDs.graphAdd, { skill: 'quantum-vqe', x: 10, y: 20 });
    const added = sourcesOf(panel);
    const cell = panel.model.sharedModel.cells.at(-1) as YCodeCell;
    cell.updateSource(0, 0, '# mine\n');
    undo(panel);
    expect(sourcesOf(panel)).toEqual(added);
    undo(panel);
    expect(sourcesOf(panel)).toEqual([IMPORT, H]);
  });

  it('connect: the undo of the cell takes it back before what was written first', async () => {
    const panel = panelOf(IMPORT, V, H);
    open(panel);
    const cell = panel.model.sharedModel.cells[1] as YCodeCell;
    cell.updateSource(V.length - 1, V.length - 1, ', layers=3');
    const before = cell.getSource();
    await run(CommandIDs.graphConnect, { from: 'c', to: 'b', ...CONNECT });
    expect(cell.getSource()).not.toBe(before);
    // Where its node stands is none of the text's steps.
    await run(CommandIDs.graphMove, { cells: ['b'], x: 10, y: 20 });
    const moved = cell.getMetadata();
    cell.undo();
    expect(cell.getSource()).toBe(before);
    expect(cell.getMetadata()).toEqual(moved);
  });

  it('connect: one step of undo, apart from what was typed before', async () => {
    const panel = panelOf(IMPORT, V, H);
    open(panel);
    const shared = panel.model.sharedModel;
    shared.transact(() => shared.getCell(0).updateSource(0, 0, '# typed\n'));
    const before = stateOf(panel);
    const outcome = await run(CommandIDs.graphConnect, {
      from: 'c',
      to: 'b',
      ...CONNECT
    });
    expect(outcome).toEqual({ ok: true, cells: ['b'] });
    expect(sourcesOf(panel).slice(1)).toEqual([
      H,
      'vqe = await skill("quantum-vqe")(iterations=5, hamiltonian=h.hamiltonian)'
    ]);
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
    undo(panel);
    expect(sourcesOf(panel)[0]).toBe(IMPORT);
    panel.model.sharedModel.redo();
    panel.model.sharedModel.redo();
    expect(sourcesOf(panel)[2]).toContain('hamiltonian=h.hamiltonian');
  });

  it('keeps outputs, ids and metadata of a cell that moves', async () => {
    const panel = panelOf(V, H);
    open(panel);
    const shared = panel.model.sharedModel;
    const outputs = [{ output_type: 'stream', name: 'stdout', text: 'hello' }];
    shared.deleteCell(0);
    shared.insertCell(0, {
      ...{ cell_type: 'code', id: 'a', source: V, outputs, execution_count: 3 },
      metadata: { tags: ['x'] }
    });
    const before = shared.getCell(0).toJSON();
    await run(CommandIDs.graphConnect, { from: 'b', to: 'a', ...CONNECT });
    expect(shared.getCell(1).toJSON()).toEqual({
      ...before,
      source:
        'vqe = await skill("quantum-vqe")(iterations=5, hamiltonian=h.hamiltonian)'
    });
  });

  it('says why it refuses, and changes nothing', async () => {
    const panel = panelOf(
      H,
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    );
    open(panel);
    const before = stateOf(panel);
    const outcome = await run(CommandIDs.graphConnect, {
      ...{ from: 'b', output: 'eigenvalue', to: 'a', input: 'distance' }
    });
    expect(outcome.ok).toBe(false);
    expect(warnings).toEqual([
      'This would make a cycle: "h" → "vqe" → "h". Disconnect one of these first.'
    ]);
    expect(stateOf(panel)).toEqual(before);
    expect(panel.model.sharedModel.canUndo()).toBe(false);
  });

  it('disconnect tells when the input is required', async () => {
    const panel = panelOf(
      H,
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    );
    open(panel);
    await run(CommandIDs.graphDisconnect, { to: 'b', input: 'hamiltonian' });
    expect(sourcesOf(panel)[1]).toBe('vqe = await skill("quantum-vqe")()');
    expect(infos[0]?.text).toMatch(/is required/);
    infos[0]?.undo?.();
    expect(sourcesOf(panel)[1]).toContain('hamiltonian=h.hamiltonian');
  });

  it('add: import, place and version in one step, and the cell becomes active', async () => {
    const panel = panelOf('');
    open(panel);
    const before = stateOf(panel);
    const outcome = await run(CommandIDs.graphAdd, {
      ...{ skill: 'quantum-vqe', position: [10, 20.04] }
    });
    expect(sourcesOf(panel)).toEqual([IMPORT, 'vqe = await skill("quantum-vqe")()']);
    const cell = panel.model.sharedModel.getCell(1);
    expect(cell.getMetadata('llmos')).toEqual({
      v: 1,
      skill: 'quantum-vqe',
      version: 'sha256:quantum-vqe',
      position: [10, 20],
      loose: true
    });
    expect(outcome).toEqual({ ok: true, cells: [cell.getId()] });
    expect(panel.content).toMatchObject({ activeCellIndex: 1, mode: 'command' });
    expect(panel.content.scrollToItem).toHaveBeenCalledWith(1, 'smart');
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
  });

  it('delete tells who used the values; its Undo takes back that alone', async () => {
    const panel = panelOf(H, 'print(h)', 'print(h.hamiltonian)', 'x = 1');
    open(panel);
    const before = stateOf(panel);
    await run(CommandIDs.graphDelete, { cells: ['a'] });
    expect(infos[0]?.text).toBe(
      'No cell gives "h" any more; "print(h)" and "print(h.hamiltonian)" use it and cannot run.'
    );
    infos[0]?.undo?.();
    expect(stateOf(panel)).toEqual(before);
    await run(CommandIDs.graphDelete, { cells: ['a'] });
    await run(CommandIDs.graphDelete, { cells: ['d'] });
    infos[1]?.undo?.();
    expect(sourcesOf(panel)).toEqual(['print(h)', 'print(h.hamiltonian)']);
  });

  describe('what they tell', () => {
    const linked = 'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)';
    const cut = { inputs: [{ to: 'b', input: 'hamiltonian' }] };
    const cycle = { from: 'b', output: 'eigenvalue', to: 'a', input: 'distance' };

    /** A notebook whose graph is read when it is asked to be. */
    function openRead(inKernel?: ReadonlySet<string>) {
      const panel = panelOf(H, linked, 'x = 1');
      const graph = new NotebookGraph(panel.model, library, () => () => undefined);
      open(panel, { graph, ...(inKernel && { inKernel }) });
      const { cells } = panel.model.sharedModel;
      return { panel, graph, second: cells[1] as YCodeCell };
    }

    it('of consequences goes once they are taken back, however that is done', async () => {
      const { panel, graph, second } = openRead();
      await run(CommandIDs.graphDelete, { cells: ['a'] });
      graph.refresh();
      expect(dismissed).toEqual([]);
      undo(panel);
      expect(dismissed).toEqual(['note 1']);
      graph.refresh();
      await run(CommandIDs.graphDisconnect, cut);
      second.undo();
      expect(second.getSource()).toBe(linked);
      graph.refresh();
      expect(dismissed).toEqual(['note 1', 'note 2']);
    });

    it('of consequences goes where its Undo would take back something else', async () => {
      const { panel, graph } = openRead();
      await run(CommandIDs.graphDelete, { cells: ['a'] });
      await run(CommandIDs.graphMove, { moves: [{ cell: 'b', position: [1, 2] }] });
      expect(dismissed).toEqual(['note 1']);
      undo(panel);
      graph.refresh();
      expect(dismissed).toEqual(['note 1']);
    });

    it('goes with the next edit of the code, which may make it untrue', async () => {
      const { graph, second } = openRead();
      await run(CommandIDs.graphConnect, cycle);
      await run(CommandIDs.graphDisconnect, cut);
      expect([warnings.length, infos.length]).toEqual([1, 1]);
      expect(dismissed).toEqual(['warning 1']);
      // As typed into a cell, whose undo is its own.
      second.setSource('v = await skill("quantum-vqe")(hamiltonian=1)');
      graph.refresh();
      expect(dismissed).toEqual(['warning 1', 'note 1']);
    });

    it('of a running cell goes with its end', async () => {
      const inKernel = new Set(['b', 'c']);
      const panel = panelOf(IMPORT, V, H);
      open(panel, { inKernel });
      await run(CommandIDs.graphConnect, { from: 'c', to: 'b', ...CONNECT });
      runChanged.emit();
      expect(dismissed).toEqual([]);
      inKernel.clear();
      runChanged.emit();
      runChanged.emit();
      expect(dismissed).toEqual(['warning 1']);
    });

    it.each(['run', 'code'])(
      'of a running cell goes once: first the %s',
      async first => {
        const inKernel = new Set(['b', 'c']);
        const panel = panelOf(IMPORT, V, H);
        open(panel, { inKernel });
        await run(CommandIDs.graphConnect, { from: 'c', to: 'b', ...CONNECT });
        const edit = (): Promise<EditOutcome> =>
          run(CommandIDs.graphMove, { moves: [{ cell: 'b', position: [1, 2] }] });
        const end = (): void => {
          inKernel.clear();
          runChanged.emit();
        };
        await (first === 'run' ? end() : edit());
        expect(dismissed).toEqual(['warning 1']);
        await (first === 'run' ? edit() : end());
        expect(dismissed).toEqual(['warning 1']);
      }
    );

    it('goes with its notebook', async () => {
      const { panel } = openRead();
      await run(CommandIDs.graphDelete, { cells: ['a'] });
      panel.disposed.emit();
      expect(dismissed).toEqual(['note 1']);
    });
  });

  it('delete selects the cell to go on at', async () => {
    const panel = panelOf(H, V, 'x = 1');
    open(panel);
    await run(CommandIDs.graphDelete, { cells: ['a'], next: 'c' });
    expect(panel.content).toMatchObject({ activeCellIndex: 1, mode: 'command' });
    expect(panel.content.scrollToItem).toHaveBeenCalledWith(1, 'smart');
  });

  it('leaves a cell when all are deleted', async () => {
    const panel = panelOf(H, V);
    open(panel);
    await run(CommandIDs.graphDelete, { cells: ['a', 'b'] });
    expect(sourcesOf(panel)).toEqual(['']);
    undo(panel);
    expect(sourcesOf(panel)).toEqual([H, V]);
  });

  it('rename and duplicate are one step each', async () => {
    const panel = panelOf(
      H,
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    );
    open(panel);
    const before = stateOf(panel);
    await run(CommandIDs.graphRename, { cell: 'a', from: 'h', to: 'h2' });
    expect(sourcesOf(panel)).toEqual([
      'h2 = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(hamiltonian=h2.hamiltonian)'
    ]);
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
    await run(CommandIDs.graphDuplicate, { cells: ['a', 'b'] });
    expect(sourcesOf(panel).slice(2)).toEqual([
      'h_2 = await skill("quantum-hamiltonian")()',
      'vqe_2 = await skill("quantum-vqe")(hamiltonian=h_2.hamiltonian)'
    ]);
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
  });

  it('rename asks for a name until it can be taken, and says why it cannot', async () => {
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
    const panel = panelOf('base = 2', 'print(base)');
    open(panel);
    const renamed = run(CommandIDs.graphRename, { cell: 'a', from: 'base' });
    const input = await find<HTMLInputElement>('.llmos-AskText input');
    const accept = await find<HTMLButtonElement>('.jp-Dialog .jp-mod-accept');
    const type = (text: string): void => {
      input.value = text;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type('2x');
    accept.click();
    expect(document.querySelector('.llmos-AskText-problem')?.textContent).toMatch(
      /"2x" cannot be the name of a variable/
    );
    expect(input.isConnected).toBe(true);
    type('start');
    accept.click();
    expect((await renamed).ok).toBe(true);
    expect(sourcesOf(panel)).toEqual(['start = 2', 'print(start)']);
  });

  it('unfold is offered for learned skills of the notebook that it is about', () => {
    const panel = panelOf('x = await skill("both")()', H);
    const graph = new NotebookGraph(panel.model, library, () => () => undefined);
    open(panel, { graph });
    const isOffered = (cell: string, notebook: string): boolean =>
      commands.isEnabled(CommandIDs.graphUnfold, { cell, notebook });
    expect(isOffered('a', 'a.ipynb')).toBe(true);
    expect(isOffered('b', 'a.ipynb')).toBe(false);
    expect(isOffered('a', 'closed.ipynb')).toBe(false);
    // Greyed, as other entries of its menu that do not fit a cell.
    expect(commands.isVisible(CommandIDs.graphUnfold, { cell: 'b' })).toBe(true);
  });

  it('unfold puts the calls of a learned skill in its place, as one step', async () => {
    const panel = panelOf('x = await skill("both")()', 'print(x.eigenvalue)');
    open(panel);
    const before = stateOf(panel);
    expect((await run(CommandIDs.graphUnfold, { cell: 'a' })).ok).toBe(true);
    expect(sourcesOf(panel)).toEqual([
      'h = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)',
      'print(vqe.eigenvalue)'
    ]);
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
    expect((await run(CommandIDs.graphUnfold, { cell: 'b' })).ok).toBe(false);
    expect(warnings[0]).toContain('Only learned skills can be unfolded');
  });

  it('move writes places alone, several as one step', async () => {
    const panel = panelOf(H, V);
    open(panel);
    const before = stateOf(panel);
    const moves = [
      { cell: 'a', position: [1, 2] },
      { cell: 'b', position: [3, 4] }
    ];
    await run(CommandIDs.graphMove, { moves });
    expect(panel.model.cells.get(1).metadata).toEqual({
      llmos: { v: 1, position: [3, 4] }
    });
    await run(CommandIDs.graphMove, { cell: 'b', position: null });
    expect(panel.model.cells.get(1).metadata).toEqual({});
    undo(panel);
    undo(panel);
    expect(stateOf(panel)).toEqual(before);
  });

  it('finds a notebook by path, and says when there is none', async () => {
    const panel = panelOf(H);
    open(panel);
    const move = { cell: 'a', position: [0, 0] };
    expect((await run(CommandIDs.graphMove, { ...move, notebook: 'a.ipynb' })).ok).toBe(
      true
    );
    expect((await run(CommandIDs.graphMove, { ...move, notebook: 'b.ipynb' })).ok).toBe(
      false
    );
    open(null);
    await run(CommandIDs.graphMove, move);
    expect(warnings).toEqual([
      'The notebook b.ipynb is not open. Open it and try again.',
      'No notebook is open. Open one and try again.'
    ]);
  });

  it('refuses what is read-only, and arguments that are none', async () => {
    const panel = panelOf(H, V);
    panel.context.contentsModel.writable = false;
    open(panel);
    await run(CommandIDs.graphDelete, { cells: ['a'] });
    await run(CommandIDs.graphDelete, {});
    await run(CommandIDs.graphMove, { cell: 'a', position: [1] });
    expect(warnings).toEqual([
      'This notebook is read-only. Keep a copy of it to change it.',
      'The argument "cells" must be a list of cell ids.',
      'The argument "position" must be two numbers, [x, y].'
    ]);
  });

  it('describes its arguments', async () => {
    open(null);
    const { args } = await commands.describedBy(CommandIDs.graphConnect);
    expect(args).toMatchObject({ required: ['from', 'output', 'to', 'input'] });
  });
});
