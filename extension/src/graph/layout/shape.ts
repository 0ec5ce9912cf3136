import type { IGraphNode, IGraphPort } from '../graphModel/view';

/** Which way data flows on the canvas. */
export type Direction = 'right' | 'down';

/** Sizes in pixels of the canvas at zoom 1; the style sheet takes them from the nodes. */
export const NODE_WIDTH = 236;

/** The category's bar, and the border on the other side. */
export const [LEFT_BORDER, RIGHT_BORDER] = [4, 1];

/** Icon, title and status. */
export const HEADER_HEIGHT = 30;

/** One row of an input and an output. */
export const PORT_HEIGHT = 18;
/** The strip of ports at the top or bottom of a node, when data flows down. */
export const STRIP_HEIGHT = 18;

/** The latest value and how long it took. */
export const FOOTER_HEIGHT = 22;

/** The picture of the latest output. */
export const PICTURE_HEIGHT = 76;

/** Title of a section's frame. */
export const SECTION_HEADER = 26;

/** From a frame to the nodes in it. */
export const SECTION_PADDING = 12;

/** Ports that are shown by name on one side; the others share a port "more". */
const SHOWN: Readonly<Record<Direction, number>> = { right: 7, down: 4 };

/** Id of the port that stands for those not shown. */
export const MORE = '…';

/** Pixels of the canvas at zoom 1. */
export interface ISize {
  readonly width: number;
  readonly height: number;
}

/** A port with its place on the node's border. */
export interface IPlacedPort {
  /** Name of the port, or `MORE`. */
  readonly id: string;
  /** The ports that end here: one, or all that are not shown. */
  readonly ports: readonly IGraphPort[];
  /** Relative to the upper left corner of the node. */
  readonly x: number;
  readonly y: number;
  /** Room for its name, where the ports of a side stand in a row. */
  readonly width: number;
}

/** Size of a node and places of its ports. */
export interface INodeShape extends ISize {
  readonly direction: Direction;
  readonly inputs: readonly IPlacedPort[];
  readonly outputs: readonly IPlacedPort[];
  readonly hasPicture: boolean;
}

/** The shape of a node; it depends on nothing but its arguments, so nothing is measured. */
export function shapeOf(
  node: Pick<IGraphNode, 'inputs' | 'outputs'>,
  direction: Direction,
  hasPicture: boolean
): INodeShape {
  const inputs = shownPorts(node.inputs, direction);
  const outputs = shownPorts(node.outputs, direction);
  const body = FOOTER_HEIGHT + (hasPicture ? PICTURE_HEIGHT : 0);
  if (direction === 'right') {
    const rows = Math.max(inputs.length, outputs.length);
    const half = NODE_WIDTH / 2;
    const row = (at: number): number => HEADER_HEIGHT + (at + 0.5) * PORT_HEIGHT;
    return {
      direction,
      hasPicture,
      width: NODE_WIDTH,
      height: HEADER_HEIGHT + rows * PORT_HEIGHT + body,
      inputs: inputs.map((port, at) => ({ ...port, x: 0, y: row(at), width: half })),
      outputs: outputs.map((port, at) => ({
        ...port,
        ...{ x: NODE_WIDTH, y: row(at), width: half }
      }))
    };
  }
  const strips =
    (inputs.length > 0 ? STRIP_HEIGHT : 0) + (outputs.length > 0 ? STRIP_HEIGHT : 0);
  const height = HEADER_HEIGHT + strips + body;
  return {
    direction,
    hasPicture,
    width: NODE_WIDTH,
    height,
    inputs: inColumns(inputs, 0),
    outputs: inColumns(outputs, height)
  };
}

type Unplaced = Pick<IPlacedPort, 'id' | 'ports'>;

/** Letters of a port's name that count for its room, at least and at most. */
const [FEW_LETTERS, MANY_LETTERS] = [3, 20];

/** What a port has besides its letters, as a number of them: more would cut long names. */
const GAP = 0.3;

/** Ports side by side, each with room by the length of its name. */
function inColumns(ports: readonly Unplaced[], y: number): IPlacedPort[] {
  const shares = ports.map(
    port => GAP + Math.min(Math.max(portName(port).length, FEW_LETTERS), MANY_LETTERS)
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  let left: number = LEFT_BORDER;
  return ports.map((port, at) => {
    const width =
      ((shares[at] ?? 0) / total) * (NODE_WIDTH - LEFT_BORDER - RIGHT_BORDER);
    const x = left + width / 2;
    left += width;
    return { ...port, x, y, width };
  });
}

/** What stands at a port: its name, or how many others it stands for. */
export function portName({ id, ports }: Pick<IPlacedPort, 'id' | 'ports'>): string {
  return ports.length > 1 ? `+${ports.length}` : id;
}

/** Ports in their order; of too many the linked ones first, the rest behind "more". */
function shownPorts(ports: readonly IGraphPort[], direction: Direction): Unplaced[] {
  const limit = SHOWN[direction];
  if (ports.length <= limit) {
    return ports.map(port => ({ id: port.name, ports: [port] }));
  }
  const byNeed = [...ports].sort((a, b) => needOf(b) - needOf(a));
  const shown = new Set(byNeed.slice(0, limit - 1));
  return [
    ...ports
      .filter(port => shown.has(port))
      .map(port => ({ id: port.name, ports: [port] })),
    { id: MORE, ports: ports.filter(port => !shown.has(port)) }
  ];
}

function needOf(port: IGraphPort): number {
  return (port.linked || port.missing !== null ? 2 : 0) + (port.required ? 1 : 0);
}

/** Where edges of a port end: the port itself, or "more" when it is not shown. */
export function placeOfPort(
  places: readonly IPlacedPort[],
  name: string
): IPlacedPort | undefined {
  return places.find(({ ports }) => ports.some(port => port.name === name));
}
