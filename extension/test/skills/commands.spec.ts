import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { NotebookModel, type INotebookTracker } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { CommandIDs } from '../../src/commands';
import { addSkillCommands } from '../../src/skills/commands';
import type { SkillPanel } from '../../src/skills/SkillPanel';
import { contextOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

/** A notebook panel as far as the commands use one. */
function panelOf(name: string) {
  const model = new NotebookModel();
  return {
    id: name,
    model,
    context: {
      ready: Promise.resolve(),
      path: `${name}.ipynb`,
      sessionContext: { isReady: true }
    },
    content: {
      activeCellIndex: 0,
      widgets: [],
      mode: 'edit',
      deselectAll: () => undefined,
      scrollToItem: () => Promise.resolve(),
      activate: jest.fn()
    }
  };
}

type Panel = ReturnType<typeof panelOf>;

const sourcesOf = (panel: Panel): string[] =>
  panel.model.sharedModel.cells.map(cell => cell.getSource());

describe('skill commands', () => {
  let commands: CommandRegistry;
  let current: Panel | null;
  let created: Record<string, unknown>[];
  let opened: { path: string; line?: number }[];
  let files: Map<string, unknown>;
  let currentPath: string | undefined;
  let selected: string | undefined;
  let revealed: string[];
  let errors: string[];

  beforeEach(() => {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    errors = [];
    jest.spyOn(Notification, 'error').mockImplementation(message => {
      errors.push(message);
      return '';
    });
    jest.spyOn(Notification, 'info').mockImplementation(() => '');
    commands = new CommandRegistry();
    current = null;
    created = [];
    opened = [];
    revealed = [];
    currentPath = undefined;
    selected = undefined;
    files = new Map([['system:skills/quantum-vqe.md', '# VQE']]);
    const contents = {
      get: (path: string) =>
        files.has(path)
          ? Promise.resolve({ content: files.get(path) })
          : Promise.reject(
              Object.assign(new Error('none'), { response: { status: 404 } })
            ),
      save: (path: string, { content }: { content?: unknown }) => {
        files.set(path, content);
        return Promise.resolve({});
      }
    };
    const app = {
      commands,
      shell: {
        activateById: () => undefined,
        currentWidget: {},
        currentChanged: new Signal<object, void>({})
      },
      serviceManager: {
        kernelspecs: {
          ready: Promise.resolve(),
          specs: { default: 'python3', kernelspecs: { 'python-llmos': {} } }
        }
      }
    };
    const documents = {
      services: { contents },
      contextForWidget: () => (currentPath ? { path: currentPath } : undefined),
      openOrReveal: (path: string) => {
        opened.push({ path });
        return {
          context: { ready: Promise.resolve() },
          revealed: Promise.resolve(),
          content: {
            editor: {
              setCursorPosition: ({ line }: { line: number }) =>
                Object.assign(opened.at(-1) ?? {}, { line }),
              revealPosition: () => undefined,
              focus: () => undefined
            }
          }
        };
      }
    };
    commands.addCommand('notebook:create-new', {
      execute: args => {
        created.push(args);
        current = panelOf('new');
        return current;
      }
    });
    addSkillCommands({
      app: app as unknown as JupyterFrontEnd,
      library: libraryOf(contextOf('python-coding'), HAMILTONIAN, VQE, {
        ...{ ...HAMILTONIAN, skill: { ...HAMILTONIAN.skill, id: 'my-own' } },
        volume: 'user'
      }).library,
      documents: documents as unknown as IDocumentManager,
      notebooks: {
        get currentWidget() {
          return current;
        },
        find: (test: (panel: Panel | null) => boolean) =>
          [current].find(panel => panel && test(panel))
      } as unknown as INotebookTracker,
      panel: {
        model: { reveal: (id: string) => revealed.push(id) },
        focusSearch: () => Promise.resolve()
      } as unknown as SkillPanel,
      trans: nullTranslator.load('llmos'),
      selectedFile: () => selected,
      folder: () => 'work'
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('describe their arguments, so that others can call them', async () => {
    const ids = commands.listCommands().filter(id => id.startsWith('llmos:'));
    expect(ids).toHaveLength(9);
    for (const id of ids) {
      expect(id).toMatch(/^llmos:[a-z]+(-[a-z]+)+$/);
      const { args } = await commands.describedBy(id);
      expect(args).toMatchObject({ type: 'object' });
      expect(commands.caption(id)).not.toBe('');
    }
    const { args } = await commands.describedBy(CommandIDs.insertSkill);
    expect(Object.keys((args?.properties ?? {}) as object)).toEqual([
      ...['id', 'inputs', 'notebook', 'index', 'cellId', 'isNew']
    ]);
  });

  it('insert into the current notebook and run nothing', async () => {
    current = panelOf('a');
    await commands.execute(CommandIDs.insertSkill, {
      id: 'quantum-hamiltonian',
      inputs: { distance: 1.1 }
    });
    expect(created).toEqual([]);
    expect(sourcesOf(current)).toEqual([
      'from llmos import skill',
      'hamiltonian = await skill("quantum-hamiltonian")(distance=1.1)'
    ]);
    expect(current.content).toMatchObject({ activeCellIndex: 1, mode: 'command' });
    expect(current.content.activate).toHaveBeenCalled();
  });

  it('make a notebook with our kernel when none is open', async () => {
    await commands.execute(CommandIDs.insertSkill, { id: 'quantum-vqe' });
    expect(created).toEqual([{ cwd: 'work', kernelName: 'python-llmos' }]);
    expect(current && sourcesOf(current)[1]).toContain('skill("quantum-vqe")');
  });

  it('make a new notebook when asked to, though one is open', async () => {
    const open = panelOf('a');
    current = open;
    const args = { id: 'quantum-vqe', isNew: true };
    expect(commands.label(CommandIDs.insertSkill, args)).toBe('Notebook from a skill…');
    await commands.execute(CommandIDs.insertSkill, args);
    expect(created).toHaveLength(1);
    expect(sourcesOf(open)).toEqual([]);
  });

  it('insert at a place of a named notebook, or into one of its cells', async () => {
    current = panelOf('a');
    const { sharedModel } = current.model;
    sharedModel.insertCells(0, [
      { cell_type: 'code', source: 'from llmos import skill' },
      { cell_type: 'code', source: '/hamil' }
    ]);
    const [, slash] = sharedModel.cells;
    await commands.execute(CommandIDs.insertSkill, {
      id: 'quantum-hamiltonian',
      notebook: 'a.ipynb',
      cellId: slash?.id ?? ''
    });
    await commands.execute(CommandIDs.insertSkill, {
      id: 'quantum-vqe',
      notebook: 'a.ipynb',
      index: 2
    });
    expect(sourcesOf(current)).toEqual([
      'from llmos import skill',
      'hamiltonian = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian.hamiltonian)'
    ]);
    await commands.execute(CommandIDs.insertSkill, { id: 'quantum-vqe', cellId: 'x' });
    await commands.execute(CommandIDs.insertSkill, {
      id: 'quantum-vqe',
      notebook: 'b.ipynb'
    });
    expect(errors).toEqual([
      expect.stringContaining('The cell is no longer there'),
      expect.stringContaining('"b.ipynb" is not open')
    ]);
  });

  it('insert the skill of a selected file, and say why a file has none', async () => {
    current = panelOf('a');
    selected = 'notes.md';
    expect(commands.isVisible(CommandIDs.insertSkillFile)).toBe(false);
    selected = 'skills/mine.md';
    expect(commands.isVisible(CommandIDs.insertSkillFile)).toBe(true);
    await commands.execute(CommandIDs.insertSkillFile);
    expect(errors).toEqual([expect.stringContaining('is not in a volume')]);
    selected = 'system:skills/quantum-vqe.md';
    await commands.execute(CommandIDs.insertSkillFile);
    expect(sourcesOf(current)[1]).toContain('skill("quantum-vqe")');
  });

  it('start a workflow with the import and an empty cell', async () => {
    await commands.execute(CommandIDs.newWorkflow, { cwd: 'there' });
    expect(created).toEqual([{ cwd: 'there', kernelName: 'python-llmos' }]);
    expect(current && sourcesOf(current)).toEqual(['from llmos import skill', '']);
  });

  it('say what is wrong with an id, once', async () => {
    current = panelOf('a');
    await commands.execute(CommandIDs.insertSkill, { id: 'nothing' });
    await commands.execute(CommandIDs.insertSkill, { id: 'python-coding' });
    await commands.execute(CommandIDs.openSkill, {});
    expect(errors).toEqual([
      expect.stringContaining('There is no skill "nothing"'),
      expect.stringContaining('guides the assistant'),
      expect.stringContaining('There is no skill ""')
    ]);
    expect(sourcesOf(current)).toEqual(
      sourcesOf(current).filter(source => source === '')
    );
  });

  it('open a skill, and a problem at its line', async () => {
    await commands.execute(CommandIDs.openSkill, { id: 'quantum-vqe' });
    await commands.execute(CommandIDs.openProblem, {
      path: 'user:skills/bad.md',
      line: 7
    });
    expect(opened).toEqual([
      { path: 'system:skills/quantum-vqe.md', line: 0 },
      { path: 'user:skills/bad.md', line: 6 }
    ]);
  });

  it('copy a skill to the own volume once and open the copy', async () => {
    await commands.execute(CommandIDs.copySkill, { id: 'quantum-vqe' });
    expect(files.get('user:skills/quantum-vqe.md')).toBe('# VQE');
    expect(files.has('user:skills')).toBe(true);
    files.set('user:skills/quantum-vqe.md', 'edited');
    await commands.execute(CommandIDs.copySkill, { id: 'quantum-vqe' });
    expect(files.get('user:skills/quantum-vqe.md')).toBe('edited');
    expect(opened).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('offer no copy of a skill that is in the own volume', () => {
    const offered = (id: string): boolean =>
      commands.isEnabled(CommandIDs.copySkill, { id });
    expect(['quantum-vqe', 'my-own', 'python-coding'].map(offered)).toEqual([
      ...[true, false, true]
    ]);
  });

  it('offer a copy only for a file of the system library', async () => {
    currentPath = 'notes.md';
    expect(commands.isEnabled(CommandIDs.copyToVolume)).toBe(false);
    currentPath = 'system:skills/quantum-vqe.md';
    expect(commands.isEnabled(CommandIDs.copyToVolume)).toBe(true);
    await commands.execute(CommandIDs.copyToVolume);
    expect(files.get('user:skills/quantum-vqe.md')).toBe('# VQE');
  });

  it('open the library, at a card when one is named', async () => {
    await commands.execute(CommandIDs.openLibrary);
    await commands.execute(CommandIDs.openLibrary, { id: 'quantum-vqe' });
    expect(revealed).toEqual(['quantum-vqe']);
  });
});
