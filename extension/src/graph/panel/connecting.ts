import type {
  Connection,
  FinalConnectionState,
  Handle,
  ReactFlowProps
} from '@xyflow/react';
import * as React from 'react';

import type { IDrawing } from '../layout/drawing';
import { MORE } from '../layout/shape';
import type { IPortEnd } from './actions';
import { useGraph, type IPortMode } from './context';
import type { FlowEdge, FlowNode } from './flow';

/** From this many nodes on their ports are dots until the pointer comes near. */
const LIGHT = 200;

/** A line from port to port, whichever way it was drawn. */
export interface ILine {
  readonly from: IPortEnd;
  readonly to: IPortEnd;
}

/** Says why a line that is drawn cannot be a connection; null when it can. */
export type Judge = (a: PortHandle, b: PortHandle) => string | null;

/** One end of a line that is being drawn, as React Flow tells it. */
export type PortHandle = Pick<Handle, 'nodeId' | 'type'> & {
  readonly id?: string | null;
};

type Handlers = Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  'onConnect' | 'onConnectStart' | 'onConnectEnd' | 'isValidConnection'
>;

/** What happens while a line is drawn from port to port, and when it is let go. */
export function useConnecting(drawing: IDrawing): {
  readonly portMode: IPortMode;
  readonly judge: Judge;
  readonly handlers: Handlers;
} {
  const { actions, trans } = useGraph();
  const [isConnecting, setConnecting] = React.useState(false);
  const isLight = drawing.items.length > LIGHT;
  const portMode = React.useMemo(
    () => ({ isLight, isConnecting }),
    [isLight, isConnecting]
  );
  const judge = useJudge(drawing);
  const finish = (a: PortHandle, b: PortHandle): void => {
    const line = lineOf(a, b);
    const fault = judge(a, b);
    if (!line || isFolded(drawing, a) || isFolded(drawing, b)) {
      actions.refuse(fault ?? trans.__('Connect an output to an input.'));
    } else if (line.from.port === MORE || line.to.port === MORE) {
      actions.chooseConnection(startOf(a, endOf(b).cell));
    } else {
      // The command has the last word, and shows why it refuses.
      void actions.connect(line.from, line.to);
    }
  };
  const dropOn = (handle: PortHandle, cell: string): void => {
    const item = drawing.items.find(({ id }) => id === cell);
    const hasInputs = item?.kind === 'cell' && item.node.kind === 'skill';
    if (handle.type === 'source' && !hasInputs) {
      // Such a cell has no inputs: the command says what to do instead.
      const from = endOf(handle);
      void actions.connect(from, { cell, port: from.port });
    } else {
      actions.chooseConnection(startOf(handle, cell));
    }
  };
  const handlers: Handlers = {
    isValidConnection: connection => {
      const [a, b] = handlesOf(connection);
      return judge(a, b) === null;
    },
    onConnect: connection => finish(...handlesOf(connection)),
    onConnectStart: () => setConnecting(true),
    onConnectEnd: (event, state) => {
      setConnecting(false);
      const { fromHandle, toHandle, isValid }: FinalConnectionState = state;
      const cell = toHandle ? null : cellUnder(event);
      if (fromHandle && toHandle && isValid === false) {
        finish(fromHandle, toHandle);
      } else if (fromHandle && cell !== null && cell !== fromHandle.nodeId) {
        dropOn(fromHandle, cell);
      }
    }
  };
  return { portMode, judge, handlers };
}

/** Judges lines by the edit that they would make; each one once while it is drawn. */
function useJudge(drawing: IDrawing): Judge {
  const { actions, trans } = useGraph();
  return React.useMemo(() => {
    const known = new Map<string, string | null>();
    const read: Judge = (a, b) => {
      const line = lineOf(a, b);
      if (!line) {
        return a.type === 'source'
          ? trans.__('Both ends are outputs. Connect an output to an input.')
          : trans.__('Both ends are inputs. Connect an output to an input.');
      }
      if (isFolded(drawing, a) || isFolded(drawing, b)) {
        return trans.__('This section is folded. Open it, then connect its cells.');
      }
      const isOpen = line.from.port === MORE || line.to.port === MORE;
      return isOpen && line.from.cell !== line.to.cell
        ? null
        : actions.connectionFault(line.from, line.to);
    };
    return (a, b) => {
      const key = JSON.stringify([endOf(a), endOf(b), a.type, b.type]);
      const fault = known.has(key) ? known.get(key) : read(a, b);
      known.set(key, fault ?? null);
      return fault ?? null;
    };
    // The drawing is a new object after each change of the notebook.
  }, [drawing, actions, trans]);
}

/** The ends in the direction in which the value flows; null for two of a kind. */
export function lineOf(a: PortHandle, b: PortHandle): ILine | null {
  const [from, to] = a.type === 'source' ? [a, b] : [b, a];
  return a.type === b.type ? null : { from: endOf(from), to: endOf(to) };
}

function endOf({ nodeId, id }: PortHandle): IPortEnd {
  return { cell: nodeId, port: id ?? '' };
}

/** Where the dialog begins: at the port that was dragged, to be connected with a cell. */
function startOf(
  { nodeId, id, type }: PortHandle,
  other: string
): Parameters<ReturnType<typeof useGraph>['actions']['chooseConnection']>[0] {
  return {
    cell: nodeId,
    ...(id && id !== MORE ? { port: id } : {}),
    side: type === 'source' ? 'output' : 'input',
    other
  };
}

function handlesOf(
  connection: Connection | FlowEdge
): [source: PortHandle, target: PortHandle] {
  const { source, sourceHandle, target, targetHandle } = connection;
  return [
    { nodeId: source, id: sourceHandle ?? null, type: 'source' },
    { nodeId: target, id: targetHandle ?? null, type: 'target' }
  ];
}

function isFolded(drawing: IDrawing, { nodeId }: PortHandle): boolean {
  return drawing.items.some(({ id, kind }) => id === nodeId && kind === 'folded');
}

/** The cell whose node lies under the pointer. */
function cellUnder(event: MouseEvent | TouchEvent): string | null {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event;
  const under = point && document.elementFromPoint(point.clientX, point.clientY);
  const node = under?.closest<HTMLElement>('.react-flow__node-cell');
  return node?.dataset.id ?? null;
}
