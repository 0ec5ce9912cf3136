/** Where the parts of a schematic stand and how its wires run, computed by elk. */

import type { ELK, ElkEdgeSection, ElkNode } from 'elkjs/lib/elk-api';

import { costOf } from './cost';
import type { IPoint, IWire } from './geometry';
import { netsOf, type INets } from './nets';
import type { INetlist, IPart } from './parts';
import { endingOf, place, turnOf, type ILead, type IPlaced } from './place';
import { symbolOf, type Side } from './symbols';

/** Values at rest, by node and by part, ready to be read. */
export interface IRest {
  readonly voltage: (node: string) => string;
  readonly current: (part: string) => string;
}

/** A drawing with places; width and height in its own units. */
export interface ISchematic {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly (IPlaced & { readonly at: IPoint })[];
  readonly wires: readonly IWire[];
  readonly nets: INets;
}

const OPTIONS: Readonly<Record<string, string>> = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.spacing.nodeNode': '18',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.componentComponent': '28',
  'elk.layered.spacing.nodeNodeBetweenLayers': '20',
  'elk.layered.spacing.edgeNodeBetweenLayers': '10',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.layered.thoroughness': '7',
  'elk.padding': '[top=8,left=8,bottom=8,right=8]',
  'elk.aspectRatio': '2.2'
};

/** Ways to order what stands in one column; the drawing that reads best is kept. */
const TRIES: readonly Readonly<Record<string, string>>[] = [
  {
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.crossingMinimization.forceNodeModelOrder': 'true'
  },
  { 'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES' },
  {}
];
/** Above this many parts one try has to do: each takes a noticeable time. */
const MANY = 60;

/** Lays the parts out, signals from left to right. Rejects when elk does. */
export async function layOut(
  elk: Pick<ELK, 'layout'>,
  { parts }: INetlist,
  rest: IRest
): Promise<ISchematic> {
  const nets = netsOf(parts);
  const hosts = labelHosts(parts, nets);
  const placed = inOrder(parts, nets).map(part => {
    const labels = new Map(
      part.pins
        .filter(pin => hosts.get(pin.node) === `${part.name} ${pin.role}`)
        .map(({ role, node }) => [role, [node, rest.voltage(node)].filter(Boolean)])
    );
    return place(part, nets, labels, rest.current(part.name));
  });
  const laid = await bestOf(elk, placed);
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    parts: placed.map((one, at) => ({
      ...one,
      at: middleOf(laid.children?.[at], one)
    })),
    wires: wiresOf(laid),
    nets
  };
}

async function bestOf(
  elk: Pick<ELK, 'layout'>,
  placed: readonly IPlaced[]
): Promise<ElkNode> {
  let best: { readonly laid: ElkNode; readonly cost: number } | null = null;
  for (const options of placed.length > MANY ? TRIES.slice(-1) : TRIES) {
    const graph: ElkNode = {
      id: 'circuit',
      layoutOptions: { ...OPTIONS, ...options },
      children: placed.map(nodeOf),
      edges: edgesOf(placed)
    };
    const laid: ElkNode = await elk.layout(graph);
    const cost = costOf(laid, wiresOf(laid));
    best = best === null || cost < best.cost ? { laid, cost } : best;
  }
  return best?.laid ?? { id: 'circuit' };
}

/** Supplies hang above the signal, what leads to ground stands below it. */
function inOrder(parts: readonly IPart[], { levels, rails }: INets): readonly IPart[] {
  const levelOf = (part: IPart): number =>
    Math.min(...part.pins.map(pin => levels.get(pin.node) ?? Infinity));
  const heightOf = ({ pins }: IPart): number =>
    pins.length > 2
      ? 1
      : pins.some(pin => rails.get(pin.node) === 'up')
        ? 0
        : pins.some(pin => endingOf(pin.node, { levels, rails }) !== 'wire')
          ? 2
          : 1;
  return [...parts].sort(
    (a, b) => heightOf(a) - heightOf(b) || order(levelOf(a), levelOf(b))
  );
}

function order(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

const RANK: Readonly<Record<Side, number>> = { E: 0, N: 1, W: 2, S: 3 };

/** The pin of each node that carries its name: one that leaves to the right, if any. */
function labelHosts(parts: readonly IPart[], nets: INets): ReadonlyMap<string, string> {
  const hosts = new Map<string, { readonly key: string; readonly rank: number }>();
  for (const part of parts) {
    const symbol = symbolOf(part);
    const placed = place(part, nets, new Map(), '');
    for (const { role, node, side } of placed.leads) {
      const isUpright =
        symbol.terminals.length === 2 && turnOf(part, symbol, nets) === 0;
      const rank = RANK[side] + (isUpright && part.kind === 'voltage' ? -0.5 : 0);
      if (endingOf(node, nets) === 'wire' && rank < (hosts.get(node)?.rank ?? 9)) {
        hosts.set(node, { key: `${part.name} ${role}`, rank });
      }
    }
  }
  return new Map([...hosts].map(([node, { key }]) => [node, key]));
}

function nodeOf(placed: IPlaced, at: number): ElkNode {
  const { box, leads } = placed;
  return {
    id: `n${at}`,
    width: box.right - box.left,
    height: box.bottom - box.top,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: leads.flatMap((lead, pin) =>
      lead.ending === 'wire'
        ? [
            {
              id: `n${at}p${pin}`,
              x: lead.outer.x - box.left,
              y: lead.outer.y - box.top,
              width: 0,
              height: 0,
              layoutOptions: { 'elk.port.side': SIDE_NAMES[lead.side] }
            }
          ]
        : []
    )
  };
}

const SIDE_NAMES: Readonly<Record<Side, string>> = {
  N: 'NORTH',
  E: 'EAST',
  S: 'SOUTH',
  W: 'WEST'
};

/**
 * What an end is to its wire: outputs begin it, sources and devices do where there is
 * none, parts that stand between it and ground follow each other, inputs end it.
 */
const ROLES = ['output', 'source', 'device', 'upright', 'input'] as const;

interface IEnd {
  readonly id: string;
  readonly role: (typeof ROLES)[number];
}

function roleOf({ part, symbol }: IPlaced, { side }: ILead): IEnd['role'] {
  if (side === 'E' || side === 'W') {
    return side === 'E' ? 'output' : 'input';
  }
  const isSource = /^(dependent-)?(voltage|current)$/.test(part.kind);
  return isSource ? 'source' : symbol.terminals.length > 2 ? 'device' : 'upright';
}

/** Wires of each node as pairs of ends; elk joins those that meet in one end. */
function edgesOf(placed: readonly IPlaced[]): NonNullable<ElkNode['edges']> {
  const nodes = new Map<string, IEnd[]>();
  placed.forEach((one, at) =>
    one.leads.forEach((lead, pin) => {
      if (lead.ending === 'wire') {
        const end = { id: `n${at}p${pin}`, role: roleOf(one, lead) };
        nodes.set(lead.node, [...(nodes.get(lead.node) ?? []), end]);
      }
    })
  );
  return [...nodes].flatMap(([node, ends]) =>
    pairsOf(ends).map(([from, to], at) => ({
      id: `${node} ${at}`,
      sources: [from.id],
      targets: [to.id],
      layoutOptions: { 'elk.layered.priority.straightness': '10' }
    }))
  );
}

/** The wire passes from its beginning over the upright parts to all that it feeds. */
function pairsOf(ends: readonly IEnd[]): readonly (readonly [IEnd, IEnd])[] {
  const sorted = [...ends].sort(
    (a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role)
  );
  const [hub, ...others] = sorted;
  if (!hub) {
    return [];
  }
  const isDriver = ({ role }: IEnd): boolean => role === 'output' || role === 'device';
  const chain = [hub, ...others.filter(({ role }) => /source|upright/.test(role))];
  const inputs = others.filter(({ role }) => role === 'input');
  const last = chain.at(-1) ?? hub;
  const first = chain[1] ?? inputs[0];
  return [
    ...chain.slice(1).map((end, at) => [chain[at] ?? hub, end] as const),
    ...inputs.map(end => [last, end] as const),
    ...others
      .filter(isDriver)
      .map(end => (first ? ([end, first] as const) : ([hub, end] as const)))
  ];
}

function middleOf(node: ElkNode | undefined, { box }: IPlaced): IPoint {
  return { x: (node?.x ?? 0) - box.left, y: (node?.y ?? 0) - box.top };
}

function wiresOf(laid: ElkNode): readonly IWire[] {
  const wires = new Map<string, IWire>();
  for (const edge of laid.edges ?? []) {
    const node = edge.id.replace(/ \d+$/, '');
    const known = wires.get(node) ?? { node, lines: [], dots: [] };
    const lines = (edge.sections ?? []).map(pointsOf);
    const dots = (edge as { junctionPoints?: readonly IPoint[] }).junctionPoints ?? [];
    wires.set(node, {
      node,
      lines: [...known.lines, ...lines],
      dots: [...known.dots, ...dots]
    });
  }
  return [...wires.values()];
}

function pointsOf(section: ElkEdgeSection): readonly IPoint[] {
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
}
