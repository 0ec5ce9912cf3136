import '../browser';

import { buildGraph } from '@llmos-lab/skills';

import { describeGraph } from '../../src/graph/graphModel/describe';
import { titleIn } from '../../src/graph/graphModel/titles';
import { libraryOf, VQE } from '../skills/fixtures';

describe('titleIn', () => {
  const { library } = libraryOf(VQE);
  const titles = (...sources: readonly string[]): readonly string[] => {
    const cells = sources.map((source, at) => ({
      ...{ id: `c${at}`, kind: 'code' as const, source, position: null }
    }));
    const view = describeGraph(cells, buildGraph(cells), id => library.get(id));
    return cells.map(({ id }) => titleIn(view, id));
  };
  const vqe = (target: string): string => `${target}await skill("quantum-vqe")()`;

  it('tells two calls of a skill apart by their variables', () => {
    expect(titles('x = 1', vqe('vqe = '))).toEqual(['x = 1', 'VQE Optimizer']);
    expect(titles(vqe('vqe = '), vqe('vqe_2 = '), vqe(''))).toEqual([
      'VQE Optimizer (vqe)',
      'VQE Optimizer (vqe_2)',
      'VQE Optimizer'
    ]);
  });
});
