import '../browser';

import type { ISharedCodeCell } from '@jupyter/ydoc';
import { Notification } from '@jupyterlab/apputils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { nullTranslator } from '@jupyterlab/translation';

import { applyFix } from '../../src/assistant/applyFix';
import { ToolExecutor } from '../../src/assistant/tools/executor';
import type { IOpenApproval } from '../../src/assistant/panel/approvals';
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
  const { tracker, front } = trackerOf(book.panel);
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
  const apply = (): Promise<void> =>
    applyFix({ model, library, runs: null, trans }, { id, cell: 'c1' });
  /** The question to the person, once it is open. */
  const asked = async (): Promise<IOpenApproval> => {
    const found = model.approval;
    if (found) {
      return found;
    }
    await new Promise<void>(resolve => {
      model.changed.connect(() => model.approval && resolve());
    });
    return asked();
  };
  return { ...book, answer, apply, asked, assistant: model, front, id, told };
}

describe('Apply the fix', () => {
  it('shows the change first, makes it once allowed, and is undone like a turn', async () => {
    const { answer, apply, asked, assistant, id, model, sources, told } = await make();
    expect(answer()).toMatchObject({ fix: 'c1', artifacts: [] });
    const before = JSON.stringify(model.sharedModel.toJSON());
    const applied = apply();
    const approval = await asked();
    expect(sources()[1]).toBe(CALL);
    expect(approval).toMatchObject({
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
    approval.answer('once');
    await applied;
    expect(sources()[1]).toBe(MENDED);
    expect(answer()?.artifacts).toMatchObject([{ cell: 'c1' }]);
    await assistant.undo(id);
    expect(JSON.stringify(model.sharedModel.toJSON())).toBe(before);
    expect(answer()).toMatchObject({ isUndone: true, fix: 'c1', artifacts: [] });
    expect(told).toEqual([]);
  });

  it('changes nothing where the person does not want it', async () => {
    const { answer, apply, asked, assistant, id, sources, told } = await make();
    const applied = apply();
    (await asked()).answer('never');
    await applied;
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
    const { apply, asked, assistant, sources, told } = await make();
    const applied = apply();
    await asked();
    const { signal } = new AbortController();
    const turn = assistant.approve({ tool: 'run', changes: [], text: '' }, signal);
    await applied;
    expect(sources()[1]).toBe(CALL);
    expect(told).toEqual([expect.stringMatching(/^info: .*put aside/)]);
    (await asked()).answer('once');
    expect(await turn).toBe('once');
  });

  it('waits for the question that is open', async () => {
    const { apply, asked, sources, told } = await make();
    const applied = apply();
    const approval = await asked();
    await apply();
    expect(told).toEqual([expect.stringMatching(/^info: .*first/)]);
    expect(await asked()).toBe(approval);
    approval.answer('once');
    await applied;
    expect(sources()[1]).toBe(MENDED);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof make>>) => unknown]>([
    ['another notebook', ({ front }) => front(notebookOf('b.ipynb', '1').panel)],
    ['a new conversation', ({ assistant }) => assistant.begin()],
    ['another conversation', ({ assistant }) => assistant.open('other')],
    ['none any more', ({ assistant }) => assistant.remove()],
    [
      'another question',
      ({ assistant, answer }) => assistant.retry(answer()?.id ?? '')
    ],
    ['what was stopped', ({ assistant }) => assistant.stop()],
    ['no panel', ({ assistant }) => assistant.dispose()]
  ])(
    'asks no longer where there is %s in place of its answer',
    async (_what, happen) => {
      const made = await make();
      const applied = made.apply();
      const approval = await made.asked();
      void happen(made);
      await applied;
      expect(made.assistant.approval).toBeNull();
      approval.answer('once');
      expect(made.sources()[1]).toBe(CALL);
      expect(made.told).toEqual([expect.stringMatching(/^info: .*put aside/)]);
    }
  );

  it('says that the notebook changed while the person decided, or takes no change', async () => {
    const { apply, asked, model, sources, told } = await make();
    const applied = apply();
    const approval = await asked();
    model.sharedModel.cells[0]?.setSource('from llmos import skill  # mine');
    approval.answer('once');
    await applied;
    expect(sources()[1]).toBe(CALL);
    model.readOnly = true;
    await apply();
    expect(told).toEqual([
      expect.stringMatching(/^info: .*changed while you decided/),
      expect.stringMatching(/^warning: .*read-only/)
    ]);
  });
});
