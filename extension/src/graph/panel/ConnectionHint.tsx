import { useConnection, useStore } from '@xyflow/react';
import * as React from 'react';

import { MORE } from '../layout/shape';
import { lineOf, type Judge, type PortHandle } from './connecting';
import { useGraph } from './context';

/** Beside the pointer while a line is drawn: what would be connected, or why it cannot. */
export function ConnectionHint(props: {
  readonly judge: Judge;
}): React.JSX.Element | null {
  const { trans } = useGraph();
  const { fromHandle, toHandle, pointer } = useConnection();
  const height = useStore(store => store.height);
  if (!fromHandle || !toHandle || isSame(fromHandle, toHandle)) {
    return null;
  }
  const fault = props.judge(fromHandle, toHandle);
  const line = lineOf(fromHandle, toHandle);
  const isOpen = line?.from.port === MORE || line?.to.port === MORE;
  const text = isOpen
    ? trans.__('Let go to choose among more')
    : `${line?.from.port ?? ''} → ${line?.to.port ?? ''}`;
  const classes = [
    'llmos-GraphHint',
    ...(fault === null ? [] : ['llmos-mod-refused']),
    ...(pointer.y > height / 2 ? ['llmos-mod-above'] : [])
  ];
  return (
    <div
      className={classes.join(' ')}
      style={
        {
          '--llmos-x': `${pointer.x}px`,
          '--llmos-y': `${pointer.y}px`
        } as React.CSSProperties
      }
      role="status"
    >
      {fault ?? text}
    </div>
  );
}

function isSame(a: PortHandle, b: PortHandle): boolean {
  return a.nodeId === b.nodeId && a.id === b.id && a.type === b.type;
}
