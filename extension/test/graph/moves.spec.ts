import type { FlowNode } from '../../src/graph/panel/flow';
import { movedPlaces } from '../../src/graph/panel/moves';

/** A section with two cells, and a cell outside. */
const NODES = [
  { id: 'frame s', type: 'frame', position: { x: 100, y: 50 } },
  { id: 'a', type: 'cell', parentId: 'frame s', position: { x: 10, y: 30 } },
  { id: 'b', type: 'cell', parentId: 'frame s', position: { x: 10, y: 90 } },
  { id: 'c', type: 'cell', position: { x: 0, y: 0 } },
  { id: 'folded t', type: 'folded', position: { x: 0, y: 300 } }
] as unknown as readonly FlowNode[];

function placesAfter(id: string, x: number, y: number): unknown[] {
  return [...movedPlaces(NODES, [{ id, type: 'position', position: { x, y } }])];
}

describe('movedPlaces', () => {
  it('has whole pixels of the canvas, also of a cell in a frame', () => {
    expect(placesAfter('c', 4.6, -3.2)).toEqual([['c', { x: 5, y: -3 }]]);
    expect(placesAfter('a', 20, 30)).toEqual([['a', { x: 120, y: 80 }]]);
  });

  it('has all cells of a frame that is moved', () => {
    expect(placesAfter('frame s', 200, 50)).toEqual([
      ['a', { x: 210, y: 80 }],
      ['b', { x: 210, y: 140 }]
    ]);
  });

  it('has a folded section as one box', () => {
    expect(placesAfter('folded t', 50, 300)).toEqual([['folded t', { x: 50, y: 300 }]]);
  });

  it('has nothing of a move without a place', () => {
    expect(movedPlaces(NODES, [{ id: 'a', type: 'position' }]).size).toBe(0);
  });
});
