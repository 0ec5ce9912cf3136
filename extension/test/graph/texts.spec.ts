import '../browser';

import { nullTranslator } from '@jupyterlab/translation';

import type { IDrawing, IDrawnEdge } from '../../src/graph/layout/drawing';
import { edgeLabels } from '../../src/graph/panel/texts';

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
