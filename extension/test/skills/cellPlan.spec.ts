import '../browser';

import {
  importIndex,
  importsSkill,
  isBlank,
  linkedInputs,
  namesIn,
  type ICellText
} from '../../src/skills/cellPlan';
import { entryOf, HAMILTONIAN, libraryOf, VQE } from './fixtures';

const code = (source: string): ICellText => ({ isCode: true, source });
const markdown = (source: string): ICellText => ({ isCode: false, source });
const { library } = libraryOf(HAMILTONIAN, VQE);
const find = library.get.bind(library);

describe('importsSkill', () => {
  it.each([
    'from llmos import skill',
    'import numpy\nfrom llmos import volumes, skill  # both',
    'from llmos import (\n    skill,\n    volumes,\n)'
  ])('is true for %j', source => {
    expect(importsSkill(code(source))).toBe(true);
  });

  it.each([
    'from llmos import skill as s',
    'import llmos',
    '# from llmos import skill',
    'from llmos import skills'
  ])('is false for %j', source => {
    expect(importsSkill(code(source))).toBe(false);
  });

  it('does not read text cells', () => {
    expect(importsSkill(markdown('from llmos import skill'))).toBe(false);
  });
});

describe('importIndex', () => {
  it('says -1 when a cell above has the import', () => {
    expect(importIndex([code('from llmos import skill'), code('x')], 2)).toBe(-1);
  });

  it('puts it before the first code cell, below the title', () => {
    expect(importIndex([markdown('# Title'), code('x'), code('y')], 3)).toBe(1);
  });

  it('does not count an import further down', () => {
    expect(importIndex([code('x'), code('from llmos import skill')], 1)).toBe(0);
  });

  it('puts it at the place of insertion when there is no code above', () => {
    expect(importIndex([markdown('a'), markdown('b')], 1)).toBe(1);
    expect(importIndex([markdown('a'), code('x')], 1)).toBe(1);
  });
});

describe('isBlank', () => {
  it('knows a notebook as JupyterLab makes it', () => {
    expect(isBlank([])).toBe(true);
    expect(isBlank([code(' \n')])).toBe(true);
    expect(isBlank([code(''), code('')])).toBe(false);
    expect(isBlank([markdown('# a')])).toBe(false);
  });
});

describe('names', () => {
  it('reads variables, not strings, comments, attributes or text cells', () => {
    const names = namesIn([
      code('vqe = await skill("quantum-h")(steps=n) # z\na.b, c = """\nq\n""", 1'),
      markdown('other')
    ]);
    expect([...names].sort()).toEqual(['a', 'c', 'n', 'skill', 'vqe']);
  });
});

describe('linkedInputs', () => {
  const call = code('h = await skill("quantum-hamiltonian")(distance=0.7)');

  it('takes an output of the same name and type from the nearest call', () => {
    const nearer = code("g = await skill('quantum-hamiltonian')()");
    expect(linkedInputs(VQE.skill, [call, code('x = 1')], find)).toEqual({
      hamiltonian: 'h.hamiltonian'
    });
    expect(linkedInputs(VQE.skill, [call, nearer], find)).toEqual({
      hamiltonian: 'g.hamiltonian'
    });
  });

  it('leaves out what is optional, of another type or not known', () => {
    const other = entryOf('other', {
      inputs: [
        { name: 'hamiltonian', type: 'circuit', required: true },
        { name: 'eigenvalue', type: 'number' }
      ]
    });
    expect(linkedInputs(other.skill, [call], find)).toEqual({});
    const unknown = code('u = await skill("no-such-skill")()');
    expect(linkedInputs(VQE.skill, [unknown, markdown(call.source)], find)).toEqual({});
  });

  it.each([
    'h = 1',
    'h, k = 1, 2',
    'for h in range(3):\n  pass',
    'import h',
    'h.x = 2'
  ])('does not trust a name that is bound anew by %j', source => {
    expect(linkedInputs(VQE.skill, [call, code(source)], find)).toEqual({});
  });

  it('goes on trusting a name that is only used', () => {
    const use = code('print(h.hamiltonian)\nif h == 1:\n    k = h');
    expect(linkedInputs(VQE.skill, [call, use], find)).toEqual({
      hamiltonian: 'h.hamiltonian'
    });
  });
});
