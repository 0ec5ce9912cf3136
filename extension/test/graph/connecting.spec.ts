import '../browser';

import { lineOf } from '../../src/graph/panel/connecting';

const output = { nodeId: 'a', id: 'energy', type: 'source' } as const;
const input = { nodeId: 'b', id: 'data', type: 'target' } as const;

describe('lineOf', () => {
  const line = { from: { cell: 'a', port: 'energy' }, to: { cell: 'b', port: 'data' } };

  it('leads from output to input, whichever was grabbed first', () => {
    expect(lineOf(output, input)).toEqual(line);
    expect(lineOf(input, output)).toEqual(line);
  });

  it('is none between two of a kind', () => {
    expect(lineOf(output, { ...output, nodeId: 'c' })).toBeNull();
    expect(lineOf(input, { ...input, nodeId: 'c' })).toBeNull();
  });
});
