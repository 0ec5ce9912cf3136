import type { TranslationBundle } from '@jupyterlab/translation';
import { Handle, type NodeProps } from '@xyflow/react';
import * as React from 'react';

import { codeSkillIcon } from '../../icons';
import { categoryLook } from '../../skills/category';
import { isWanting, type IGraphNode } from '../graphModel/view';
import { portName, type INodeShape, type IPlacedPort } from '../layout/shape';
import { plannedText } from '../run/planText';
import type { ICellState, IPlannedCell } from '../run/tokens';
import { Elapsed } from '../status/Elapsed';
import { StatusIcon } from '../status/StatusIcon';
import { formatDuration } from '../status/statuses';
import {
  PortMode,
  useCellState,
  useGraph,
  usePlan,
  useLatest,
  useSweep
} from './context';
import { sidesOf, type CellFlowNode } from './flow';
import { NodePicture } from './NodePicture';
import { nodeLabel, placedPortTitle } from './texts';
import { useName } from './useName';

/**
 * A code cell on the canvas: header, ports, latest output, status. In a large graph a node
 * that comes into sight is a box with its title at first.
 */
export const CellNode = React.memo(function CellNode(
  props: NodeProps<CellFlowNode>
): React.JSX.Element {
  const { node, shape } = props.data.item;
  const { found, trans } = useGraph();
  const { isLight, isConnecting } = React.useContext(PortMode);
  const [isNear, setNear] = React.useState(false);
  const isWhole = useLater(isLight) || isNear || isConnecting || props.selected;
  const hasHandles = !isLight || isNear || isConnecting || props.selected;
  const box = React.useRef<HTMLDivElement>(null);
  const state = useCellState(node.id);
  const plan = usePlan(node.id);
  const classes = [
    'llmos-GraphNode',
    `llmos-mod-${node.kind}`,
    `llmos-mod-${shape.direction}`,
    ...(props.selected ? ['llmos-mod-selected'] : []),
    ...(found && !found.has(node.id) ? ['llmos-mod-dimmed'] : []),
    ...(plan ? [`llmos-mod-plan-${plan.action}`] : [])
  ];
  return (
    <div
      ref={box}
      className={classes.join(' ')}
      style={hueOf(node)}
      data-status={state?.status}
      title={plan ? plannedText(plan, trans) : undefined}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      {isWhole ? (
        <Parts {...{ node, shape, hasHandles, box }} />
      ) : (
        <div className="llmos-GraphNode-header">
          <span className="llmos-GraphNode-title">{node.title}</span>
        </div>
      )}
    </div>
  );
});

/**
 * True from the first drawing on, or, where there is much to draw, when the page has
 * time: what a drag brings into sight must not hold up the drag.
 */
function useLater(isMuch: boolean): boolean {
  const [isTime, setTime] = React.useState(!isMuch);
  React.useEffect(() => React.startTransition(() => setTime(true)), []);
  return isTime;
}

/** What stands in the box of a cell. */
const Parts = React.memo(function Parts(props: {
  readonly node: IGraphNode;
  readonly shape: INodeShape;
  readonly hasHandles: boolean;
  readonly box: React.RefObject<HTMLElement>;
}): React.JSX.Element {
  const { node, shape, hasHandles, box } = props;
  const isDown = shape.direction === 'down';
  const ports = { shape, hasHandles };
  return (
    <>
      {isDown && <Ports {...ports} side="inputs" />}
      <Header node={node} />
      {!isDown && (
        <div className="llmos-GraphNode-rows">
          <Ports {...ports} side="inputs" />
          <Ports {...ports} side="outputs" />
        </div>
      )}
      <Latest node={node} hasPicture={shape.hasPicture} box={box} />
      {isDown && <Ports {...ports} side="outputs" />}
    </>
  );
});

function hueOf(node: IGraphNode): React.CSSProperties {
  const hue = node.category === null ? null : categoryLook(node.category).hue;
  return hue === null ? {} : ({ '--llmos-hue': String(hue) } as React.CSSProperties);
}

function Header({ node }: { readonly node: IGraphNode }): React.JSX.Element {
  const { trans } = useGraph();
  const state = useCellState(node.id);
  const icon =
    node.category === null ? codeSkillIcon : categoryLook(node.category).icon;
  const isMissing = node.kind === 'missing';
  const title = isMissing
    ? trans.__(
        'No volume has the skill "%1". Import it, or change the cell.',
        node.title
      )
    : node.target === null
      ? node.title
      : `${node.title} → ${node.target}`;
  return (
    <div className="llmos-GraphNode-header" title={title}>
      <icon.react tag="span" className="llmos-GraphNode-icon" />
      <span className="llmos-GraphNode-title">{node.title}</span>
      {node.target !== null && (
        <span className="llmos-GraphNode-target">{node.target}</span>
      )}
      {isMissing && (
        <span className="llmos-GraphNode-missing">{trans.__('missing')}</span>
      )}
      {state && state.status !== 'idle' && (
        <StatusIcon
          status={state.status}
          trans={trans}
          title={state.message ?? state.reason}
        />
      )}
    </div>
  );
}

interface IPortsProps {
  readonly shape: INodeShape;
  /** Whether lines can be drawn here; else ports are only dots. */
  readonly hasHandles: boolean;
  readonly side: 'inputs' | 'outputs';
}

function Ports({ shape, side, hasHandles }: IPortsProps): React.JSX.Element | null {
  const ports = shape[side];
  return ports.length === 0 ? null : (
    <div className={`llmos-GraphNode-ports llmos-mod-${side}`}>
      {ports.map(port => (
        <Port key={port.id} {...{ port, shape, side, hasHandles }} />
      ))}
    </div>
  );
}

function Port(props: IPortsProps & { readonly port: IPlacedPort }): React.JSX.Element {
  const { port, shape, side, hasHandles } = props;
  const { trans } = useGraph();
  const [first] = port.ports;
  const isInput = side === 'inputs';
  const type = isInput ? 'target' : 'source';
  const isDown = shape.direction === 'down';
  const classes = [
    'llmos-GraphPort',
    ...(port.ports.some(({ linked }) => linked) ? ['llmos-mod-linked'] : []),
    ...(isInput && port.ports.some(isWanting) ? ['llmos-mod-wanting'] : [])
  ];
  return (
    <div
      className={classes.join(' ')}
      style={isDown ? { width: port.width } : undefined}
      title={placedPortTitle(port, isInput, trans)}
    >
      {hasHandles ? (
        <Handle
          id={port.id}
          type={type}
          position={sidesOf(shape.direction)[type]}
          style={isDown ? { left: port.x } : { top: port.y }}
          data-type={first?.type ?? 'any'}
        />
      ) : (
        <span
          className="llmos-GraphPort-dot"
          style={{ left: port.x - 5, top: port.y - 5 }}
        />
      )}
      <span className="llmos-GraphPort-name">{portName(port)}</span>
    </div>
  );
}

/** Picture, value or error of the last run, and how long it took. */
function Latest(props: {
  readonly node: IGraphNode;
  readonly hasPicture: boolean;
  readonly box: React.RefObject<HTMLElement>;
}): React.JSX.Element {
  const { node, hasPicture } = props;
  const { id } = node;
  const { trans } = useGraph();
  const state = useCellState(id);
  const plan = usePlan(id);
  const sweep = useSweep(id);
  const { text, whole, isError, result, isOlder } = useLatest(id);
  useName(props.box, nodeLabel(node, trans, state?.status, isError));
  const mod = isOlder ? ' llmos-mod-older' : '';
  const older = isOlder ? trans.__('Older result') : undefined;
  // That it was stopped leaves room for an older value, an error does not.
  const value = isOlder && !isError && result?.kind === 'text' ? result.text : '';
  const planned = plan ? planWord(plan, trans) : '';
  return (
    <>
      {hasPicture && (
        <div className={`llmos-GraphNode-picture${mod}`} title={older}>
          {result?.kind === 'image' && <NodePicture preview={result} />}
        </div>
      )}
      {sweep !== null ? (
        <SweepFooter text={sweep} />
      ) : (
        <div className="llmos-GraphNode-footer">
          {text !== value && (
            <span
              className={`llmos-GraphNode-value${isError ? ' llmos-mod-error' : ''}`}
              title={whole}
              aria-hidden={text !== whole || undefined}
            >
              {text}
            </span>
          )}
          {text !== value && text !== whole && (
            <span className="llmos-Status-hiddenWord">{whole}</span>
          )}
          {value !== '' && (
            <span
              className={`llmos-GraphNode-value${mod}`}
              title={trans.__('Older result: %1', value)}
            >
              {value}
            </span>
          )}
          {planned !== '' ? (
            <span className="llmos-GraphNode-plan">{planned}</span>
          ) : (
            <Time state={state} />
          )}
        </div>
      )}
      {state?.status === 'running' && <Progress expectedMs={state.expectedMs} />}
    </>
  );
}

/** What the run that a person looks at would do with a cell; empty where nothing. */
function planWord({ action, isOpen }: IPlannedCell, trans: TranslationBundle): string {
  const words = {
    run: isOpen ? trans.__('runs if new') : trans.__('will run'),
    cached: trans.__('from cache'),
    keep: ''
  };
  return words[action];
}

/** How long the last run took, or takes already. */
function Time(props: { readonly state: ICellState | null }): React.JSX.Element | null {
  const { trans } = useGraph();
  const { status, ms, startedAt, expectedMs } = props.state ?? {};
  const className = 'llmos-GraphNode-time';
  if (status === 'running' && startedAt !== undefined) {
    return <Elapsed {...{ startedAt, expectedMs, className, trans }} />;
  }
  return ms === undefined || status === 'running' ? null : (
    <span className={className}>{formatDuration(ms)}</span>
  );
}

/** How far a sweep is, with a way to stop it; dragging the node begins elsewhere. */
function SweepFooter({ text }: { readonly text: string }): React.JSX.Element {
  const { sweeps, notebook, trans } = useGraph();
  return (
    <div className="llmos-GraphNode-footer">
      <span className="llmos-GraphNode-sweep" title={text}>
        {text}
      </span>
      <button
        type="button"
        className="llmos-GraphNode-stop nodrag"
        aria-label={trans.__('Stop the sweep')}
        onClick={event => {
          event.stopPropagation();
          // The button goes with the sweep.
          event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus();
          if (notebook) {
            sweeps?.of(notebook)?.stop();
          }
        }}
      >
        {trans.__('Stop')}
      </button>
    </div>
  );
}

/** A bar that fills in the time that earlier runs took; it only shows that it runs else. */
function Progress(props: {
  readonly expectedMs: number | undefined;
}): React.JSX.Element {
  const { expectedMs } = props;
  const isKnown = expectedMs !== undefined && expectedMs > 0;
  return (
    <div
      className={`llmos-GraphNode-progress${isKnown ? '' : ' llmos-mod-unknown'}`}
      style={isKnown ? { animationDuration: `${expectedMs}ms` } : undefined}
    />
  );
}
