import { routeKey, type ILayout, type IRoute, type Places } from './arrange';
import { distance, type IBox, type IPlace } from './box';
import { cornersAround } from './around';
import { BoxGrid } from './boxGrid';
import type { DrawnItem, IDrawing, IDrawnEdge } from './drawing';
import { boxesOf } from './placed';
import type { Direction } from './shape';
import { areaUnder, isFree, pathOf, rounded, type IStep, type IStroke } from './stroke';

/** A line as it stands on the canvas. */
export interface IWay {
  readonly from: IPlace;
  readonly to: IPlace;
  /** In the form of SVG. */
  readonly path: string;
  /** Where its label stands. */
  readonly middle: IPlace;
  /** The area that it takes. */
  readonly area: IBox;
}

/** The way of a drawn edge; each is looked for when it is first asked for. */
export type Ways = (edge: IDrawnEdge) => IWay;

/** What decides the ways of lines. */
export interface IScene {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly layout: ILayout;
  readonly direction: Direction;
}

/** A scene in the form in which ways are looked for. */
interface IGround extends IScene {
  readonly items: ReadonlyMap<string, DrawnItem>;
  /** Made when it is first needed: the layout's own lines do without. */
  readonly boxes: () => BoxGrid;
  /** Places of edges in the drawing. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Edges by the two nodes that they connect. */
  readonly bundles: ReadonlyMap<string, readonly IDrawnEdge[]>;
  /** The nodes that do not stand where the layout put them. */
  readonly moved: ReadonlySet<string>;
}

/** Pixels that a curve goes straight on at least, about. */
const REACH = 30;

interface ISketch {
  readonly stroke: IStroke;
  readonly middle: IPlace;
}

type Ends = readonly [IPlace, IPlace];

/** Pixels between lines that connect the same nodes, and the most that one is led aside. */
const [SPREAD, MOST_ASIDE] = [6, 12];

/** Pixels between a line and a node that it goes around; in turn, so that few coincide. */
const MARGINS = [8, 12, 16];

/** The same where that finds no way, or a long one. */
const NARROW = 5;

/** Pixels that a line may be longer to keep its distance. */
const LONGER = 80;

/**
 * The ways of lines, behind no node where there is room for that: as the layout keeps room
 * for them where both ends stand where it put them, else the short way, else around the
 * nodes that are in the way.
 */
export function waysOf(scene: IScene): Ways {
  const ground = groundOf(scene);
  const known = new Map<string, IWay>();
  return edge => {
    const way = known.get(edge.id) ?? wayOf(edge, ground);
    known.set(edge.id, way);
    return way;
  };
}

function groundOf(scene: IScene): IGround {
  const { drawing, places, layout } = scene;
  let boxes: BoxGrid | null = null;
  const bundles = new Map<string, IDrawnEdge[]>();
  for (const edge of drawing.edges) {
    const bundle = bundles.get(routeKey(edge));
    if (bundle) {
      bundle.push(edge);
    } else {
      bundles.set(routeKey(edge), [edge]);
    }
  }
  const moved = drawing.items.flatMap(({ id }) => {
    const [now, before] = [places.get(id), layout.places.get(id)];
    return now?.x === before?.x && now?.y === before?.y ? [] : [id];
  });
  return {
    ...scene,
    items: new Map(drawing.items.map(item => [item.id, item])),
    boxes: () => (boxes ??= new BoxGrid(boxesOf(drawing, places).values())),
    numbers: new Map(drawing.edges.map(({ id }, at) => [id, at])),
    bundles,
    moved: new Set(moved)
  };
}

function wayOf(edge: IDrawnEdge, ground: IGround): IWay {
  const ends = endsOf(edge, ground);
  const { stroke, middle } =
    keptWay(edge, ends, ground) ??
    freeWay(edge, ends, ground) ??
    shortWay(ends, ground);
  const [from, to] = ends;
  return { from, to, path: pathOf(stroke), middle, area: areaUnder(stroke) };
}

/** Where the layout keeps room for an edge; null where it does not, or that is taken. */
function keptWay(edge: IDrawnEdge, ends: Ends, ground: IGround): ISketch | null {
  const { layout, places, bundles, boxes, moved, direction } = ground;
  const route = layout.routes.get(routeKey(edge));
  const corner = places.get(edge.from);
  if (!route || !corner || moved.has(edge.from) || moved.has(edge.to)) {
    return null;
  }
  const bundle = bundles.get(routeKey(edge)) ?? [];
  const at = bundle.findIndex(({ id }) => id === edge.id);
  const aside = (at - (bundle.length - 1) / 2) * SPREAD;
  const sketch = alongRoute(ends, corner, route, {
    direction,
    aside: Math.max(-MOST_ASIDE, Math.min(aside, MOST_ASIDE))
  });
  return moved.size === 0 || isFree(sketch.stroke, boxes()) ? sketch : null;
}

/** The short way where that is free, else one around; null where there is no room. */
function freeWay(edge: IDrawnEdge, ends: Ends, ground: IGround): ISketch | null {
  const { boxes, numbers, direction } = ground;
  const short = shortWay(ends, ground);
  if (isFree(short.stroke, boxes())) {
    return short;
  }
  const wide = MARGINS[(numbers.get(edge.id) ?? 0) % MARGINS.length] ?? NARROW;
  const around = (margin: number): readonly IPlace[] | null =>
    cornersAround(...ends, { boxes: boxes(), direction, margin });
  const roomy = around(wide);
  const most = lengthOf(roomy) - LONGER;
  // Between nodes that stand close, rather than all the way around them.
  const narrow = most > distance(...ends) ? around(NARROW) : null;
  const corners = lengthOf(narrow) < most ? narrow : roomy;
  return corners && { stroke: rounded(corners), middle: middleOf(corners) };
}

/** Pixels along a line; without end where there is none. */
function lengthOf(corners: readonly IPlace[] | null): number {
  return corners
    ? corners.reduce((sum, b, at) => sum + distance(corners[at - 1] ?? b, b), 0)
    : Infinity;
}

/** One curve, whatever it passes; where its ends are close it does not swing back. */
function shortWay([from, to]: Ends, { direction }: IGround): ISketch {
  const isDown = direction === 'down';
  const gap = isDown ? to.y - from.y : to.x - from.x;
  const reach = Math.max(gap > 0 ? Math.min(REACH, gap) : REACH, Math.abs(gap) / 2);
  const by: readonly [IPlace, IPlace] = isDown
    ? [
        { x: from.x, y: from.y + reach },
        { x: to.x, y: to.y - reach }
      ]
    : [
        { x: from.x + reach, y: from.y },
        { x: to.x - reach, y: to.y }
      ];
  return { stroke: { from, steps: [{ to, by }] }, middle: between(from, to) };
}

/** The two places at which a line ends. */
function endsOf(
  { from, output, to, input }: IDrawnEdge,
  { items, places, direction }: IGround
): Ends {
  const isDown = direction === 'down';
  const end = (id: string, side: 'inputs' | 'outputs', port: string | null): IPlace => {
    const item = items.get(id);
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    const place =
      item?.kind === 'cell' ? item.shape[side].find(each => each.id === port) : null;
    if (place) {
      return { x: x + place.x, y: y + place.y };
    }
    const { width = 0, height = 0 } = item?.shape ?? {};
    const far = side === 'outputs' ? 1 : 0;
    return isDown
      ? { x: x + width / 2, y: y + far * height }
      : { x: x + far * width, y: y + height / 2 };
  };
  return [end(from, 'outputs', output), end(to, 'inputs', input)];
}

/** Straight past nodes, and in curves where there are none, between the ranks. */
function alongRoute(
  [from, to]: Ends,
  corner: IPlace,
  { leaves, enters, passes }: IRoute,
  { direction, aside }: { readonly direction: Direction; readonly aside: number }
): ISketch {
  const isDown = direction === 'down';
  const [start, side] = isDown ? [corner.y, corner.x] : [corner.x, corner.y];
  const point = (along: number, across: number): IPlace =>
    isDown ? { x: across, y: along } : { x: along, y: across };
  const points = [
    from,
    point(start + leaves, isDown ? from.x : from.y),
    ...passes.flatMap(pass => [
      point(start + pass.from, side + pass.at + aside),
      point(start + pass.to, side + pass.at + aside)
    ]),
    point(start + enters, isDown ? to.x : to.y),
    to
  ];
  const steps = points.slice(1).map((next, at): IStep => {
    const last = points[at] ?? from;
    if (at % 2 === 0) {
      return { to: next };
    }
    const half = isDown ? (last.y + next.y) / 2 : (last.x + next.x) / 2;
    const by: readonly [IPlace, IPlace] = isDown
      ? [point(half, last.x), point(half, next.x)]
      : [point(half, last.y), point(half, next.y)];
    return { to: next, by };
  });
  const [a = from, b = to] = points.slice(points.length / 2 - 1);
  return { stroke: { from, steps }, middle: between(a, b) };
}

/** The middle of the longest piece of a line. */
function middleOf(corners: readonly IPlace[]): IPlace {
  const pieces = corners.slice(1).map((to, at) => {
    const from = corners[at] ?? to;
    return { length: distance(from, to), middle: between(from, to) };
  });
  const [first = { length: 0, middle: { x: 0, y: 0 } }] = pieces;
  return pieces.reduce((a, b) => (b.length > a.length ? b : a), first).middle;
}

function between(a: IPlace, b: IPlace): IPlace {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
