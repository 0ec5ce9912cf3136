import { cellsOfSteps, takeBack } from '../../src/assistant/takeBack';

const cell = (id: string, source: string, outputs: readonly unknown[] = []) => ({
  ...{ id, cell_type: 'code', source, outputs, execution_count: null, metadata: {} }
});
const text = (words: string) => ({
  output_type: 'stream',
  name: 'stdout',
  text: words
});
const book = (...cells: readonly ReturnType<typeof cell>[]) => ({
  ...{ cells, metadata: { lang: 'python' }, nbformat: 4 }
});

const BEFORE = book(cell('a', 'x = 1', [text('one')]), cell('b', 'y = 2'));
const AFTER = book(
  cell('a', 'x = 9', [text('one')]),
  cell('n', 'new'),
  cell('b', 'y = 2')
);
const EDIT = { before: BEFORE, after: AFTER };

describe('taking back what a turn did', () => {
  it('gives what was before, byte for byte, where nobody else did anything', () => {
    const ran = {
      before: AFTER,
      after: book(
        cell('a', 'x = 9', [text('nine')]),
        cell('n', 'new', [text('made')]),
        cell('b', 'y = 2')
      )
    };
    const { notebook, lost } = takeBack(ran.after, [EDIT, ran]);
    expect(JSON.stringify(notebook)).toBe(JSON.stringify(BEFORE));
    expect(lost).toEqual([]);
  });

  it('keeps cells, texts and outputs of others, in the order that they gave', () => {
    const now = book(
      cell('mine', 'm = 0'),
      cell('b', 'y = 3', [text('three')]),
      cell('a', 'x = 9', [text('nine')]),
      cell('n', 'new'),
      cell('too', 't = 1')
    );
    const { notebook, lost } = takeBack(now, [EDIT]);
    expect(notebook).toEqual(
      book(
        cell('mine', 'm = 0'),
        cell('b', 'y = 3', [text('three')]),
        // What was shown of the text that goes goes too.
        cell('a', 'x = 1', [text('one')]),
        cell('too', 't = 1')
      )
    );
    expect(lost).toEqual([]);
  });

  it('tells texts that were typed on top of its own, and only those', () => {
    const now = book(
      cell('a', 'x = 9 + 1'),
      cell('n', 'new, and more'),
      cell('b', 'y = 7')
    );
    const again = {
      before: AFTER,
      after: book(cell('a', 'x = 9'), cell('n', 'newer'), cell('b', 'y = 2'))
    };
    const { notebook, lost } = takeBack(now, [EDIT, again]);
    expect(lost).toEqual([
      { id: 'n', written: 'newer', now: 'new, and more' },
      { id: 'a', written: 'x = 9', now: 'x = 9 + 1' }
    ]);
    expect(notebook.cells.map(({ source }) => source)).toEqual(['x = 1', 'y = 7']);
  });

  it('leaves what was put back by hand, or deleted', () => {
    const now = book(cell('a', 'x = 1', [text('one')]));
    expect(takeBack(now, [EDIT])).toEqual({ notebook: now, lost: [] });
  });

  it('takes outputs of a run back unless somebody ran the cell again', () => {
    const ran = {
      before: BEFORE,
      after: book(cell('a', 'x = 1', [text('two')]), cell('b', 'y = 2', [text('b')]))
    };
    const now = book(
      cell('a', 'x = 1', [text('three')]),
      cell('b', 'y = 2 + 0', [text('b')])
    );
    expect(takeBack(now, [ran])).toEqual({
      notebook: book(cell('a', 'x = 1', [text('three')]), cell('b', 'y = 2 + 0')),
      lost: []
    });
  });

  it('puts cells back that a step removed or moved', () => {
    const before = book(cell('a', '1'), cell('b', '2'), cell('c', '3'));
    const after = book(cell('c', '3'), cell('a', '1'));
    const now = book(cell('c', '3'), cell('mine', '4'), cell('a', '1'));
    const { notebook } = takeBack(now, [{ before, after }]);
    expect(notebook.cells.map(({ id }) => id)).toEqual(['a', 'b', 'mine', 'c']);
  });

  it('knows which cells steps are about', () => {
    expect([...cellsOfSteps([EDIT])].sort()).toEqual(['a', 'n']);
  });
});
