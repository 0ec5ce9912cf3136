import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react';

import type { ISection } from '../graphModel/view';
import type { Places } from '../layout/arrange';
import type { IPlace } from '../layout/box';
import type {
  DrawnItem,
  ICellItem,
  IDrawing,
  IDrawnEdge,
  IFoldedItem
} from '../layout/drawing';
import { framesOf } from '../layout/placed';
import type { Direction, INodeShape, IPlacedPort } from '../layout/shape';
import type { Ways } from '../layout/ways';

/** A cell as React Flow takes it. */
export type CellFlowNode = Node<{ readonly item: ICellItem }, 'cell'>;

/** A folded section as React Flow takes it. */
export type FoldedFlowNode = Node<{ readonly item: IFoldedItem }, 'folded'>;

/** A section's frame as React Flow takes it: behind its cells, not a parent of them. */
export type FrameFlowNode = Node<{ readonly section: ISection }, 'frame'>;

/** Everything that has a place on the canvas. */
export type FlowNode = CellFlowNode | FoldedFlowNode | FrameFlowNode;

/** A line as React Flow takes it. */
export type FlowEdge = Edge<
  { readonly drawn: IDrawnEdge; readonly ways: Ways },
  'value'
>;

/** Side of the square in which a port can be grabbed. */
export const PORT_SIZE = 10;

/** What a flow shows besides the drawing. */
export interface IFlowOptions {
  readonly places: Places;
  readonly selected: ReadonlySet<string>;
  /** Names a node for screen readers. */
  readonly label: (item: DrawnItem) => string;
}

/**
 * The drawing in React Flow's form, with sizes and ports given, so that nothing has to be
 * measured. A node that is as before stays the same object.
 */
export function toFlowNodes(
  drawing: IDrawing,
  options: IFlowOptions,
  former: readonly FlowNode[] = []
): FlowNode[] {
  const { places, selected, label } = options;
  const frames = framesOf(drawing, places);
  const origins = new Map<string, IPlace>(
    frames.map(frame => [frame.section.id, frame])
  );
  const before = new Map(former.map(node => [node.id, node]));
  const frameNodes = frames.map((frame): FlowNode => {
    const { section, x, y, width, height } = frame;
    const node: FrameFlowNode = {
      id: frameId(section.id),
      type: 'frame',
      data: { section },
      position: { x, y },
      ...{ width, height, measured: { width, height } },
      ...{ selectable: false, focusable: false, zIndex: 0 },
      dragHandle: '.llmos-GraphFrame-title',
      ariaLabel: section.title
    };
    return keep(before.get(node.id), node);
  });
  const itemNodes = drawing.items.map((item): FlowNode => {
    const place = places.get(item.id) ?? { x: 0, y: 0 };
    const section = item.kind === 'cell' ? item.section : null;
    const origin = section === null ? undefined : origins.get(section);
    const { width, height } = item.shape;
    const common = {
      id: item.id,
      position: { x: place.x - (origin?.x ?? 0), y: place.y - (origin?.y ?? 0) },
      ...{ width, height, measured: { width, height } },
      ...(origin && section !== null ? { parentId: frameId(section) } : {}),
      zIndex: 1,
      ariaLabel: label(item)
    };
    const node: FlowNode =
      item.kind === 'cell'
        ? {
            ...common,
            type: 'cell',
            data: { item },
            handles: handlesOf(item.shape),
            selected: selected.has(item.id)
          }
        : {
            ...common,
            type: 'folded',
            data: { item },
            handles: foldedHandles(item.shape),
            selectable: false,
            draggable: hasOwnPlace(item.section),
            // Tab goes to its button; no key that is described does anything to a section.
            domAttributes: { tabIndex: -1, 'aria-describedby': undefined }
          };
    return keep(before.get(node.id), node);
  });
  return [...frameNodes, ...itemNodes];
}

/** Whether the cell of a section's heading keeps its place, and not that of another one. */
function hasOwnPlace({ id, cell }: ISection): boolean {
  return id === cell;
}

/** Has a space in it, which no id of a cell has. */
function frameId(section: string): string {
  return `frame ${section}`;
}

/** The former object when it would be drawn the same. */
function keep(former: FlowNode | undefined, node: FlowNode): FlowNode {
  const isSame =
    former?.type === node.type &&
    former.position.x === node.position.x &&
    former.position.y === node.position.y &&
    former.width === node.width &&
    former.height === node.height &&
    former.parentId === node.parentId &&
    former.selected === node.selected &&
    former.ariaLabel === node.ariaLabel &&
    isSameData(former, node);
  return isSame ? former : node;
}

function isSameData(a: FlowNode, b: FlowNode): boolean {
  if (a.type === 'cell' && b.type === 'cell') {
    return (
      a.data.item.node === b.data.item.node &&
      a.data.item.shape.direction === b.data.item.shape.direction
    );
  }
  if (a.type === 'folded' && b.type === 'folded') {
    return (
      a.data.item.section === b.data.item.section &&
      a.data.item.shape.direction === b.data.item.shape.direction
    );
  }
  return a.type === 'frame' && b.type === 'frame' && a.data.section === b.data.section;
}

/** On which sides of a node lines end and begin. */
export function sidesOf(direction: Direction): {
  readonly target: Position;
  readonly source: Position;
} {
  return direction === 'down'
    ? { target: Position.Top, source: Position.Bottom }
    : { target: Position.Left, source: Position.Right };
}

function handlesOf(shape: INodeShape): NodeHandle[] {
  const sides = sidesOf(shape.direction);
  const handle =
    (type: 'source' | 'target') =>
    ({ id, x, y }: IPlacedPort): NodeHandle => ({
      ...{ id, type, position: sides[type], width: PORT_SIZE, height: PORT_SIZE },
      x: x - PORT_SIZE / 2,
      y: y - PORT_SIZE / 2
    });
  return [
    ...shape.inputs.map(handle('target')),
    ...shape.outputs.map(handle('source'))
  ];
}

function foldedHandles({
  direction,
  width,
  height
}: IFoldedItem['shape']): NodeHandle[] {
  const { target, source } = sidesOf(direction);
  const size = { width: 1, height: 1 };
  const [begin, end] =
    direction === 'down'
      ? [
          { x: width / 2, y: 0 },
          { x: width / 2, y: height }
        ]
      : [
          { x: 0, y: height / 2 },
          { x: width, y: height / 2 }
        ];
  return [
    { type: 'target', position: target, ...begin, ...size },
    { type: 'source', position: source, ...end, ...size }
  ];
}

/** What lines show besides the drawing. */
export interface IFlowEdgeOptions {
  readonly ways: Ways;
  readonly selected: ReadonlySet<string>;
  /** Names a line for screen readers. */
  readonly label: (drawn: IDrawnEdge) => string;
}

/** Edges in React Flow's form; an edge that is as before stays the same object. */
export function toFlowEdges(
  drawing: IDrawing,
  { ways, selected, label }: IFlowEdgeOptions,
  former: readonly FlowEdge[] = []
): FlowEdge[] {
  const before = new Map(former.map(edge => [edge.id, edge]));
  return drawing.edges.map((drawn): FlowEdge => {
    const edge: FlowEdge = {
      id: drawn.id,
      type: 'value',
      ...{ source: drawn.from, target: drawn.to },
      ...{ sourceHandle: drawn.output, targetHandle: drawn.input },
      data: { drawn, ways },
      selected: selected.has(drawn.id),
      ariaLabel: label(drawn),
      className: drawn.edges.some(({ problem }) => problem) ? 'llmos-mod-problem' : ''
    };
    const old = before.get(edge.id);
    const isSame =
      old?.selected === edge.selected &&
      old?.className === edge.className &&
      old?.ariaLabel === edge.ariaLabel &&
      old?.sourceHandle === edge.sourceHandle &&
      old?.targetHandle === edge.targetHandle &&
      old?.data?.ways === ways &&
      old?.data?.drawn.edges.length === drawn.edges.length &&
      old.data.drawn.edges.every((each, at) => each === drawn.edges[at]);
    return old && isSame ? old : edge;
  });
}
