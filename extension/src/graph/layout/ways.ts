import {
  routeKey,
  type ILayout,
  type IPlace,
  type IRoute,
  type Places
} from './arrange';
import type { DrawnItem, IDrawing, IDrawnEdge } from './drawing';
import type { Direction } from './shape';

/** A line that passes behind no node, where it stands on the canvas. */
export interface IWay {
  readonly from: IPlace;
  readonly to: IPlace;
  /** In the form of SVG. */
  readonly path: string;
  /** Where its label stands. */
  readonly middle: IPlace;
}

/** By drawn edge. */
export type Ways = ReadonlyMap<string, IWay>;

/** Pixels between lines that connect the same nodes, and the most that one is led aside. */
const [SPREAD, MOST_ASIDE] = [6, 12];

/**
 * The ways of lines whose two ends stand where the layout put them. Others have none: the
 * layout knows nothing of what is beside them.
 */
export function waysOf(
  drawing: IDrawing,
  places: Places,
  { places: automatic, routes }: ILayout,
  direction: Direction
): Ways {
  const items = new Map(drawing.items.map(item => [item.id, item]));
  const isMoved = (id: string): boolean => {
    const [now, before] = [places.get(id), automatic.get(id)];
    return now?.x !== before?.x || now?.y !== before?.y;
  };
  const bundles = new Map<string, IDrawnEdge[]>();
  for (const edge of drawing.edges) {
    const key = routeKey(edge);
    bundles.set(key, [...(bundles.get(key) ?? []), edge]);
  }
  const ways = new Map<string, IWay>();
  for (const [key, edges] of bundles) {
    const route = routes.get(key);
    const [from, to] = [edges[0]?.from ?? '', edges[0]?.to ?? ''];
    const corner = places.get(from);
    // The lines of folded sections begin and end above and below, wherever data flows.
    const isAside =
      direction === 'right' && [from, to].some(id => items.get(id)?.kind !== 'cell');
    if (!route || !corner || isMoved(from) || isMoved(to) || isAside) {
      continue;
    }
    edges.forEach((edge, at) => {
      const aside = (at - (edges.length - 1) / 2) * SPREAD;
      ways.set(
        edge.id,
        wayOf(endsOf(edge, items, places), corner, route, {
          direction,
          aside: Math.max(-MOST_ASIDE, Math.min(aside, MOST_ASIDE))
        })
      );
    });
  }
  return ways;
}

/** The two places at which a line ends. */
export function endsOf(
  { from, output, to, input }: IDrawnEdge,
  items: ReadonlyMap<string, DrawnItem>,
  places: Places
): readonly [IPlace, IPlace] {
  const end = (id: string, side: 'inputs' | 'outputs', port: string | null): IPlace => {
    const item = items.get(id);
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    const place =
      item?.kind === 'cell' ? item.shape[side].find(each => each.id === port) : null;
    const { width = 0, height = 0 } = item?.shape ?? {};
    return place
      ? { x: x + place.x, y: y + place.y }
      : { x: x + width / 2, y: side === 'inputs' ? y : y + height };
  };
  return [end(from, 'outputs', output), end(to, 'inputs', input)];
}

/** Straight past nodes, and in curves where there are none, between the ranks. */
function wayOf(
  [from, to]: readonly [IPlace, IPlace],
  corner: IPlace,
  { leaves, enters, passes }: IRoute,
  { direction, aside }: { readonly direction: Direction; readonly aside: number }
): IWay {
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
  const steps = points.slice(1).map((next, at) => {
    const last = points[at] ?? from;
    if (at % 2 === 0) {
      return `L${text(next)}`;
    }
    const half = isDown ? (last.y + next.y) / 2 : (last.x + next.x) / 2;
    const [c1, c2] = isDown
      ? [point(half, last.x), point(half, next.x)]
      : [point(half, last.y), point(half, next.y)];
    return `C${text(c1)} ${text(c2)} ${text(next)}`;
  });
  const [a = from, b = to] = points.slice(points.length / 2 - 1);
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return { from, to, path: [`M${text(from)}`, ...steps].join(' '), middle };
}

function text({ x, y }: IPlace): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}
