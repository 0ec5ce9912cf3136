import type { IGraphRow } from '@llmos-lab/skills';
import * as React from 'react';

/** Pixels between two columns. */
const STEP = 12;
/** Columns beyond are drawn on top of the last. */
const MOST_COLUMNS = 8;
const HUES = [210, 30, 130, 285, 175, 350, 60, 250];

/** The dot of one commit and the lines that cross its row. */
export function CommitGraph(props: {
  readonly row: IGraphRow;
  /** The rightmost column of the rows in sight. */
  readonly columns: number;
  readonly height: number;
}): React.JSX.Element {
  const { row, columns, height } = props;
  const middle = height / 2;
  const width = (Math.min(columns, MOST_COLUMNS - 1) + 1) * STEP + 4;
  const dot = place(row.column);
  return (
    <svg className="llmos-CommitGraph" width={width} height={height} aria-hidden="true">
      {row.passing.map(at => (
        <path key={`p${at}`} d={`M${place(at)} 0V${height}`} stroke={colour(at)} />
      ))}
      {row.above.map(at => (
        <path key={`a${at}`} d={bend(place(at), 0, dot, middle)} stroke={colour(at)} />
      ))}
      {row.below.map(at => (
        <path
          key={`b${at}`}
          d={bend(dot, middle, place(at), height)}
          stroke={colour(at)}
        />
      ))}
      <circle cx={dot} cy={middle} r={4} fill={colour(row.column)} />
    </svg>
  );
}

function place(column: number): number {
  return Math.min(column, MOST_COLUMNS - 1) * STEP + STEP / 2 + 2;
}

function bend(x: number, y: number, toX: number, toY: number): string {
  const half = (y + toY) / 2;
  return x === toX
    ? `M${x} ${y}V${toY}`
    : `M${x} ${y}C${x} ${half} ${toX} ${half} ${toX} ${toY}`;
}

/** Middle lightness is seen on light and dark alike. */
function colour(column: number): string {
  return `hsl(${HUES[column % HUES.length]} 55% 50%)`;
}
