import '../browser';

import type { Places } from '../../src/graph/layout/arrange';
import type { IBox } from '../../src/graph/layout/box';
import { BoxGrid } from '../../src/graph/layout/boxGrid';
import type { DrawnItem, IDrawing } from '../../src/graph/layout/drawing';
import { boxesOf, finalPlaces, freePlace } from '../../src/graph/layout/placed';

const SIZE = { width: 200, height: 100 };

/** Nodes in rows of 40; those of `chosen` were put by hand. */
function rows(
  count: number,
  chosen: ReadonlyMap<number, readonly [number, number]>
): { readonly drawing: IDrawing; readonly automatic: Places } {
  const ids = Array.from({ length: count }, (_, at) => at);
  const items = ids.map(
    at =>
      ({
        ...{ kind: 'cell', id: `c${at}`, section: null, shape: SIZE },
        node: { position: chosen.get(at) ?? null }
      }) as unknown as DrawnItem
  );
  return {
    drawing: { items, edges: [], frames: [] },
    automatic: new Map(
      ids.map(at => [`c${at}`, { x: (at % 40) * 240, y: Math.floor(at / 40) * 140 }])
    )
  };
}

function overlaps(boxes: readonly IBox[]): number {
  const grid = new BoxGrid(boxes);
  return boxes.filter(box => grid.meeting(box).length > 1).length;
}

describe('finalPlaces', () => {
  it('makes room for a node that was put by hand', () => {
    const { drawing, automatic } = rows(120, new Map([[100, [100, 50]]]));
    const places = finalPlaces(drawing, automatic);
    expect(places.get('c100')).toEqual({ x: 100, y: 50 });
    expect(places.get('c0')).toEqual({ x: 0, y: 162 });
    // What it does not meet stays.
    expect(places.get('c5')).toEqual(automatic.get('c5'));
    expect(overlaps([...boxesOf(drawing, places).values()])).toBe(0);
  });

  it('makes room where sums of places are not exact', () => {
    // 120.7 + 12 - 12 is a little less than 120.7.
    const { drawing, automatic } = rows(40, new Map([[39, [100, 20.7]]]));
    const places = finalPlaces(drawing, automatic);
    expect(places.get('c0')?.y).toBeCloseTo(132.7);
  });

  it('asks a few times for each node, in a notebook of any length', () => {
    const meeting = jest.spyOn(BoxGrid.prototype, 'meeting');
    const perNode = [200, 2000, 8000].map(count => {
      meeting.mockClear();
      const { drawing, automatic } = rows(count, new Map([[9, [100, 50]]]));
      finalPlaces(drawing, automatic);
      return meeting.mock.calls.length / count;
    });
    meeting.mockRestore();
    expect(Math.max(...perNode)).toBeLessThan(3);
  });
});

describe('BoxGrid', () => {
  it('finds what shares more than a border with an area, wherever that is', () => {
    const far = { x: 1e300, y: -1e9, ...SIZE };
    const near = { x: -10, y: 20, ...SIZE };
    const grid = new BoxGrid([far, near]);
    expect(grid.meeting({ x: 0, y: 0, width: 1, height: 21 })).toEqual([near]);
    expect(grid.meeting({ x: 0, y: 0, width: 1, height: 20 })).toEqual([]);
    expect(grid.meeting({ x: -1e12, y: 21, width: 2e12, height: 0 })).toEqual([near]);
    expect(grid.meeting(far)).toEqual([]);
  });

  it('looks at what is near, among any number of boxes', () => {
    let looks = 0;
    const boxes = Array.from({ length: 8000 }, (_, at) => ({
      ...SIZE,
      y: Math.floor(at / 40) * 140,
      get x() {
        looks += 1;
        return (at % 40) * 240;
      }
    }));
    const grid = new BoxGrid(boxes);
    looks = 0;
    expect(grid.meeting({ x: 4800, y: 14000, ...SIZE })).toHaveLength(1);
    expect(looks).toBeLessThan(40);
  });
});

describe('freePlace', () => {
  const at = (x: number, y: number): IBox => ({ x, y, ...SIZE });

  it('leaves a box where nothing is in its way', () => {
    expect(freePlace(at(10, 20), new BoxGrid([at(300, 20)]))).toMatchObject({
      ...{ x: 10, y: 20 }
    });
  });

  it('moves it the shortest way off what it was dropped on', () => {
    const taken = new BoxGrid([at(0, 0)]);
    expect(freePlace(at(20, 70), taken)).toEqual({ x: 20, y: 112 });
    expect(freePlace(at(150, 10), taken)).toEqual({ x: 212, y: 10 });
  });

  it('passes places that are too narrow', () => {
    // Between the two there is room for a box, but not for the room around it.
    const taken = new BoxGrid([at(0, 0), at(0, 205)]);
    const place = freePlace(at(30, 80), taken);
    expect(overlaps([at(0, 0), at(0, 205), { ...SIZE, ...place }])).toBe(0);
    expect(place).toEqual({ x: 212, y: 80 });
  });

  it('finds a place in the middle of many', () => {
    const boxes = Array.from({ length: 400 }, (_, index) =>
      at((index % 20) * 210, Math.floor(index / 20) * 110)
    );
    const place = freePlace(at(2000, 1000), new BoxGrid(boxes));
    expect(overlaps([...boxes, { ...SIZE, ...place }])).toBe(0);
  });
});
