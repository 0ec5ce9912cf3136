import { analyseCell, importIndex, isBlank, namesIn } from '../../../src';
import { importsSkill } from '../../../src/workflow/change/importLine';

const code = (source: string) => ({ type: 'code', source });
const markdown = (source: string) => ({ type: 'markdown', source });

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

describe('namesIn', () => {
  it('reads variables, not strings, comments or attributes', () => {
    const names = namesIn([
      analyseCell('vqe = await skill("quantum-h")(steps=n) # z'),
      analyseCell('a.b, c = """\nq\n""", 1')
    ]);
    expect([...names].sort()).toEqual(['a', 'c', 'n', 'skill', 'vqe']);
  });
});
