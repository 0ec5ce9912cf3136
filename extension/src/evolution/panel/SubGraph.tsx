import { readCompoundCode } from '@llmos-lab/skills';
import * as React from 'react';

import { pathOf, STEP, stepsOf, toLayout, type ISteps } from './steps';

/** The members of a learned skill and what flows between them, drawn small. */
export function SubGraph({
  code,
  label
}: {
  readonly code: string;
  readonly label: string;
}): React.JSX.Element | null {
  const graph = React.useMemo(() => readCompoundCode(code), [code]);
  const [steps, setSteps] = React.useState<ISteps | null>(null);
  React.useEffect(() => {
    let isGone = false;
    if (graph) {
      // The layout comes with the first picture.
      void import('../../graph/layout/dagre').then(({ layOutByDagre }) => {
        if (!isGone) {
          setSteps(stepsOf(graph, layOutByDagre(toLayout(graph))));
        }
      });
    }
    return () => {
      isGone = true;
    };
  }, [graph]);
  return steps && <Picture steps={steps} label={label} />;
}

function Picture({
  steps: { steps, lines, area },
  label
}: {
  readonly steps: ISteps;
  readonly label: string;
}): React.JSX.Element {
  const { x: left, y: top, width, height } = area;
  return (
    <svg
      className="llmos-SubGraph"
      viewBox={`${left} ${top} ${width} ${height}`}
      style={{ maxWidth: width }}
      role="img"
      aria-label={label}
    >
      {lines.map((line, index) => (
        <g key={index}>
          <path d={pathOf(line)} />
          <title>{line.title}</title>
        </g>
      ))}
      {steps.map(({ x, y, width, height, name }, node) => (
        <g key={node}>
          <rect x={x} y={y} width={width} height={height} rx={4} />
          <text
            x={x + width / 2}
            y={y + height / 2}
            textLength={lengthOf(name)}
            lengthAdjust="spacingAndGlyphs"
          >
            {name}
          </text>
          <title>{name}</title>
        </g>
      ))}
    </svg>
  );
}

/** Long names are squeezed into their box. */
function lengthOf(name: string): number | undefined {
  return name.length > 22 ? STEP.width - 12 : undefined;
}
