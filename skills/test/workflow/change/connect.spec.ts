import { connectCells, disconnectInputs } from '../../../src';
import { done, graphOf, notebook, orderOf, refused, sourcesOf } from './notebook';

const H = 'h = await skill("quantum-hamiltonian")()';
const VQE = 'vqe = await skill("quantum-vqe")(iterations=5)';
const TO_VQE = { output: 'hamiltonian', input: 'hamiltonian' };

describe('connectCells', () => {
  it('writes the output into the call', () => {
    const edit = done(
      connectCells(notebook(H, VQE), { from: 'a', to: 'b', ...TO_VQE })
    );
    expect(sourcesOf(edit)[1]).toBe(
      'vqe = await skill("quantum-vqe")(iterations=5, hamiltonian=h.hamiltonian)'
    );
    expect(edit.about).toEqual(['b']);
    expect(graphOf(edit).edges).toEqual([{ from: 'a', name: 'h', to: 'b' }]);
  });

  it('replaces what the input had, and nothing else', () => {
    const before = notebook(
      H,
      'g = await skill("quantum-hamiltonian")()',
      'vqe = await skill("quantum-vqe")(  # mine\n    hamiltonian = h.hamiltonian,\n    iterations=5,\n)'
    );
    const edit = done(connectCells(before, { from: 'b', to: 'c', ...TO_VQE }));
    expect(sourcesOf(edit)[2]).toBe(
      'vqe = await skill("quantum-vqe")(  # mine\n    hamiltonian = g.hamiltonian,\n    iterations=5,\n)'
    );
  });

  it('connects a variable of plain code', () => {
    const before = notebook('n = 3', VQE);
    const edit = done(
      connectCells(before, { from: 'a', output: 'n', to: 'b', input: 'iterations' })
    );
    expect(sourcesOf(edit)[1]).toBe('vqe = await skill("quantum-vqe")(iterations=n)');
  });

  it('gives the result a variable when it has none', () => {
    const before = notebook(
      '# note\n',
      'x = 1\nawait skill("quantum-hamiltonian")()  # H2',
      VQE
    );
    const edit = done(connectCells(before, { from: 'b', to: 'c', ...TO_VQE }));
    expect(sourcesOf(edit).slice(1)).toEqual([
      'x = 1\nhamiltonian = await skill("quantum-hamiltonian")()  # H2',
      'vqe = await skill("quantum-vqe")(iterations=5, hamiltonian=hamiltonian.hamiltonian)'
    ]);
  });

  it('moves the cell, and what depends on it, below its source', () => {
    const before = notebook(
      VQE,
      'print(vqe.eigenvalue)',
      'x = 1',
      H,
      'print(vqe.parameters)'
    );
    const edit = done(connectCells(before, { from: 'd', to: 'a', ...TO_VQE }));
    expect(orderOf(edit)).toBe('cdabe');
    expect(graphOf(edit).edges.filter(edge => edge.late)).toEqual([]);
  });

  it('knows which of two calls of a cell is meant', () => {
    const before = notebook(
      `${H}\ng = await skill("quantum-hamiltonian")(bond_length=1)`,
      VQE
    );
    const { reason } = refused(connectCells(before, { from: 'a', to: 'b', ...TO_VQE }));
    expect(reason).toContain('calls several skills with an output "hamiltonian"');
    const edit = done(
      connectCells(before, { ...TO_VQE, from: 'a', to: 'b', output: 'g.hamiltonian' })
    );
    expect(sourcesOf(edit)[1]).toContain('hamiltonian=g.hamiltonian');
  });

  it('refuses a cycle and names it', () => {
    const before = notebook(
      H,
      'vqe = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)',
      'length = vqe.eigenvalue'
    );
    const result = refused(
      connectCells(before, {
        ...{ from: 'c', output: 'length', to: 'a', input: 'bond_length' }
      })
    );
    expect(result).toEqual({
      ok: false,
      code: 'cycle',
      reason:
        'This would make a cycle: "h" → "vqe" → "length" → "h". Disconnect one of these first.'
    });
    const itself = { from: 'a', output: 'hamiltonian', to: 'a', input: 'bond_length' };
    expect(refused(connectCells(before, itself)).reason).toMatch(/its own result/);
  });

  it.each([
    ['', '(meshes=[m.mesh])'],
    ['meshes=[]', '(meshes=[m.mesh])'],
    ['meshes=m.mesh', '(meshes=[m.mesh])'],
    ['meshes=[m.mesh]', '(meshes=[m.mesh])'],
    ['meshes=[g.mesh], layout="ring"', '(meshes=[g.mesh, m.mesh], layout="ring")'],
    ['meshes=[\n  g.mesh,\n]', '(meshes=[\n  g.mesh, m.mesh,\n])'],
    ['meshes=[x for x in g]', '(meshes=[m.mesh])']
  ])('puts a value into the list of an input that is named so: %j', (given, call) => {
    const before = notebook(
      'g = await skill("threejs-material")()',
      'm = await skill("threejs-material")()',
      `s = await skill("threejs-scene")(${given})`
    );
    const connection = { from: 'b', output: 'mesh', to: 'c', input: 'meshes' };
    const edit = done(connectCells(before, connection));
    expect(sourcesOf(edit)[2]).toBe(`s = await skill("threejs-scene")${call}`);
  });

  it('refuses lists of what may be anything, and says what to write', () => {
    const before = notebook(
      'm = await skill("threejs-material")()',
      'p = await skill("plot-xy")()'
    );
    const connection = { from: 'a', output: 'mesh', to: 'b', input: 'x' };
    const { code, reason } = refused(connectCells(before, connection));
    expect(code).toBe('type-mismatch');
    expect(reason).toContain('write it into the cell as a list: "x=[m.mesh]".');
  });

  it('refuses types that do not fit', () => {
    const before = notebook(
      'vqe = await skill("quantum-vqe")()',
      'p = await skill("plot-convergence")()'
    );
    const connection = { from: 'a', output: 'eigenvalue', to: 'b', input: 'title' };
    expect(refused(connectCells(before, connection))).toEqual({
      ok: false,
      code: 'type-mismatch',
      reason:
        'The output "eigenvalue" is of type number, but the input "title" of "Plot Convergence" takes string. Choose an output of that type.'
    });
  });

  it.each([
    [{ output: 'hamiltonain' }, 'unknown-output', 'Did you mean "hamiltonian"?'],
    [{ input: 'zzz' }, 'unknown-input', 'Choose one of hamiltonian,'],
    [{ from: 'zz' }, 'unknown-cell', 'The notebook has no code cell "zz".'],
    [{ to: 'c' }, 'unknown-input', 'calls no skill. Write the variable'],
    [{ to: 'd' }, 'unknown-skill', 'The skill "gone" is not in the library'],
    [{ from: 'd', to: 'b' }, 'unknown-skill', 'is not in the library']
  ])('refuses %j', (part, code, reason) => {
    const before = notebook(H, VQE, 'x = 1', 'g = await skill("gone")()');
    const result = refused(
      connectCells(before, { from: 'a', to: 'b', ...TO_VQE, ...part })
    );
    expect(result.code).toBe(code);
    expect(result.reason).toContain(reason);
  });

  it('refuses in read-only notebooks and cells', () => {
    const before = notebook(H, VQE);
    const connection = { from: 'a', to: 'b', ...TO_VQE };
    expect(
      refused(connectCells({ ...before, isReadOnly: true }, connection)).code
    ).toBe('read-only');
    const cells = before.cells.map(cell => ({
      ...cell,
      metadata: { editable: false }
    }));
    expect(refused(connectCells({ ...before, cells }, connection)).reason).toBe(
      'The cell "vqe" is read-only. Make it editable in its properties first.'
    );
  });

  it('refuses when another cell gives the variable another value in between', () => {
    const before = notebook(H, 'h = 5', VQE);
    expect(
      refused(connectCells(before, { from: 'a', to: 'c', ...TO_VQE })).reason
    ).toBe(
      'The cell "h = 5" gives "h" another value in between, so "vqe" would get that one. Rename one of the two variables first.'
    );
    const own = notebook(H, `h = 5\n${VQE}`);
    expect(
      refused(connectCells(own, { from: 'a', to: 'b', ...TO_VQE })).reason
    ).toMatch(/gives "h" a value of its own first/);
  });

  it('refuses a move that would change where another value comes from', () => {
    const before = notebook(
      'n = 5',
      'vqe = await skill("quantum-vqe")(iterations=n)',
      'n = 7',
      H
    );
    expect(
      refused(connectCells(before, { from: 'd', to: 'b', ...TO_VQE })).reason
    ).toBe(
      'The cell "vqe" would then get "n" from the cell "n = 7" instead. Rename one of the variables called "n" first.'
    );
  });
});

describe('disconnectInputs', () => {
  it('removes the argument, so that the default holds', () => {
    const before = notebook(
      'n = 5',
      'v = await skill("quantum-vqe")(seed=1, iterations=n)'
    );
    const edit = done(disconnectInputs(before, [{ to: 'b', input: 'iterations' }]));
    expect(sourcesOf(edit)[1]).toBe('v = await skill("quantum-vqe")(seed=1)');
    expect(edit.notes).toEqual([]);
  });

  it('says so when the input is required', () => {
    const before = notebook(
      H,
      'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
    );
    const edit = done(disconnectInputs(before, [{ to: 'b', input: 'hamiltonian' }]));
    expect(sourcesOf(edit)[1]).toBe('v = await skill("quantum-vqe")()');
    expect(edit.notes[0]).toMatch(/"hamiltonian" of ".*" is required/);
  });

  it('takes all values of a drawn edge out at once, or none', () => {
    const before = notebook(
      'a, b = 5, 7',
      'v = await skill("quantum-vqe")(seed=a, iterations=b)'
    );
    const ends = ['seed', 'iterations'].map(input => ({ to: 'b', input }));
    const edit = done(disconnectInputs(before, ends));
    expect(sourcesOf(edit)[1]).toBe('v = await skill("quantum-vqe")()');
    expect(edit.about).toEqual(['b']);
    const more = [...ends, { to: 'b', input: 'layers' }];
    expect(disconnectInputs(before, more).ok).toBe(false);
  });

  it.each([
    ['[a.mesh, b.mesh]', ['a'], '[b.mesh]'],
    ['[a.mesh, b.mesh, 1]', ['b', 'a'], '[1]'],
    ['[\n  a.mesh,\n  b.mesh,\n]', ['b'], '[\n  a.mesh,\n]'],
    ['[a.mesh, b.mesh]', ['a', 'b'], null],
    ['[(a.mesh), b.mesh]', ['a'], null],
    ['[f(a, b), b]', ['a'], null],
    ['a.mesh', ['a'], null]
  ])('takes out of the list %s what reads %j', (list, names, left) => {
    const before = notebook(
      'a = b = 1',
      `s = await skill("threejs-scene")(meshes=${list})`
    );
    const cuts = names.map(name => ({ to: 'b', input: 'meshes', name }));
    expect(sourcesOf(done(disconnectInputs(before, cuts)))[1]).toBe(
      `s = await skill("threejs-scene")(${left === null ? '' : `meshes=${left}`})`
    );
  });

  it('refuses where nothing is connected', () => {
    const before = notebook(VQE);
    expect(refused(disconnectInputs(before, [{ to: 'a', input: 'seed' }])).reason).toBe(
      'The input "seed" of the cell "vqe" is not connected.'
    );
    expect(
      refused(disconnectInputs(before, [{ to: 'a', input: 'iterations' }])).reason
    ).toBe(
      'The input "iterations" of the cell "vqe" is not connected: it has the value 5.'
    );
  });

  it('takes back what connecting wrote, byte for byte', () => {
    const before = notebook(H, VQE);
    const there = done(connectCells(before, { from: 'a', to: 'b', ...TO_VQE }));
    const back = done(
      disconnectInputs({ ...before, cells: there.cells }, [
        { to: 'b', input: 'hamiltonian' }
      ])
    );
    expect(back.cells).toEqual(before.cells);
  });
});
