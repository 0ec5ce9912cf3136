import { readCompoundCode, type ICompoundGraph } from '@llmos-lab/skills';
import * as React from 'react';

import type { Places } from '../../graph/layout/arrange';

const WIDTH = 150;
const HEIGHT = 26;
const MARGIN = 4;

/** The members of a learned skill and what flows between them, drawn small. */
export function SubGraph({
  code,
  label
}: {
  readonly code: string;
  readonly label: string;
}): React.JSX.Element | null {
  const graph = React.useMemo(() => readCompoundCode(code), [code]);
  const [places, setPlaces] = React.useState<Places | null>(null);
  React.useEffect(() => {
    let isGone = false;
    if (graph) {
      // The layout comes with the first picture.
      void import('../../graph/layout/dagre').then(({ layOutByDagre }) => {
        if (!isGone) {
          setPlaces(layOutByDagre(toLayout(graph)).places);
        }
      });
    }
    return () => {
      isGone = true;
    };
  }, [graph]);
  return graph && places ? <Picture {...{ graph, places, label }} /> : null;
}

function toLayout({ labels, edges }: ICompoundGraph) {
  return {
    nodes: labels.map((_, at) => ({
      id: String(at),
      width: WIDTH,
      // Ranks are laid out with room for labels, which are none here: nodes stand in it.
      height: 0,
      section: null
    })),
    edges: edges.map(([from, , to]) => ({ from: String(from), to: String(to) })),
    direction: 'down' as const
  };
}

function Picture({
  graph: { labels, edges },
  places,
  label
}: {
  readonly graph: ICompoundGraph;
  readonly places: Places;
  readonly label: string;
}): React.JSX.Element {
  const at = (node: number): { x: number; y: number } =>
    places.get(String(node)) ?? { x: 0, y: 0 };
  const all = labels.map((_, node) => at(node));
  const width = Math.max(...all.map(({ x }) => x)) + WIDTH + 2 * MARGIN;
  const height = Math.max(...all.map(({ y }) => y)) + HEIGHT + 2 * MARGIN;
  return (
    <svg
      className="llmos-SubGraph"
      viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
      style={{ maxWidth: width }}
      role="img"
      aria-label={label}
    >
      {edges.map(([from, output, to, input], index) => {
        const [start, end] = [at(from), at(to)];
        const x1 = start.x + WIDTH / 2;
        const x2 = end.x + WIDTH / 2;
        const y1 = start.y + HEIGHT;
        const middle = (y1 + end.y) / 2;
        return (
          <g key={index}>
            <path d={`M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${end.y}`} />
            <title>{`${output} → ${input}`}</title>
          </g>
        );
      })}
      {labels.map((name, node) => {
        const { x, y } = at(node);
        return (
          <g key={node}>
            <rect x={x} y={y} width={WIDTH} height={HEIGHT} rx={4} />
            <text
              x={x + WIDTH / 2}
              y={y + HEIGHT / 2}
              textLength={lengthOf(name)}
              lengthAdjust="spacingAndGlyphs"
            >
              {name}
            </text>
            <title>{name}</title>
          </g>
        );
      })}
    </svg>
  );
}

/** Long names are squeezed into their box. */
function lengthOf(name: string): number | undefined {
  return name.length > 22 ? WIDTH - 12 : undefined;
}
