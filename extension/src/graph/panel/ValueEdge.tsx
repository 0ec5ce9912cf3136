import {
  BaseEdge,
  EdgeLabelRenderer,
  getBezierPath,
  type EdgeProps
} from '@xyflow/react';
import * as React from 'react';

import type { IPlace } from '../layout/box';
import { useGraph } from './context';
import { PORT_SIZE, type FlowEdge } from './flow';
import { problemText } from './texts';

/** A value's way; its variable stands on it while it is hovered, selected or wrong. */
export const ValueEdge = React.memo(function ValueEdge(
  props: EdgeProps<FlowEdge>
): React.JSX.Element {
  const { trans } = useGraph();
  const [isHovered, setHovered] = React.useState(false);
  const [path, labelX, labelY] = pathOf(props);
  const edges = props.data?.drawn.edges ?? [];
  const problems = edges.flatMap(({ problem }) => problem ?? []);
  const names = [...new Set(edges.map(edge => labelOf(edge.name, edge.output)))];
  const [first] = problems;
  const isShown = isHovered || props.selected === true;
  return (
    <g
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
      className="llmos-GraphEdge"
    >
      <BaseEdge id={props.id} path={path} interactionWidth={16} />
      {(isShown || first !== undefined) && (
        <EdgeLabelRenderer>
          <div
            className={`llmos-GraphEdge-label${first ? ' llmos-mod-problem' : ''}`}
            style={{
              transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)`
            }}
          >
            {isShown ? names.join(', ') : '!'}
            {isShown && first !== undefined && (
              <div className="llmos-GraphEdge-problem">{problemText(first, trans)}</div>
            )}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
});

/** The line's way, until one of its ends is dragged away. */
function pathOf(props: EdgeProps<FlowEdge>): readonly [string, number, number] {
  const way = props.data?.ways(props.data.drawn);
  const isThere = ({ x, y }: IPlace, atX: number, atY: number): boolean =>
    Math.abs(x - atX) <= PORT_SIZE && Math.abs(y - atY) <= PORT_SIZE;
  if (
    way &&
    isThere(way.from, props.sourceX, props.sourceY) &&
    isThere(way.to, props.targetX, props.targetY)
  ) {
    return [way.path, way.middle.x, way.middle.y];
  }
  const [path, x, y] = getBezierPath(props);
  return [path, x, y];
}

function labelOf(name: string, output: string): string {
  return output === name ? name : `${name}.${output}`;
}
