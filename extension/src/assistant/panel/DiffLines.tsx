import type { IDiffLine } from '@llmos-lab/skills';
import * as React from 'react';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

/** A text with the lines that come and go. */
export function DiffLines({
  lines
}: {
  readonly lines: readonly IDiffLine[];
}): React.JSX.Element {
  return (
    <pre className="llmos-DiffLines" tabIndex={0}>
      {lines.map(({ kind, text }, index) => (
        <span key={index} data-kind={kind}>
          {`${SIGNS[kind]} ${text}\n`}
        </span>
      ))}
    </pre>
  );
}
