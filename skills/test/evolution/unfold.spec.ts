import { toCompound } from '../../src/evolution/compound';
import { mine } from '../../src/evolution/mine';
import { canUnfold, unfoldCell } from '../../src/evolution/unfold';
import type { JsonValue } from '../../src/skill/skill';
import type { IEditContext } from '../../src/workflow/change/change';
import { isLoose, positionOf } from '../../src/workflow/change/place';
import {
  done,
  notebook,
  orderOf,
  refused,
  sourcesOf
} from '../workflow/change/notebook';
import { LIBRARY, vqeAndPlot } from './traces';

const [pattern] = mine([100, 150, 120, 130, 110].map(n => vqeAndPlot(n)));
const made =
  pattern &&
  toCompound(pattern, {
    find: id => LIBRARY.get(id),
    taken: () => false,
    date: '2026-11-21T10:00:00.000Z'
  });
const skill = made && !('refused' in made) ? made.skill : undefined;

const open = (...sources: string[]): IEditContext => ({
  ...notebook(...sources),
  find: id => (id === skill?.id ? skill : LIBRARY.get(id)?.skill)
});
const newIds = (): (() => string) => {
  const ids = [...'xyz'];
  return () => ids.shift() ?? '?';
};
const IMPORT = 'from llmos import skill';
const CALL = 'both = await skill("vqe-convergence")(iterations=n)';
const unfold = (context: IEditContext, id: string, isCurrent = true) =>
  unfoldCell(context, id, newIds(), () => isCurrent);

describe('unfoldCell', () => {
  it('puts calls of the members in place of the learned skill', () => {
    const context = open(
      IMPORT,
      'n = 3',
      CALL,
      'print(both.eigenvalue, both["final_value"])'
    );
    const edit = done(unfold(context, 'c'));
    expect(sourcesOf(edit)).toEqual([
      IMPORT,
      'n = 3',
      'vqe = await skill("quantum-vqe")(iterations=n)',
      'convergence = await skill("plot-convergence")(trace=vqe.convergence_trace, title="Energy")',
      'print(vqe.eigenvalue, convergence["final_value"])'
    ]);
    expect(orderOf(edit)).toBe('abxyd');
    expect(edit.about).toEqual(['x', 'y']);
  });

  it('puts their nodes where its own is, loose where that is', () => {
    const context = open(IMPORT, 'n = 3', CALL);
    const after = (mark: Record<string, JsonValue>): unknown[] => {
      const metadata = { llmos: { v: 1, ...mark } };
      const cells = context.cells.map(cell =>
        cell.id === 'c' ? { ...cell, metadata } : cell
      );
      return done(unfold({ ...context, cells }, 'c'))
        .cells.slice(2)
        .map(cell => [positionOf(cell)?.[0], isLoose(cell)]);
    };
    expect(after({ position: [7, 8] })).toEqual([
      [7, false],
      [7, false]
    ]);
    expect(after({ position: [7, 8], loose: true })).toEqual([
      [7, true],
      [7, true]
    ]);
  });

  it('writes learned defaults out, and keeps pins of versions that are gone', () => {
    const edit = done(
      unfold(open(IMPORT, 'await skill("vqe-convergence")()'), 'b', false)
    );
    expect(sourcesOf(edit)[1]).toMatch(
      /^vqe = await skill\("quantum-vqe", version="sha256:\w{16}"\)\(iterations=120\)$/
    );
  });

  it('takes names that are free', () => {
    const edit = done(unfold(open(IMPORT, 'vqe = 1', 'n = 2', CALL, 'vqe'), 'd'));
    expect(sourcesOf(edit)[3]).toContain('vqe_2 = await skill("quantum-vqe")');
    expect(sourcesOf(edit)[4]).toContain('trace=vqe_2.convergence_trace');
  });

  it('refuses where the result is used as a whole', () => {
    expect(
      refused(unfold(open(IMPORT, 'n = 2', CALL, 'show(both)'), 'c')).reason
    ).toContain('as a whole');
  });

  it('refuses what is no learned skill, or computes in its call', () => {
    const other = open(IMPORT, 'x = await skill("quantum-vqe")()', 'x = 1');
    expect(refused(unfold(other, 'b')).reason).toContain('Only learned skills');
    expect(refused(unfold(other, 'c')).reason).toContain('Only learned skills');
    const computed = open(IMPORT, 'b = await skill("vqe-convergence")(iterations=f())');
    expect(refused(unfold(computed, 'b')).reason).toContain('variables of their own');
  });
});

describe('canUnfold', () => {
  it('knows code that does nothing but call skills', () => {
    expect(skill && canUnfold(skill)).toBe(true);
    const code = skill?.code ?? '';
    expect(canUnfold({ code: code.replace('return {', 'vqe = 1\n    return {') })).toBe(
      false
    );
    expect(canUnfold({ code: 'def execute(inputs):\n    return {}\n' })).toBe(false);
  });
});
