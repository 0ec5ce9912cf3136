import { answerOffline, fixCell, type INotebookFacts } from '../../src';
import { LIBRARY } from './library';

const IMPORT = { id: 'i', source: 'from llmos import skill' };
const H = { id: 'h', source: 'h = await skill("quantum-hamiltonian")()' };
const VQE = {
  id: 'v',
  source: 'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)'
};

type Cells = readonly { readonly id: string; readonly source: string }[];

/** A notebook in which the cell between these has failed. */
function failing(
  error: string,
  source: string,
  above: Cells = [IMPORT, H, VQE],
  below: Cells = []
): INotebookFacts {
  return {
    ...{ path: 'a.ipynb', graph: [], variables: [], runs: [], selected: 'x' },
    cells: [...above, { id: 'x', source, error }, ...below].map(cell => ({
      ...{ ...cell, type: 'code' }
    }))
  };
}

const fixed = (...given: Parameters<typeof failing>): string | null =>
  fixCell('x', LIBRARY, failing(...given));

const NO_OUTPUT =
  'AttributeError: Skill "quantum-vqe" has no output "eigenvalu". Did you mean "eigenvalue"? Its outputs: eigenvalue, error.';
const NO_INPUT =
  'SkillInputError: Skill "quantum-vqe" has no input "iteration". Did you mean "iterations"? Its inputs: hamiltonian, iterations.';
const NO_SKILL =
  'SkillNotFoundError: There is no skill "quantum-vqee". Did you mean "quantum-vqe" or "quantum-qaoa"? Looked in: system.';
const NO_IMPORT = "NameError: name 'skill' is not defined";

describe('fixCell', () => {
  it('names the output where the cell reads it of that skill, and nowhere else', () => {
    const source =
      'eigenvalu = 1  # v.eigenvalu\nprint(v.eigenvalu, other.eigenvalu, v["eigenvalu"], "v.eigenvalu")';
    expect(fixed(NO_OUTPUT, source)).toBe(
      'eigenvalu = 1  # v.eigenvalu\nprint(v.eigenvalue, other.eigenvalu, v["eigenvalue"], "v.eigenvalu")'
    );
    const own = 'w = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)\n';
    expect(fixed(NO_OUTPUT, `${own}w.eigenvalu + 1`)).toBe(`${own}w.eigenvalue + 1`);
    expect(fixed(NO_OUTPUT, 'f(h.eigenvalu)')).toBeNull();
    expect(
      fixed(NO_OUTPUT.replace('"eigenvalue"', '"eigen"'), 'v.eigenvalu')
    ).toBeNull();
  });

  it.each([
    'for v in rows: v.eigenvalu',
    'v = other\nv.eigenvalu',
    'v += other\nv.eigenvalu',
    'with open_it() as v: v.eigenvalu',
    'def f(v): return v.eigenvalu',
    '[v.eigenvalu for v in rows]',
    'del v\nv.eigenvalu',
    'if (v := other): v.eigenvalu',
    'import v\nv.eigenvalu'
  ])('leaves a variable that may hold something else: %s', source => {
    expect(fixed(NO_OUTPUT, source)).toBeNull();
    expect(fixed(NO_OUTPUT, `${VQE.source}\n${source}`)).toBeNull();
    const both = { ...VQE, source: `${VQE.source}\n${source}` };
    expect(fixed(NO_OUTPUT, 'v.eigenvalu', [IMPORT, H, both])).toBeNull();
  });

  it('leaves a variable of which it is not certain where its value is from', () => {
    const other = { id: 'o', source: 'v = other' };
    expect(fixed(NO_OUTPUT, 'v.eigenvalu', [IMPORT, H, VQE, other])).toBeNull();
    expect(fixed(NO_OUTPUT, 'v.eigenvalu', [IMPORT, H], [VQE])).toBeNull();
    // The first one is of a cell above.
    expect(fixed(NO_OUTPUT, `v.eigenvalu\n${VQE.source}`)).toBeNull();
    // What stands in an attribute, an item or a keyword binds no variable.
    const within = 'x.v = y[v] = f(v=1)\nv.eigenvalu';
    expect(fixed(NO_OUTPUT, within)).toBe(within.replace('eigenvalu', 'eigenvalue'));
  });

  it('names the input in the calls of that skill', () => {
    const source =
      'a = await skill("quantum-vqe")(h.hamiltonian, iteration = iteration)\nf(iteration=2)';
    expect(fixed(NO_INPUT, source)).toBe(
      'a = await skill("quantum-vqe")(h.hamiltonian, iterations = iteration)\nf(iteration=2)'
    );
    // Given twice it would be an error again.
    const twice = 'await skill("quantum-vqe")(iteration=1, iterations=2)';
    expect(fixed(NO_INPUT, twice)).toBeNull();
    expect(fixed(NO_INPUT.replace('iterations"', 'steps"'), source)).toBeNull();
    expect(fixed(NO_INPUT, 'await call(iteration=1)')).toBeNull();
  });

  it('names the skill that takes what the call gives', () => {
    expect(fixed(NO_SKILL, "w = await skill('quantum-vqee')(layers=2)")).toBe(
      "w = await skill('quantum-vqe')(layers=2)"
    );
    const call = 'await skill("quantum-vqee")(layers=2)';
    const near = NO_SKILL.replace(
      '"quantum-vqe" or "quantum-qaoa"',
      '"quantum-hamiltonian" or "quantum-vqe"'
    );
    expect(fixed(near, call)).toBe('await skill("quantum-vqe")(layers=2)');
    expect(fixed(NO_SKILL, 'await skill("quantum-vqee")(zz=2)')).toBeNull();
    const pinned = 'await skill("quantum-vqee", version="12345678")(layers=2)';
    expect(fixed(NO_SKILL, pinned)).toBeNull();
    expect(fixed(NO_SKILL, 'name = "quantum-vqee"\nawait skill(name)()')).toBeNull();
  });

  it('imports `skill` where no cell above does', () => {
    const { source } = H;
    const line = 'from llmos import skill\n';
    expect(fixed(NO_IMPORT, source, [])).toBe(`${line}${source}`);
    expect(fixed(NO_IMPORT, `%%time\n${source}`, [])).toBe(`%%time\n${line}${source}`);
    expect(fixed(NO_IMPORT, source)).toBeNull();
    // A cell below comes too late.
    expect(fixed(NO_IMPORT, source, [], [IMPORT])).toBe(`${line}${source}`);
    expect(fixed(NO_IMPORT, `  ${source}`, [])).toBeNull();
    expect(
      fixed(NO_IMPORT, `from __future__ import annotations\n${source}`, [])
    ).toBeNull();
  });

  it('leaves what no error names', () => {
    expect(fixed("NameError: name 'nope' is not defined", 'nope + 1')).toBeNull();
    expect(fixed(NO_OUTPUT, 'v.eigenvalu + (')).toBeNull();
    expect(fixCell('nope', LIBRARY, failing(NO_OUTPUT, 'v.eigenvalu'))).toBeNull();
    expect(fixCell('h', LIBRARY, failing(NO_OUTPUT, 'v.eigenvalu'))).toBeNull();
  });

  it('is offered by the answer about the error', () => {
    const ask = (question: string, source = 'v.eigenvalu') =>
      answerOffline({
        ...{ question, skills: LIBRARY, maxSkills: 5 },
        notebook: failing(NO_OUTPUT, source)
      });
    const question = 'What does the error of this cell mean? Fix it.';
    expect(ask(question).fix).toBe('x');
    expect(ask(question).markdown).toContain('Write `.eigenvalue` where');
    expect(ask(question, 'f()').fix).toBeUndefined();
    expect(ask(`What is ${NO_OUTPUT}`).fix).toBeUndefined();
    expect(ask('VQE for H2').fix).toBeUndefined();
  });
});
