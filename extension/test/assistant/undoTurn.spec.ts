import '../browser';

import type { ISharedCodeCell } from '@jupyter/ydoc';
import type { NotebookModel } from '@jupyterlab/notebook';
import type { ModelEvent } from '@llmos-lab/skills';

import type { INotebookRun, INotebookRuns } from '../../src/graph/run/tokens';
import { insertCode } from '../../src/assistant/insertCode';
import type { AssistantModel } from '../../src/assistant/panel/model';
import type {
  ITakeBackQuestion,
  TakeBackAnswer
} from '../../src/assistant/panel/takeBack';
import {
  assistantOver,
  call,
  notebookOf,
  scripted,
  trackerOf,
  type Reply
} from './fixture';

const say = (text: string): readonly ModelEvent[] => [{ type: 'text', text }];
const edit = (cell: string, source: string): ModelEvent =>
  call('edit_cell', { cell, source });
const insert = (source: string): ModelEvent =>
  call('insert_cells', { cells: [{ type: 'code', source }] });

const CELL = { cell_type: 'code', source: 'z = 3' } as const;

const textOf = (model: NotebookModel): string =>
  JSON.stringify(model.sharedModel.toJSON());

/** The assistant over a notebook of two cells; what the person was asked, and says. */
function make(replies: readonly Reply[], answers: readonly TakeBackAnswer[] = []) {
  const asked: ITakeBackQuestion[] = [];
  const book = notebookOf('a.ipynb', 'x = 1', 'y = 2');
  const { provider, requests } = scripted(...replies);
  const run = {
    states: new Map([['c0', { status: 'stale' }]]),
    plan: () => Promise.resolve({ cells: new Map([['c0', { action: 'run' }]]) }),
    // The person types in the other cell while the first one runs.
    run: () => {
      const [first, second] = book.model.sharedModel.cells;
      const shown = { output_type: 'stream', name: 'stdout', text: 'ran' } as const;
      (first as ISharedCodeCell | undefined)?.setOutputs([shown]);
      second?.setSource('typed meanwhile');
      return Promise.resolve();
    },
    stop: () => undefined
  } as unknown as INotebookRun;
  const runs = { of: () => run } as unknown as INotebookRuns;
  const model = assistantOver(trackerOf(book.panel).tracker, provider, {
    ...{ runs },
    filesBeside: () =>
      Promise.resolve(
        new Map([['seen.csv', { bytes: asked.length, at: `${clock++}` }]])
      ),
    confirm: question => {
      asked.push(question);
      return Promise.resolve(answers[asked.length - 1] ?? 'cancel');
    }
  });
  let clock = 0;
  const type = (at: number, source: string): void =>
    book.model.sharedModel.cells[at]?.setSource(source);
  return { ...book, asked, book: book.model, assistant: model, requests, type };
}

/** The last answer, or one before it. */
const answer = (model: AssistantModel, back = 0) =>
  model.messages.filter(({ role }) => role === 'assistant').at(-1 - back);
const undo = (model: AssistantModel, back = 0): Promise<void> =>
  model.undo(answer(model, back)?.id ?? '');

describe('Undo turn', () => {
  it('is byte for byte where nobody else edited, cells and outputs', async () => {
    const { assistant, book, asked } = make([
      [edit('c0', 'x = 9'), insert('z = 3')],
      say('Done.')
    ]);
    const before = textOf(book);
    await assistant.ask('Change it');
    expect(answer(assistant)?.artifacts).toHaveLength(2);
    await undo(assistant);
    expect(textOf(book)).toBe(before);
    expect(asked).toEqual([]);
    expect(assistant.canUndo(answer(assistant)?.id ?? '')).toBe(false);
    expect(answer(assistant)).toMatchObject({ isUndone: true, artifacts: [] });
  });

  it('keeps what the person typed before, while and after the turn went on', async () => {
    const made = make([
      () => {
        made.type(1, 'mine, early');
        return Promise.resolve([edit('c0', 'x = 9')]);
      },
      () => {
        made.book.sharedModel.addCell({ cell_type: 'code', source: 'mine, new' });
        return Promise.resolve(say('Done.'));
      }
    ]);
    const { assistant, asked, sources, type } = made;
    await assistant.ask('Change it');
    // What the person wrote is no work of the assistant.
    expect(answer(assistant)?.artifacts).toMatchObject([{ cell: 'c0' }]);
    type(1, 'mine, late');
    await undo(assistant);
    expect(sources()).toEqual(['x = 1', 'mine, late', 'mine, new']);
    expect(asked).toEqual([]);
  });

  it('takes the outputs of a run back and keeps what was typed while it went on', async () => {
    const { assistant, asked, book, sources } = make([
      [edit('c0', 'print()'), call('run', { choice: 'all' })]
    ]);
    const ran = assistant.ask('Run it');
    const card = await new Promise<NonNullable<AssistantModel['approval']>>(resolve => {
      const look = (): void => {
        if (assistant.approval) {
          assistant.changed.disconnect(look);
          resolve(assistant.approval);
        }
      };
      assistant.changed.connect(look);
    });
    card.answer('once');
    await ran;
    expect(textOf(book)).toContain('ran');
    expect(answer(assistant)?.artifacts).toMatchObject([
      { cell: 'c0' },
      { name: 'seen.csv' }
    ]);
    await undo(assistant);
    expect(sources()).toEqual(['x = 1', 'typed meanwhile']);
    expect(textOf(book)).not.toContain('ran');
    expect(asked).toEqual([]);
  });

  it('asks with what would be lost, and does nothing without the word', async () => {
    const { assistant, asked, sources, type } = make(
      [[edit('c0', 'x = 9')]],
      ['cancel', 'take-back']
    );
    await assistant.ask('Change it');
    type(0, 'x = 9 * 2');
    type(1, 'mine');
    await undo(assistant);
    expect(asked).toEqual([
      {
        lost: [{ id: 'c0', written: 'x = 9', now: 'x = 9 * 2' }],
        ...{ questions: 0, later: 0, stays: 0, takes: 1, isAgain: false }
      }
    ]);
    expect(sources()).toEqual(['x = 9 * 2', 'mine']);
    await undo(assistant);
    expect(sources()).toEqual(['x = 1', 'mine']);
  });

  it('is not there for a turn that changed nothing, whatever the person typed', async () => {
    const made = make([
      () => {
        made.type(0, 'mine');
        return Promise.resolve(say('Nothing to do.'));
      }
    ]);
    await made.assistant.ask('Look');
    expect(made.assistant.canUndo(answer(made.assistant)?.id ?? '')).toBe(false);
    expect(answer(made.assistant)?.artifacts).toEqual([]);
  });

  it('of an earlier turn leaves a later one to undo, which brings nothing back', async () => {
    const { assistant, asked, book, sources } = make([
      [edit('c0', 'first')],
      [],
      [edit('c1', 'second')],
      []
    ]);
    const before = textOf(book);
    await assistant.ask('One');
    await assistant.ask('Two');
    await undo(assistant, 1);
    expect(sources()).toEqual(['x = 1', 'second']);
    await undo(assistant);
    expect(textOf(book)).toBe(before);
    expect(asked).toEqual([]);
  });

  it('takes a later turn that goes on with the same cells back too, once allowed', async () => {
    const { assistant, asked, book } = make(
      [[edit('c0', 'first')], [], [edit('c0', 'second'), insert('z')], []],
      ['take-back']
    );
    const before = textOf(book);
    await assistant.ask('One');
    await assistant.ask('Two');
    await undo(assistant, 1);
    expect(asked).toMatchObject([{ lost: [], later: 1 }]);
    expect(textOf(book)).toBe(before);
    expect(assistant.canUndo(answer(assistant)?.id ?? '')).toBe(false);
    expect(answer(assistant)?.isUndone).toBe(true);
  });
});

describe('Retry, and a question that is edited', () => {
  it('take the changes of the old answers back first', async () => {
    const replies = [
      ...[[edit('c0', 'first')], say('One.'), [insert('second')], say('Two.')],
      ...[[edit('c0', 'again')], say('Three.')]
    ];
    const { assistant, asked, sources, type, requests } = make(replies, ['take-back']);
    await assistant.ask('One');
    await assistant.ask('Two');
    type(1, 'mine');
    await assistant.resend(assistant.messages[0]?.id ?? '', 'Other');
    expect(sources()).toEqual(['again', 'mine']);
    expect(asked).toMatchObject([{ questions: 1, takes: 2, lost: [] }]);
    const told = JSON.stringify(requests.at(-2)?.messages);
    expect(told).toContain('x = 1');
    expect(told).not.toContain('first');
    await undo(assistant);
    expect(sources()).toEqual(['x = 1', 'mine']);
  });

  it('ask where later questions go, which stay without the word', async () => {
    const { assistant, asked, sources } = make(
      [say('One.'), [insert('second')], say('Two.'), say('Three.'), say('Four.')],
      ['cancel', 'keep']
    );
    for (const question of ['One', 'Two', 'Three']) {
      await assistant.ask(question);
    }
    const { messages } = assistant;
    await assistant.retry(answer(assistant, 2)?.id ?? '');
    expect(assistant.messages).toEqual(messages);
    expect(sources()).toEqual(['x = 1', 'y = 2', 'second']);
    await assistant.retry(answer(assistant, 2)?.id ?? '');
    expect(assistant.messages.map(({ content }) => content)).toEqual(['One', 'Four.']);
    expect(sources()).toEqual(['x = 1', 'y = 2', 'second']);
    // Nothing comes after it any more.
    await assistant.retry(answer(assistant)?.id ?? '');
    expect(asked).toMatchObject([
      { questions: 2, takes: 1, isAgain: true },
      { questions: 2, takes: 1 }
    ]);
  });

  it('ask where an edit would be lost, and keep everything on the word', async () => {
    const { assistant, asked, sources, type } = make(
      [[edit('c0', 'first')], say('One.'), say('Two.')],
      ['cancel', 'keep']
    );
    await assistant.ask('One');
    type(0, 'first, mine');
    const { id = '' } = answer(assistant) ?? {};
    await assistant.retry(id);
    expect(assistant.messages).toHaveLength(2);
    expect(answer(assistant)?.content).toBe('One.');
    await assistant.retry(id);
    expect(answer(assistant)?.content).toBe('Two.');
    expect(sources()).toEqual(['first, mine', 'y = 2']);
    expect(asked).toMatchObject([{ isAgain: true, takes: 1 }, { lost: [{}] }]);
  });

  it('say so where the changes can no longer be taken back', async () => {
    const { assistant } = make([[edit('c0', 'first')], say('One.')]);
    await assistant.ask('One');
    // As after a reload: another assistant, with the conversation that was kept.
    const { messages } = assistant;
    const later = make([say('Two.')], ['keep']);
    jest.spyOn(later.assistant, 'messages', 'get').mockReturnValue(messages);
    await later.assistant.retry(answer(assistant)?.id ?? '');
    expect(later.asked).toMatchObject([{ stays: 1, takes: 0, isAgain: true }]);
    expect(later.requests).toHaveLength(1);
  });

  it('tell the model what was taken back', async () => {
    const { assistant, requests } = make([[edit('c0', 'first')], say('One.'), []]);
    await assistant.ask('One');
    await undo(assistant);
    await assistant.ask('And now?');
    expect(JSON.stringify(requests.at(-1)?.messages)).toContain(
      'One.\\n\\n(The person took the changes of this answer back.)'
    );
  });
});

describe('what an answer offers', () => {
  it('is told and undone like a turn once it is inserted, and inserted again', async () => {
    const { assistant, book, panel, sources } = make([say('Insert this.')]);
    await assistant.ask('How?');
    const before = textOf(book);
    const id = answer(assistant)?.id ?? '';
    const offer = { id, panel, insert: () => book.sharedModel.addCell(CELL) };
    assistant.insertOffer(offer);
    expect(sources()).toEqual(['x = 1', 'y = 2', 'z = 3']);
    expect(answer(assistant)?.artifacts).toMatchObject([
      { name: 'cell-3', type: 'code' }
    ]);
    await undo(assistant);
    expect(textOf(book)).toBe(before);
    expect(answer(assistant)).toMatchObject({ isUndone: true, artifacts: [] });
    assistant.insertOffer(offer);
    expect(answer(assistant)?.isUndone).toBeUndefined();
    expect(assistant.canUndo(id)).toBe(true);
  });

  it('is taken back with the import that its code brought along, run or not', async () => {
    const { assistant, asked, book, panel, sources } = make([say('Run this.')]);
    await assistant.ask('How?');
    const before = textOf(book);
    const id = answer(assistant)?.id ?? '';
    const call = 'await skill("quantum-vqe")()';
    Object.assign(panel.content, {
      ...{ activeCellIndex: 0, widgets: [], viewportNode: document.body }
    });
    assistant.insertOffer({ id, panel, insert: () => insertCode(panel, call) });
    expect(sources()).toEqual(['from llmos import skill', 'x = 1', call, 'y = 2']);
    expect(panel.content.activeCellIndex).toBe(2);
    const inserted = book.sharedModel.cells[2] as ISharedCodeCell;
    inserted.setOutputs([{ output_type: 'stream', name: 'stdout', text: 'ran' }]);
    await undo(assistant);
    expect(textOf(book)).toBe(before);
    expect(asked).toEqual([]);
  });

  it('is not told as inserted where it does not fit', async () => {
    const { assistant, panel } = make([say('Insert this.')]);
    await assistant.ask('How?');
    const id = answer(assistant)?.id ?? '';
    const insert = (): never => {
      throw new Error('It does not fit.');
    };
    expect(() => assistant.insertOffer({ id, panel, insert })).toThrow('not fit');
    expect(assistant.canUndo(id)).toBe(false);
    expect(answer(assistant)?.artifacts).toEqual([]);
  });
});
