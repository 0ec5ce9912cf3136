import type { Boxes } from '../../src/graph/layout/placed';
import {
  areSeen,
  hasOutgrown,
  isInSight,
  sightAfter,
  recovering,
  uncovering,
  watchedOf,
  type ISight
} from '../../src/graph/panel/inSight';
import { SightKeeper } from '../../src/graph/panel/sightKeeper';

const SIGHT: ISight = { x: 0, y: 0, zoom: 1, width: 400, height: 300 };

/** Nodes of 100 by 50 pixels. */
function at(places: Readonly<Record<string, readonly [x: number, y: number]>>): Boxes {
  return new Map(
    Object.entries(places).map(([id, [x, y]]) => [id, { x, y, width: 100, height: 50 }])
  );
}

function after(
  before: Boxes,
  now: Boxes,
  selected: readonly string[] = [],
  sight = SIGHT
): ReturnType<typeof sightAfter> {
  return sightAfter({ before, after: now, selected: new Set(selected), sight });
}

describe('sightAfter', () => {
  const BEFORE = at({ a: [50, 50], b: [200, 100], far: [2000, 0] });

  it('lets the canvas be where everything looked at is still seen', () => {
    expect(after(BEFORE, at({ a: [60, 50], b: [250, 120] }), ['a'])).toBeNull();
    expect(after(BEFORE, at({ a: [60, 50], b: [900, 120] }))).toBeNull();
  });

  it('shows the selected node where it was', () => {
    const sight = after(BEFORE, at({ a: [1050, 650], b: [200, 100] }), ['a']);
    expect(sight).toEqual({ x: -1000, y: -600 });
  });

  it('brings a new selected node into sight as a whole', () => {
    const now = new Map([...BEFORE, ...at({ n: [350, 600] })]);
    const sight = after(BEFORE, now, ['n']);
    expect(sight).toEqual({ x: 400 - 16 - 100 - 350, y: 300 - 16 - 50 - 600 });
  });

  it('keeps what was seen when the selected node was left behind', () => {
    const now = at({ a: [50, 850], b: [200, 900], far: [2000, 0] });
    // The one nearest to the middle stays where it was.
    expect(after(BEFORE, now, ['far'])).toEqual({ x: 0, y: -800 });
  });

  it('counts in pixels of the screen', () => {
    const sight = { ...SIGHT, x: 100, zoom: 0.5 };
    const moved = after(BEFORE, at({ a: [50, 1050], b: [200, 1100] }), ['b'], sight);
    expect(moved).toEqual({ x: 100, y: -500 });
  });

  it('goes with what is seen where a layout moves most of it by the same way', () => {
    const before = at({ a: [50, 50], b: [200, 100], c: [50, 200] });
    // As when a new node at the left makes the layout begin further left.
    const now = at({ a: [182, 50], b: [332, 100], c: [60, 240], n: [190, 240] });
    expect(after(before, now)).toEqual({ x: -132, y: 0 });
    // A node that a person drags takes the canvas nowhere.
    const chosen = new Set(['a', 'b']);
    const change = { before, after: now, selected: new Set<string>(), sight: SIGHT };
    expect(sightAfter({ ...change, chosen })).toBeNull();
  });

  it('brings a new node into sight beside the library, and leaves others under it', () => {
    const sight = { ...SIGHT, covered: 150 };
    const now = new Map([...BEFORE, ...at({ n: [60, 200] })]);
    expect(after(BEFORE, now, ['n'])).toBeNull();
    expect(after(BEFORE, now, ['n'], sight)).toEqual({ x: 150 + 16 - 60, y: 0 });
    expect(after(BEFORE, at({ a: [60, 50], b: [200, 100] }), ['a'], sight)).toBeNull();
  });

  it('keeps nodes beside the library that a layout moves under it', () => {
    const sight = { ...SIGHT, covered: 150 };
    const before = at({ a: [160, 50], b: [280, 100] });
    const now = at({ a: [60, 50], b: [280, 100] });
    expect(after(before, now)).toBeNull();
    expect(after(before, now, [], sight)).toEqual({ x: 150 + 16 - 60, y: 0 });
  });

  it('shows a new selected node as a whole, though others come under the library', () => {
    const sight = { ...SIGHT, covered: 150 };
    const before = at({ a: [160, 50], b: [280, 100] });
    const now = new Map([...before, ...at({ n: [350, 200] })]);
    expect(after(before, now, ['n'], sight)).toEqual({ x: 400 - 16 - 100 - 350, y: 0 });
  });

  it('brings a new node into sight that nobody has selected', () => {
    const now = new Map([...BEFORE, ...at({ n: [350, 600] })]);
    const sight = { x: 400 - 16 - 100 - 350, y: 300 - 16 - 50 - 600 };
    expect(after(BEFORE, now)).toEqual(sight);
    expect(after(BEFORE, now, ['a'])).toEqual(sight);
    // One of them in sight is enough, and a new notebook is no news.
    expect(after(BEFORE, new Map([...now, ...at({ m: [250, 50] })]))).toBeNull();
    const many = at({ k: [900, 0], l: [900, 90], m: [900, 180], n: [900, 270] });
    expect(after(BEFORE, new Map([...BEFORE, ...many]))).toBeNull();
  });

  it('shows a new selected node as a whole, below the zoom buttons', () => {
    const now = new Map([...BEFORE, ...at({ n: [350, -20] })]);
    expect(after(BEFORE, now, ['n'])).toEqual({ x: -66, y: 64 });
  });

  it('fits the graph when nothing of what was seen is left', () => {
    expect(after(BEFORE, at({ far: [2000, 0] }))).toBe('fit');
    expect(after(BEFORE, at({ far: [150, 0] }))).toBeNull();
    // Whoever looked at an empty place chose to.
    expect(after(at({ far: [2000, 0] }), at({ n: [900, 0] }))).toBeNull();
  });
});

describe('SightKeeper', () => {
  const FIRST = at({ a: [50, 50], b: [200, 100] });
  const NEW = at({ n: [350, 100] });

  /** The sights after one state of the graph follows another; `drag` moves one of them. */
  function walk(states: readonly Boxes[], drag = 0): (readonly [number, number])[] {
    const keeper = new SightKeeper();
    let sight = SIGHT;
    return states.slice(1).map((now, index) => {
      const change = { before: states[index] ?? now, after: now, sight };
      const move = keeper.after({ ...change, selected: new Set(['n', 'm']) });
      sight = move && move !== 'fit' ? { ...sight, ...move } : sight;
      const seen = [sight.x, sight.y] as const;
      sight = { ...sight, x: sight.x + (index === 0 ? drag : 0) };
      return seen;
    });
  }

  it('goes back when a new node that it went to is undone, each time', () => {
    const added = new Map([...FIRST, ...NEW]);
    const states = [FIRST, added, FIRST, added, FIRST];
    expect(walk(states).map(([x]) => x)).toEqual([-66, 0, -66, 0]);
  });

  it('goes back step by step where the layout moved the others too', () => {
    const added = new Map([...at({ a: [80.1, 50], b: [230.1, 100] }), ...NEW]);
    const two = new Map([...added, ...at({ m: [500, 300] })]);
    const sights = walk([FIRST, added, two, added, FIRST]);
    expect(sights[2]).toEqual(sights[0]);
    expect(sights[3]).toEqual([0, 0]);
  });

  it('stays where a person has moved it', () => {
    const added = new Map([...FIRST, ...NEW]);
    expect(walk([FIRST, added, FIRST], 10).map(([x]) => x)).toEqual([-66, -56]);
  });
});

describe('uncovering', () => {
  it('moves what is seen out from under the library, by its width at most', () => {
    expect(uncovering(at({ a: [50, 50], b: [200, 100] }), SIGHT, 150)).toBe(116);
    expect(uncovering(at({ a: [-20, 50] }), SIGHT, 150)).toBe(150);
    expect(uncovering(at({ a: [180, 50] }), SIGHT, 150)).toBe(0);
    expect(uncovering(at({ far: [2000, 0] }), SIGHT, 150)).toBe(0);
  });
});

describe('recovering', () => {
  const by = (after: Boxes, covered = 200, before = at({ a: [0, 0] })): number =>
    recovering({ before, after, sight: SIGHT }, covered);

  it('moves what is new and cut at the right into the room that the library left', () => {
    expect(by(at({ a: [260, 50], b: [350, 100] }))).toBe(66);
    expect(by(at({ b: [350, 50] }), 50)).toBe(50);
    // Neither what is wider than the canvas, beyond its beginning, nor what is not cut.
    expect(by(at({ a: [36, 50], b: [350, 100] }))).toBe(20);
    expect(by(at({ a: [50, 50], b: [200, 50] }))).toBe(0);
    expect(by(at({ far: [2000, 0] }))).toBe(0);
  });

  it('leaves what a person has moved there', () => {
    expect(by(at({ a: [350, 50] }))).toBe(0);
    expect(by(at({ a: [350, 50], b: [200, 100] }))).toBe(0);
  });
});

describe('isInSight', () => {
  it('tells whether all nodes are seen as a whole, beside the library', () => {
    const boxes = at({ a: [60, 50], b: [200, 100] });
    expect(isInSight(boxes, SIGHT)).toBe(true);
    expect(isInSight(boxes, { ...SIGHT, covered: 100 })).toBe(false);
    expect(isInSight(boxes, { ...SIGHT, zoom: 1.5 })).toBe(false);
    expect(isInSight(boxes, { ...SIGHT, y: -60 })).toBe(false);
  });
});

describe('hasOutgrown', () => {
  const BEFORE = at({ a: [50, 50], b: [200, 100] });
  const grown = (before: Boxes, now: Boxes, chosen: readonly string[] = []): boolean =>
    hasOutgrown({
      ...{ before, after: now, selected: new Set(), sight: SIGHT },
      chosen: new Set(chosen)
    });

  it('is true where a graph that was in sight as a whole no longer is', () => {
    expect(grown(BEFORE, BEFORE)).toBe(false);
    expect(grown(BEFORE, at({ a: [0, 50], b: [350, 100] }))).toBe(true);
    const wide = new Map([
      ...BEFORE,
      ['b', { x: 200, y: 100, width: 300, height: 50 }]
    ]);
    expect(grown(BEFORE, wide)).toBe(true);
  });

  it('is false of drags and new lines in a graph that is larger than the panel', () => {
    const before = at({ a: [0, 50], b: [200, 100], far: [900, 100], low: [0, 700] });
    // To another place in sight, past an edge, and past that of the graph.
    for (const place of [
      [150, 200],
      [380, 100],
      [1400, 100]
    ] as const) {
      const now = new Map([...before, ...at({ b: place })]);
      expect(grown(before, now, ['b'])).toBe(false);
    }
    const linked = at({ a: [0, 50], b: [200, 100], far: [1200, 100], low: [0, 900] });
    expect(grown(before, linked)).toBe(false);
  });

  it('is false where a node that somebody puts elsewhere pushes others out', () => {
    const now = at({ a: [0, 250], b: [0, 320] });
    expect(grown(BEFORE, now, ['a'])).toBe(false);
    // Not because of one that was put somewhere before.
    const still = at({ a: [50, 50], b: [350, 100] });
    expect(grown(BEFORE, still, ['a'])).toBe(true);
  });
});

describe('watchedOf', () => {
  it('has the selected nodes that were seen, as they stand now', () => {
    const before = at({ a: [50, 50], b: [200, 100], far: [2000, 0] });
    const after = at({ a: [900, 50], b: [200, 100], far: [100, 100] });
    const watched = watchedOf({
      ...{ before, after, sight: SIGHT },
      selected: new Set(['a', 'far', 'gone'])
    });
    expect([...watched.keys()]).toEqual(['a']);
    expect(areSeen(watched, SIGHT)).toBe(false);
    expect(areSeen(watched, { ...SIGHT, x: -800 })).toBe(true);
  });
});
