import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { NotebookModel, type NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from '@llmos-lab/kernel';

import { ToolExecutor } from '../../src/assistant/tools/executor';
import type { ApprovalAnswer, IApproval } from '../../src/assistant/tools/toolContext';
import { entryOf, libraryOf, HAMILTONIAN, VQE } from '../skills/fixtures';

const { signal } = new AbortController();

/** A notebook with one cell. */
function notebook(path: string, source: string) {
  const model = new NotebookModel();
  model.sharedModel.insertCell(0, { cell_type: 'code', source });
  const panel = {
    ...{ model, isDisposed: false, content: { activeCell: null } },
    context: { path, contentsModel: { writable: true } }
  } as unknown as NotebookPanel;
  return { model, panel };
}

function skillText(id: string): string {
  return `---\nskill_id: ${id}\nname: New\ndescription: Does it.\ntype: context\n---\n\nHow.\n`;
}

/** Contents that take files; nothing is there before. */
function contentsOf(written: string[]): Contents.IManager {
  return {
    get: () => Promise.reject(Object.assign(new Error('gone'), { response: GONE })),
    save: (path: string, { type }: { type: string }) => {
      if (type === 'file') {
        written.push(path);
      }
      return Promise.resolve({});
    }
  } as unknown as Contents.IManager;
}

const GONE = { status: 404 };

function make(
  answer: ApprovalAnswer | (() => ApprovalAnswer) = 'once',
  more: readonly ISkillEntry[] = []
) {
  const written: string[] = [];
  const app = { serviceManager: { contents: contentsOf(written) } };
  const { model, panel } = notebook('a.ipynb', 'x = 1');
  const [cell] = model.sharedModel.cells;
  const { library } = libraryOf(HAMILTONIAN, VQE, ...more);
  const asked: IApproval[] = [];
  const state = { applies: false, session: 'user:s-1' };
  const executor = new ToolExecutor({
    ...{ app: app as unknown as JupyterFrontEnd, graphs: null, runs: null },
    library,
    notebook: () => panel,
    session: () => state.session,
    appliesChanges: () => state.applies,
    approve: approval => {
      asked.push(approval);
      return Promise.resolve(typeof answer === 'function' ? answer() : answer);
    }
  });
  const call = (tool: string, input: object, asked?: NotebookPanel) =>
    executor.execute({ id: '1', tool, input: input as never }, signal, asked);
  const sources = (): string[] => model.sharedModel.cells.map(each => each.getSource());
  return { asked, call, cell: cell?.getId() ?? '', model, sources, state, written };
}

describe('the tools at work', () => {
  it('read without asking, fenced as data', async () => {
    const { asked, call, cell } = make();
    const { status, result } = await call('read_notebook', {});
    expect(status).toBe('done');
    expect(result).toContain(`[${cell}] code`);
    expect(result).toMatch(/^<data title="Notebook a.ipynb">[^]*<\/data>$/);
    expect((await call('read_skill', { skill: 'nope' })).status).toBe('failed');
    expect(asked).toEqual([]);
  });

  it('show a change before it is made, and make it once allowed', async () => {
    const { asked, call, cell, sources } = make();
    const edit = { cell, source: 'x = 2' };
    expect((await call('edit_cell', edit)).status).toBe('done');
    expect(sources()).toEqual(['x = 2']);
    expect(asked[0]?.changes[0]).toMatchObject({
      ...{ kind: 'changed' },
      lines: [
        { kind: 'removed', text: 'x = 1' },
        { kind: 'added', text: 'x = 2' }
      ]
    });
    await call('edit_cell', { cell, source: 'x = 3' });
    expect(asked).toHaveLength(2);
  });

  it('change nothing when refused, and are not asked again after "never"', async () => {
    const { asked, call, cell, sources } = make('never');
    const edit = { cell, source: 'x = 2' };
    expect((await call('edit_cell', edit)).status).toBe('refused');
    expect((await call('edit_cell', edit)).status).toBe('refused');
    expect(asked).toHaveLength(1);
    expect(sources()).toEqual(['x = 1']);
  });

  it('ask once for a session, which still holds after another one', async () => {
    const { asked, call, cell, state } = make('session');
    const edit = (source: string) => call('edit_cell', { cell, source });
    await edit('x = 2');
    await edit('x = 3');
    expect(asked).toHaveLength(1);
    state.session = 'user:s-2';
    await edit('x = 4');
    expect(asked).toHaveLength(2);
    state.session = 'user:s-1';
    expect((await edit('x = 5')).status).toBe('done');
    expect(asked).toHaveLength(2);
  });

  it('keep the answer for the session that was asked about', async () => {
    const { asked, call, cell, state } = make(() => {
      state.session = 'user:s-2';
      return 'session';
    });
    await call('edit_cell', { cell, source: 'x = 2' });
    await call('edit_cell', { cell, source: 'x = 3' });
    expect(asked).toHaveLength(2);
  });

  it('apply changes at once by the setting', async () => {
    const { asked, call, cell, sources, state } = make();
    state.applies = true;
    await call('edit_cell', { cell, source: 'x = 2' });
    expect([asked.length, sources()]).toEqual([0, ['x = 2']]);
  });

  it('tell the model what is wrong instead of asking the person', async () => {
    const { asked, call } = make();
    const nodes = [{ id: 'a', skill: 'quantum-vqe' }];
    expect((await call('build_workflow', { nodes })).result).toContain('is missing');
    expect((await call('edit_cell', {})).result).toContain('"cell" is missing');
    expect((await call('read_key', {})).result).toContain('There is no tool');
    expect((await call('create_skill', { text: 'no front matter' })).status).toBe(
      'failed'
    );
    expect(asked).toEqual([]);
  });

  it('say which skill of which volume a new one would hide, each time', async () => {
    const { asked, call, written } = make('session');
    const create = (id: string) => call('create_skill', { text: skillText(id) });
    expect((await create('half')).status).toBe('done');
    expect((await create('third')).status).toBe('done');
    expect(asked.map(({ shadows }) => shadows)).toEqual([undefined]);
    expect((await create('quantum-vqe')).status).toBe('done');
    expect(asked).toHaveLength(2);
    expect(asked[1]).toMatchObject({
      ...{ tool: 'create_skill', text: skillText('quantum-vqe') },
      shadows: { id: 'quantum-vqe', volume: VQE.volume, name: VQE.skill.name }
    });
    expect(written).toEqual([
      'user:skills/half.md',
      'user:skills/third.md',
      'user:skills/quantum-vqe.md'
    ]);
  });

  it('write no second skill of an id into the person’s volume', async () => {
    const { asked, call, written } = make('once', [
      entryOf('mine', { volume: 'user' })
    ]);
    const { status } = await call('create_skill', { text: skillText('mine') });
    expect([status, asked, written]).toEqual(['failed', [], []]);
  });

  it('leave a notebook alone that changed while the person decided', async () => {
    const made = make(() => {
      made.model.sharedModel.cells[0]?.setSource('typed');
      return 'once';
    });
    const { status } = await made.call('edit_cell', {
      cell: made.cell,
      source: 'x = 2'
    });
    expect(status).toBe('failed');
    expect(made.sources()).toEqual(['typed']);
  });

  it('are those of the notebook that was asked about, whichever is in front', async () => {
    const { call, sources } = make();
    const other = notebook('b.ipynb', 'y = 1');
    const cell = other.model.sharedModel.cells[0]?.getId() ?? '';
    const { result } = await call('read_notebook', {}, other.panel);
    expect(result).toContain('y = 1');
    await call('edit_cell', { cell, source: 'y = 2' }, other.panel);
    expect(other.model.sharedModel.cells[0]?.getSource()).toBe('y = 2');
    expect(sources()).toEqual(['x = 1']);
    Object.assign(other.panel, { isDisposed: true });
    expect(await call('read_notebook', {}, other.panel)).toEqual({
      ...{ status: 'failed', result: 'The notebook was closed.' }
    });
  });
});
