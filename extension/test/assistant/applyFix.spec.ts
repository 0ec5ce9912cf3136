import '../browser';

import type { ISharedCodeCell } from '@jupyter/ydoc';
import { Notification } from '@jupyterlab/apputils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';

import { applyFix } from '../../src/assistant/applyFix';
import { ToolExecutor } from '../../src/assistant/tools/executor';
import type { ApprovalAnswer } from '../../src/assistant/tools/toolContext';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';
import { assistantOver, notebookOf, trackerOf } from './fixture';

const trans = nullTranslator.load('llmos');
const CALL = 'v = await skill("quantum-vqee")()';
const MENDED = 'v = await skill("quantum-vqe")()';

/** The assistant without a model over a cell that failed; `asks`: before it changes cells. */
async function make(asks = true) {
  const book = notebookOf('a.ipynb', 'from llmos import skill', CALL);
  (book.model.sharedModel.cells[1] as ISharedCodeCell).setOutputs([
    {
      ...{ output_type: 'error', ename: 'SkillNotFoundError', traceback: [] },
      evalue:
        'There is no skill "quantum-vqee". Did you mean "quantum-vqe"? Looked in: a.'
    }
  ]);
  book.select('c1');
  const { tracker } = trackerOf(book.panel);
  const { library } = libraryOf(HAMILTONIAN, VQE);
  const model = assistantOver(tracker, null);
  model.executor = new ToolExecutor({
    ...{ app: {} as JupyterFrontEnd, library, graphs: null, runs: null },
    notebook: () => tracker.currentWidget,
    session: () => model.session,
    appliesChanges: () => !asks,
    approve: model.approve
  });
  const told: string[] = [];
  for (const kind of ['warning', 'error', 'info'] as const) {
    jest
      .spyOn(Notification, kind)
      .mockImplementation((...[text]: readonly unknown[]) => {
        told.push(`${kind}: ${String(text)}`);
        return '';
      });
  }
  await model.ask('What does the error of this cell mean? Fix it.');
  const answer = () => model.messages.at(-1);
  const id = answer()?.id ?? '';
  const apply = async (word?: ApprovalAnswer): Promise<void> => {
    const done = applyFix({ model, library, runs: null, trans }, { id, cell: 'c1' });
    if (word) {
      model.approval?.answer(word);
    }
    await done;
  };
  return { ...book, answer, apply, assistant: model, id, told };
}

describe('Apply the fix', () => {
  it('shows the change first, makes it once allowed, and is undone like a turn', async () => {
    const { answer, apply, assistant, id, model, sources, told } = await make();
    expect(answer()).toMatchObject({ fix: 'c1', artifacts: [] });
    const before = JSON.stringify(model.sharedModel.toJSON());
    const applied = apply();
    expect(sources()[1]).toBe(CALL);
    expect(assistant.approval).toMatchObject({
      tool: 'edit_cell',
      changes: [
        {
          ...{ id: 'c1', kind: 'changed' },
          lines: [
            { kind: 'removed', text: CALL },
            { kind: 'added', text: MENDED }
          ]
        }
      ]
    });
    assistant.approval?.answer('once');
    await applied;
    expect(sources()[1]).toBe(MENDED);
    expect(answer()?.artifacts).toMatchObject([{ cell: 'c1' }]);
    await assistant.undo(id);
    expect(JSON.stringify(model.sharedModel.toJSON())).toBe(before);
    expect(answer()).toMatchObject({ isUndone: true, fix: 'c1', artifacts: [] });
    expect(told).toEqual([]);
  });

  it('changes nothing where the person does not want it', async () => {
    const { answer, apply, assistant, id, sources, told } = await make();
    await apply('never');
    // Not asked again in this session.
    await apply();
    expect(sources()[1]).toBe(CALL);
    expect(answer()?.artifacts).toEqual([]);
    expect(assistant.canUndo(id)).toBe(false);
    expect(told).toEqual(
      Array(2).fill(expect.stringMatching(/^info: .*stays as it is/))
    );
  });

  it('asks nobody where changes are applied at once', async () => {
    const { apply, sources } = await make(false);
    await apply();
    expect(sources()[1]).toBe(MENDED);
  });

  it('mends the cell as it is now, or says that it has changed', async () => {
    const { apply, model, sources, told } = await make(false);
    const cell = model.sharedModel.cells[1];
    cell?.setSource(`# mine\n${CALL}`);
    await apply();
    expect(sources()[1]).toBe(`# mine\n${MENDED}`);
    cell?.setSource('v = 1');
    await apply();
    expect(sources()[1]).toBe('v = 1');
    expect(told).toEqual([expect.stringMatching(/^warning: The cell has changed/)]);
  });

  it('gives way to what a turn asks', async () => {
    const { apply, assistant, sources } = await make();
    const applied = apply();
    const { signal } = new AbortController();
    const asked = assistant.approve({ tool: 'run', changes: [], text: '' }, signal);
    await applied;
    expect(sources()[1]).toBe(CALL);
    assistant.approval?.answer('once');
    expect(await asked).toBe('once');
  });
});
