import '../browser';

import { nullTranslator } from '@jupyterlab/translation';

import type { IDrawing, IDrawnEdge } from '../../src/graph/layout/drawing';
import { edgeLabels, nodeLabel } from '../../src/graph/panel/texts';

describe('nodeLabel', () => {
  const trans = nullTranslator.load('llmos');

  it('names a node by its title, its kind and how its cell stands', () => {
    const node = { title: 'VQE', kind: 'skill' } as const;
    expect(nodeLabel(node, trans)).toBe('VQE, skill');
    expect(nodeLabel(node, trans, 'idle')).toBe('VQE, skill');
    expect(nodeLabel(node, trans, 'done')).toBe('VQE, skill, done');
    expect(nodeLabel(node, trans, 'failed', true)).toBe('VQE, skill, failed');
  });

  it('tells of an error also where another word says how the cell stands', () => {
    const node = { title: 'print(h)', kind: 'code' } as const;
    expect(nodeLabel(node, trans, 'idle', true)).toBe('print(h), code, error');
    expect(nodeLabel(node, trans, 'stale', true)).toBe('print(h), code, stale, error');
  });
});

describe('edgeLabels', () => {
  it('names a line by the titles and ports at its ends', () => {
    const items = [
      { kind: 'cell', id: 'a', node: { title: 'Source' } },
      { kind: 'folded', id: 'b', section: { title: 'Charts' } }
    ];
    const edges = ['trace', 'data'].map(input => ({ output: 'values', input }));
    const label = edgeLabels(
      { items } as unknown as IDrawing,
      nullTranslator.load('llmos')
    );
    expect(label({ from: 'a', to: 'b', edges } as unknown as IDrawnEdge)).toBe(
      'Source · values to Charts · trace, data'
    );
  });
});
