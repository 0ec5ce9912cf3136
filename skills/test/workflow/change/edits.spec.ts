import {
  addSkillCell,
  deleteCells,
  duplicateCells,
  isLoose,
  placeCell,
  placeCells,
  positionOf,
  renameVariable,
  type INotebookCell,
  type JsonValue
} from '../../../src';
import { done, graphOf, ids, notebook, orderOf, refused, sourcesOf } from './notebook';

const IMPORT = 'from llmos import skill';
const H = 'h = await skill("quantum-hamiltonian")()';
const V = 'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)';

describe('addSkillCell', () => {
  const vqe = { skill: 'quantum-vqe' };

  it('fills an empty notebook with import and call, and keeps place and version', () => {
    const edit = done(
      addSkillCell(notebook(''), {
        ...{ ...vqe, version: 'sha256:1', position: [3, 4], newId: ids() }
      })
    );
    expect(sourcesOf(edit)).toEqual([IMPORT, 'vqe = await skill("quantum-vqe")()']);
    expect(edit.cells[1]?.metadata).toEqual({
      llmos: {
        v: 1,
        skill: 'quantum-vqe',
        version: 'sha256:1',
        position: [3, 4],
        loose: true
      }
    });
    expect(edit.about).toEqual([edit.cells[1]?.id]);
  });

  it('chooses a free variable, and connects nothing by its name', () => {
    const before = notebook(IMPORT, 'vqe = 1', 'hamiltonian = 2');
    const edit = done(addSkillCell(before, { ...vqe, newId: ids() }));
    expect(sourcesOf(edit)[3]).toBe('vqe_2 = await skill("quantum-vqe")()');
    expect(graphOf(edit).edges.map(edge => edge.name)).toEqual(['skill']);
  });

  it('takes the place of an empty cell at the end', () => {
    const before = notebook(IMPORT, '', ' \n');
    expect(sourcesOf(done(addSkillCell(before, { ...vqe, newId: ids() })))).toEqual([
      IMPORT,
      '',
      'vqe = await skill("quantum-vqe")()'
    ]);
  });

  it('goes below a cell, with values', () => {
    const before = notebook(IMPORT, 'x = 1', 'y = 2');
    const inputs = { iterations: 7 };
    const edit = done(
      addSkillCell(before, { ...vqe, inputs, after: 'b', newId: ids() })
    );
    expect(orderOf(edit)).toBe('abn1c');
    expect(sourcesOf(edit)[2]).toBe('vqe = await skill("quantum-vqe")(iterations=7)');
  });

  it('goes into the middle of a connection and rewires it', () => {
    const before = notebook(
      IMPORT,
      H,
      'x = 1',
      'e = await skill("export-results")(data=h.hamiltonian)'
    );
    const between = { from: 'b', output: 'hamiltonian', to: 'd', input: 'data' };
    const edit = done(
      addSkillCell(before, { skill: 'quantum-vqe', between, newId: ids() })
    );
    expect(orderOf(edit)).toBe('abcn1d');
    expect(sourcesOf(edit).slice(3)).toEqual([
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)',
      'e = await skill("export-results")(data=vqe.eigenvalue)'
    ]);
  });

  it('gives what flows there to no input with a list of choices', () => {
    const before = notebook(
      IMPORT,
      'c = await skill("quantum-circuit")()',
      'p = await skill("plot-xy")(title=c.qasm)'
    );
    const between = { from: 'b', output: 'qasm', to: 'c', input: 'title' };
    const edit = done(
      addSkillCell(before, { skill: 'export-results', between, newId: ids() })
    );
    expect(sourcesOf(edit)[2]).toContain('("export-results")(filename=c.qasm)');
  });

  it('takes no object of another name for the one that is needed', () => {
    const before = notebook(H, V);
    const between = { from: 'a', output: 'hamiltonian', to: 'b', input: 'hamiltonian' };
    const add = (skill: string) =>
      addSkillCell(before, { skill, between, newId: ids() });
    // Its y takes anything, its chart is an object; its picture is one, too.
    const { code, reason } = refused(add('plot-xy'));
    expect(code).toBe('type-mismatch');
    expect(reason).toMatch(/an output "hamiltonian".* Add it beside/);
    // It takes nothing, but what it gives has the name.
    expect(refused(add('quantum-hamiltonian')).code).toBe('type-mismatch');
  });

  it('refuses where it does not fit, and skills that are not there', () => {
    const before = notebook(H, V);
    const between = { from: 'a', output: 'hamiltonian', to: 'b', input: 'hamiltonian' };
    const add = (skill: string, place = {}) =>
      refused(addSkillCell(before, { skill, ...place, newId: ids() }));
    expect(add('threejs-geometry', { between }).reason).toMatch(/does not fit between/);
    expect(add('quantum-vqe', { between: { ...between, input: 'seed' } }).code).toBe(
      'not-connected'
    );
    expect(add('gone').code).toBe('unknown-skill');
    expect(add('quantum-basics').reason).toMatch(/guides the assistant/);
  });
});

describe('placeCell', () => {
  const place = (source: string, ...others: readonly string[]) =>
    placeCell(
      notebook(...others).cells,
      { id: 'new', type: 'code', source, metadata: {} },
      1,
      ids()
    ).map(cell => cell.source);

  it('brings the import along where the code calls a skill, and none else', () => {
    expect(place(H, '')).toEqual([IMPORT, H]);
    expect(place(H, 'x = 1', 'y = 2')).toEqual([IMPORT, 'x = 1', H, 'y = 2']);
    expect(place(H, IMPORT)).toEqual([IMPORT, H]);
    expect(place(`${IMPORT}\n${H}`, 'x = 1')).toEqual(['x = 1', `${IMPORT}\n${H}`]);
    expect(place('y = 2', 'x = 1')).toEqual(['x = 1', 'y = 2']);
  });
});

describe('deleteCells', () => {
  it('tells what becomes of the cells that use the values', () => {
    const before = notebook('x = 1', 'x = 2', 'y = x', H, V);
    expect(done(deleteCells(before, ['b'])).notes).toEqual([
      '"x" in "y" now comes from "x = 1".'
    ]);
    expect(done(deleteCells(before, ['d'])).notes).toEqual([
      'No cell gives "h" any more; "v" uses it and cannot run.'
    ]);
    const both = done(deleteCells(before, ['d', 'e']));
    expect(both.notes).toEqual([]);
    expect(orderOf(both)).toBe('abc');
  });

  it('refuses cells that are protected or not there', () => {
    const before = notebook('x = 1');
    const cells = before.cells.map(cell => ({
      ...cell,
      metadata: { deletable: false }
    }));
    expect(refused(deleteCells({ ...before, cells }, ['a'])).code).toBe('read-only');
    expect(refused(deleteCells(before, ['z'])).code).toBe('unknown-cell');
  });
});

describe('duplicateCells', () => {
  it('gives copies new names, which use each other as the originals do', () => {
    const before = notebook(IMPORT, H, V, 'print(v)');
    const edit = done(duplicateCells(before, ['b', 'c'], ids()));
    expect(sourcesOf(edit).slice(3, 5)).toEqual([
      'h_2 = await skill("quantum-hamiltonian")()',
      'v_2 = await skill("quantum-vqe")(hamiltonian=h_2.hamiltonian)'
    ]);
    const again = done(duplicateCells({ ...before, cells: edit.cells }, ['n2'], ids()));
    expect(sourcesOf(again)[5]).toBe(
      'v_3 = await skill("quantum-vqe")(hamiltonian=h_2.hamiltonian)'
    );
  });

  it('keeps what comes from outside, imports and places', () => {
    const before = notebook('n = 1', 'import math\nm = math.pi * n', 'n = 5');
    const cells = before.cells.map(cell => ({
      ...cell,
      metadata: { llmos: { v: 1, position: [0, 10] } }
    }));
    const edit = done(duplicateCells({ ...before, cells }, ['b', 'c'], ids()));
    expect(sourcesOf(edit).slice(3)).toEqual([
      'import math\nm_2 = math.pi * n',
      'n_2 = 5'
    ]);
  });

  it('puts copies beside their originals, past other nodes that were put by hand', () => {
    const places: Record<string, readonly [number, number]> = {
      ...{ a: [0, 0], b: [300, 400], c: [564, 420] }
    };
    const before = notebook('n = 1', 'm = n', 'k = m', 'l = k');
    const cells = before.cells.map(cell => {
      const position = places[cell.id];
      return position ? { ...cell, metadata: { llmos: { v: 1, position } } } : cell;
    });
    const placesOf = (...chosen: readonly string[]): unknown[] => {
      const edit = done(duplicateCells({ ...before, cells }, chosen, ids()));
      return edit.about.map(id => {
        const copy = edit.cells.find(cell => cell.id === id);
        // The layout of the others does without it, so that no copy moves them.
        expect(copy && isLoose(copy)).toBe(copy && positionOf(copy) !== null);
        return copy && positionOf(copy);
      });
    };
    expect(placesOf('a')).toEqual([[264, 0]]);
    expect(placesOf('b')).toEqual([[828, 400]]);
    expect(placesOf('a', 'b', 'd')).toEqual([[564, 0], [864, 400], null]);
  });

  it('refuses a copy that would change what others get', () => {
    const before = notebook('xs = []', 'xs.append(1)', 'print(xs)');
    expect(refused(duplicateCells(before, ['b'], ids())).reason).toMatch(
      /A copy would change "xs", which the cell "print\(xs\)" uses/
    );
  });
});

describe('renameVariable', () => {
  const rename = (
    from: string,
    to: string,
    cell: string,
    ...cells: readonly string[]
  ) => renameVariable(notebook(...cells), { cell, from, to });

  it('renames all uses of this variable, and no other of the same name', () => {
    const edit = done(
      rename('x', 'n', 'a', 'x = 1', 'y = x  # x', 'x = 2', 'print(x, "x")')
    );
    expect(sourcesOf(edit)).toEqual(['n = 1', 'y = n  # x', 'x = 2', 'print(x, "x")']);
    expect(edit.about).toEqual(['a', 'b']);
  });

  it('renames everywhere when a function reads it, since that is known only later', () => {
    const edit = done(
      rename('x', 'n', 'a', 'x = 1', 'def f(y):\n    return x + y', 'x = 2', 'f(1)')
    );
    expect(sourcesOf(edit)).toEqual([
      'n = 1',
      'def f(y):\n    return n + y',
      'n = 2',
      'f(1)'
    ]);
  });

  it.each([
    ['x = [x for x in y]\nf(x=x)', 'n = [x for x in y]\nf(x=n)'],
    ['x = 1\nf"{x!r:>{x}} x {{x}}"', 'n = 1\nf"{n!r:>{n}} x {{x}}"'],
    ['def f(x): return x\nx = f', 'def f(x): return x\nn = f'],
    [
      'def f():\n  global x\n  x = 1\n  del x',
      'def f():\n  global n\n  n = 1\n  del n'
    ],
    ['class A:\n  y = x\n  x = x\n  x', 'class A:\n  y = n\n  x = n\n  x'],
    ['import x', 'import x as n'],
    ['import x as x, y', 'import x as n, y'],
    ['from a import (x, y as x)', 'from a import (x as n, y as n)'],
    ['x: int\nx = 1', 'n: int\nn = 1'],
    ['(x := 1) + o.x + o["x"]', '(n := 1) + o.x + o["x"]'],
    ['try: x\nexcept E as x: x\nx', 'try: n\nexcept E as x: x\nn'],
    ['match p:\n  case [x, A(x=1)]: x', 'match p:\n  case [n, A(x=1)]: n'],
    ['lambda x=x: x', 'lambda x=n: x'],
    ['def x(): return x()', 'def n(): return n()'],
    ['for x in x: x += x', 'for n in n: n += n'],
    ['%%time\nx = 1', '%%time\nn = 1'],
    ['def f[x](a: x): pass\nx', 'def f[x](a: x): pass\nn']
  ])('renames in %j', (before, after) => {
    expect(sourcesOf(done(rename('x', 'n', 'a', before)))).toEqual([after]);
  });

  it.each([
    ['1n', 'invalid-name', /cannot be the name of a variable.* no digit/],
    ['for', 'invalid-name', /cannot be the name/],
    ['__n', 'invalid-name', /two "_" at the beginning/],
    ['list', 'invalid-name', /a name of Python's own/],
    ['y', 'name-taken', /has a variable "y" already/],
    ['x', 'name-taken', /already/]
  ])('refuses the name %s', (to, code, reason) => {
    const result = refused(rename('x', to, 'a', 'x = 1', 'y = x'));
    expect(result.code).toBe(code);
    expect(result.reason).toMatch(reason);
  });

  it.each([
    [
      'x = 1\ndef f(n): return x + n',
      /has a variable "n" of its own where it uses "x"/
    ],
    ['x = 1\n[x for n in m]', /of its own/],
    ['import x.y', /imports "x.y", which cannot have another name/],
    ['x = 1\n%timeit f(x)', /uses "x" in a line for IPython \("%timeit f\(x\)"\)/],
    ['x = 1\ny = (x', /uses "x" and has a syntax error/]
  ])('refuses %j, whose meaning would change', (source, reason) => {
    expect(refused(rename('x', 'n', 'a', source)).reason).toMatch(reason);
  });

  it('refuses a variable that the cell does not have', () => {
    expect(refused(rename('z', 'n', 'a', 'x = 1')).code).toBe('unknown-name');
  });
});

describe('placeCells', () => {
  it('writes places and takes them away, and nothing else', () => {
    const before = notebook(H, V);
    const moves = [
      { cell: 'a', position: [1.26, 2] as const },
      { cell: 'b', position: [3, 4] as const }
    ];
    const edit = done(placeCells(before, moves));
    expect(edit.cells.map(positionOf)).toEqual([
      [1.3, 2],
      [3, 4]
    ]);
    const back = done(
      placeCells(
        { ...before, cells: edit.cells },
        moves.map(({ cell }) => ({ cell, position: null }))
      )
    );
    expect(back.cells).toEqual(before.cells);
    expect(refused(placeCells(before, [{ cell: 'q', position: null }])).code).toBe(
      'unknown-cell'
    );
  });

  it('leaves a node that came with its place loose until the layout decides', () => {
    const before = notebook(H);
    const metadata = { llmos: { v: 1, position: [1, 2], loose: true } };
    const cells = before.cells.map(cell => ({ ...cell, metadata }));
    const place = (
      from: readonly INotebookCell[],
      position: readonly [number, number] | null
    ): readonly INotebookCell[] =>
      done(placeCells({ ...before, cells: from }, [{ cell: 'a', position }])).cells;
    const moved = place(cells, [5, 6]);
    expect(moved[0]?.metadata).toEqual({
      llmos: { v: 1, position: [5, 6], loose: true }
    });
    const arranged = place(moved, null);
    expect(arranged).toEqual(before.cells);
    expect(place(arranged, [7, 8]).map(isLoose)).toEqual([false]);
  });

  it('takes two numbers as a place, and nothing else', () => {
    const at = (position: JsonValue): unknown =>
      positionOf({ metadata: { llmos: { position, loose: true } } });
    expect(at([1, 2])).toEqual([1, 2]);
    expect([[1, 'a'], [1], 3, null].map(at)).toEqual([null, null, null, null]);
    expect(positionOf({ metadata: { llmos: null } })).toBeNull();
    expect(isLoose({ metadata: { llmos: { position: [1], loose: true } } })).toBe(
      false
    );
  });
});
