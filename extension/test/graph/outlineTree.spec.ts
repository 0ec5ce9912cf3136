import '../browser';

import { outlineMove, outlineRows } from '../../src/graph/panel/outlineTree';
import {
  variablePort,
  type IGraphNode,
  type IGraphView
} from '../../src/graph/graphModel/view';

const cell = (id: string, section: string | null): IGraphNode => ({
  ...{ id, index: 0, kind: 'code', title: id, skill: null, category: null },
  ...{ target: null, position: null, isLoose: false, incomplete: false, section },
  inputs: [variablePort('in')],
  outputs: [variablePort('out')]
});

const FREE = { position: null };

const VIEW: IGraphView = {
  nodes: [cell('a', null), cell('b', 'one'), cell('c', 'deep')],
  sections: [
    { id: 'one', cell: 'one', title: 'One', level: 1, cells: ['b'], ...FREE },
    { id: 'deep', cell: 'deep', title: 'Deep', level: 3, cells: ['c'], ...FREE },
    { id: 'two', cell: 'two', title: 'Two', level: 1, cells: [], ...FREE }
  ],
  edges: []
};

const keys = (
  folded: readonly string[] | null = [],
  opened: readonly string[] = []
): string[] =>
  outlineRows(VIEW, folded && new Set(folded), new Set(opened)).map(
    ({ key, level }) => `${level} ${key}`
  );

describe('outlineRows', () => {
  it('nests sections by their level', () => {
    expect(keys()).toEqual([
      '1 a',
      '1 section one',
      '2 b',
      '2 section deep',
      '3 c',
      '1 section two'
    ]);
  });

  it('hides what is in a folded section, deeper ones too', () => {
    expect(keys(['one'])).toEqual(['1 a', '1 section one', '1 section two']);
  });

  it('shows what is in all sections where none can be folded', () => {
    expect(keys(null)).toEqual(keys());
    const rows = outlineRows(VIEW, null, new Set());
    const sections = rows.filter(({ about }) => about.kind === 'section');
    expect(sections.map(({ isOpen }) => isOpen)).toEqual([
      undefined,
      undefined,
      undefined
    ]);
  });

  it('shows the ports of an open cell', () => {
    expect(keys([], ['a']).slice(0, 3)).toEqual([
      '1 a',
      '2 a input in',
      '2 a output out'
    ]);
  });
});

describe('outlineMove', () => {
  const rows = outlineRows(VIEW, new Set(), new Set());

  it('walks with the arrows and stops at the ends', () => {
    expect(outlineMove(rows, 'a', 'ArrowDown')).toEqual({
      do: 'focus',
      key: 'section one'
    });
    expect(outlineMove(rows, 'a', 'ArrowUp')).toEqual({ do: 'focus', key: 'a' });
    expect(outlineMove(rows, 'a', 'End')).toEqual({ do: 'focus', key: 'section two' });
  });

  it('opens to the right and goes to the parent to the left', () => {
    expect(outlineMove(rows, 'a', 'ArrowRight')).toEqual({ do: 'open', key: 'a' });
    expect(outlineMove(rows, 'b', 'ArrowLeft')).toEqual({
      do: 'focus',
      key: 'section one'
    });
    expect(outlineMove(rows, 'section one', 'ArrowLeft')).toEqual({
      do: 'close',
      key: 'section one'
    });
    expect(outlineMove(rows, 'section one', 'ArrowRight')).toEqual({
      do: 'focus',
      key: 'b'
    });
  });

  it('finds a row by its first letter', () => {
    expect(outlineMove(rows, 'a', 't')).toEqual({ do: 'focus', key: 'section two' });
    expect(outlineMove(rows, 'a', 'x')).toBeNull();
  });
});
