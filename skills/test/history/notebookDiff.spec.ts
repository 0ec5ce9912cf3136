import fc from 'fast-check';
import { diffNotebooks } from '../../src/history/notebookDiff';

interface ICell {
  readonly id?: string;
  readonly source: string;
  readonly outputs?: readonly unknown[];
  readonly type?: string;
}

const notebook = (...cells: readonly ICell[]): unknown => ({
  cells: cells.map(({ id, source, outputs = [], type = 'code' }) => ({
    cell_type: type,
    source,
    outputs,
    metadata: {},
    ...(id === undefined ? {} : { id })
  })),
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5
});
const a = { id: 'a', source: 'x = 1' };
const b = { id: 'b', source: 'y = x + 1\nprint(y)' };
const c = { id: 'c', source: 'z = 3' };

const shape = (before: unknown, after: unknown) =>
  diffNotebooks(before, after)?.cells.map(
    ({ kind, isMoved, before: old, after: now }) =>
      `${kind}${isMoved ? ' moved' : ''} ${(now ?? old)?.source.split('\n')[0]}`
  );

describe('diffNotebooks', () => {
  it('tells added, removed and changed cells', () => {
    expect(
      shape(
        notebook(a, b, c),
        notebook(a, { ...b, source: 'y = 5' }, { id: 'd', source: 'w = 4' })
      )
    ).toEqual(['same x = 1', 'changed y = 5', 'removed z = 3', 'added w = 4']);
  });

  it('tells a moved cell from those that it passed', () => {
    expect(shape(notebook(a, b, c), notebook(c, a, b))).toEqual([
      'same moved z = 3',
      'same x = 1',
      'same y = x + 1'
    ]);
  });

  it('pairs cells without ids by their source, then by likeness', () => {
    const plain = ({ source }: ICell): ICell => ({ source });
    expect(
      shape(
        notebook(plain(a), plain(b), plain(c)),
        notebook(plain(a), { source: 'y = x + 2\nprint(y)' }, plain(c))
      )
    ).toEqual(['same x = 1', 'changed y = x + 2', 'same z = 3']);
  });

  it('names the arguments of a skill call that differ', () => {
    const call = (text: string): ICell => ({
      id: 'v',
      source: `vqe = await skill("quantum-vqe")(${text})`
    });
    const diff = diffNotebooks(
      notebook(call('iterations=100, hamiltonian=h')),
      notebook(call('iterations=200, seed=1, hamiltonian=h'))
    );
    expect(diff?.cells[0]?.parameters).toEqual([
      { skill: 'quantum-vqe', input: 'iterations', from: '100', to: '200' },
      { skill: 'quantum-vqe', input: 'seed', from: null, to: '1' }
    ]);
  });

  it('tells that outputs differ, without calling the cell changed', () => {
    const [cell] =
      diffNotebooks(
        notebook(a),
        notebook({ ...a, outputs: [{ output_type: 'stream', text: '1' }] })
      )?.cells ?? [];
    expect(cell).toMatchObject({ kind: 'same', hasOtherOutputs: true });
  });

  it('takes an absent version, and refuses what is no notebook', () => {
    expect(diffNotebooks(null, notebook(a))?.counts).toMatchObject({ added: 1 });
    expect(diffNotebooks({}, notebook(a))).toBeNull();
  });

  it('shows each cell of both versions exactly once, in the order of the newer', () => {
    const cell = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', undefined),
      source: fc.constantFrom('x = 1', 'y = 2', 'z = 3\nprint(z)', '')
    });
    const cells = fc.uniqueArray(cell, {
      selector: item => item.id ?? {},
      maxLength: 7
    });
    fc.assert(
      fc.property(cells, cells, (before, after) => {
        const diff = diffNotebooks(notebook(...before), notebook(...after));
        const rows = diff?.cells ?? [];
        const numbers = (key: 'beforeNumber' | 'afterNumber'): number[] =>
          rows.flatMap(row => row[key] ?? []);
        expect(numbers('afterNumber')).toEqual(after.map((_, at) => at + 1));
        expect(numbers('beforeNumber').sort((x, y) => x - y)).toEqual(
          before.map((_, at) => at + 1)
        );
        for (const row of rows.filter(({ kind }) => kind === 'same')) {
          expect(row.before?.source).toBe(row.after?.source);
        }
        const unmoved = rows.filter(row => row.before && row.after && !row.isMoved);
        const order = unmoved.map(({ beforeNumber }) => beforeNumber ?? 0);
        expect(order).toEqual([...order].sort((x, y) => x - y));
      })
    );
  });

  it('finds nothing between a notebook and itself', () => {
    expect(diffNotebooks(notebook(a, b, c), notebook(a, b, c))?.counts).toEqual({
      added: 0,
      removed: 0,
      changed: 0,
      moved: 0
    });
  });

  it('compares two notebooks of rewritten cells without ids in no time', () => {
    const cells = (step: number): readonly ICell[] =>
      Array.from({ length: 100 }, (_, cell) => ({
        source: Array.from(
          { length: 300 },
          (__, word) => `word${(word * word * step + cell * 7919) % 4099}`
        ).join(' ')
      }));
    const start = performance.now();
    const diff = diffNotebooks(notebook(...cells(31)), notebook(...cells(47)));
    expect(diff?.counts).toMatchObject({ added: 100, removed: 100 });
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
