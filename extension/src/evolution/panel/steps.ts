/** Where the members of a learned skill stand in its picture, and how lines go between them. */
import type { ICompoundGraph } from '@llmos-lab/skills';

import { routeKey, type ILayout, type ILayoutGraph } from '../../graph/layout/arrange';
import { areaOf, type IBox, type IPlace } from '../../graph/layout/box';

/** Size of each member's box. */
export const STEP = { width: 150, height: 26 } as const;
const MARGIN = 4;

type Graph = Pick<ICompoundGraph, 'labels' | 'edges'>;

/** A member, with its box. */
export interface IStep extends IBox {
  readonly name: string;
}

/** What flows between two members: through these points, straight down at every second one. */
export interface IStepLine {
  readonly title: string;
  readonly points: readonly IPlace[];
}

/** The picture. */
export interface ISteps {
  readonly steps: readonly IStep[];
  readonly lines: readonly IStepLine[];
  /** Everything with a margin. */
  readonly area: IBox;
}

/** The graph as it is laid out. */
export function toLayout({ labels, edges }: Graph): ILayoutGraph {
  return {
    nodes: labels.map((_, at) => ({
      id: String(at),
      width: STEP.width,
      // Ranks are laid out with room for labels, which are none here: nodes stand in it.
      height: 0,
      section: null
    })),
    edges: edges.map(([from, , to]) => ({ from: String(from), to: String(to) })),
    direction: 'down'
  };
}

/** Lines past the ranks between their ends keep to the ways that the layout left free. */
export function stepsOf(
  { labels, edges }: Graph,
  { places, routes }: Pick<ILayout, 'places' | 'routes'>
): ISteps {
  const placeOf = (node: number): IPlace => places.get(String(node)) ?? { x: 0, y: 0 };
  const steps = labels.map((name, node) => ({ ...placeOf(node), ...STEP, name }));
  const lines = edges.map(([from, output, to, input]) => {
    const [start, end] = [placeOf(from), placeOf(to)];
    const route = routes.get(routeKey({ from: String(from), to: String(to) }));
    const passed = (route?.passes ?? []).flatMap(pass => {
      const [x, y] = [start.x + pass.at, start.y + pass.from];
      return [
        { x, y },
        { x, y: y + STEP.height }
      ];
    });
    const middle = STEP.width / 2;
    return {
      title: `${output} → ${input}`,
      points: [
        { x: start.x + middle, y: start.y + STEP.height },
        ...passed,
        { x: end.x + middle, y: end.y }
      ]
    };
  });
  const corners = [
    ...steps.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height }
    ]),
    ...lines.flatMap(({ points }) => points)
  ];
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const least = { x: Math.min(...xs), y: Math.min(...ys) };
  const most = { x: Math.max(...xs), y: Math.max(...ys) };
  return { steps, lines, area: areaOf(least, most, MARGIN) };
}

/** The line as a path: past other members straight, between ranks in curves. */
export function pathOf({ points }: IStepLine): string {
  const [first, ...rest] = points;
  let from = first ?? { x: 0, y: 0 };
  return rest.reduce((path, to, index) => {
    const middle = (from.y + to.y) / 2;
    const step =
      index % 2 === 0
        ? `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`
        : `V${to.y}`;
    from = to;
    return path + step;
  }, `M${from.x} ${from.y}`);
}
