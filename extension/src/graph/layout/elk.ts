import ELK, { type ElkNode } from 'elkjs/lib/elk-api';

import { withChains, type ILayout, type ILayoutGraph } from './arrange';
import type { IPlace } from './box';
import { NODE_GAP, RANK_GAP } from './dagre';
import { SECTION_HEADER, SECTION_PADDING } from './shape';

/** The one worker, started when a graph is first large enough for it. */
let engine: InstanceType<typeof ELK> | null = null;

function startEngine(): InstanceType<typeof ELK> {
  engine ??= new ELK({
    workerFactory: () => new Worker(new URL('./elk.worker.js', import.meta.url))
  });
  return engine;
}

/** Lays out a large graph with ELK, in a worker, so that the page goes on answering. */
export async function layOutByElk(graph: ILayoutGraph): Promise<ILayout> {
  const whole = await startEngine().layout(toElk(withChains(graph)));
  const places = new Map<string, IPlace>();
  const read = (nodes: readonly ElkNode[], left: number, top: number): void => {
    for (const { id, x = 0, y = 0, children } of nodes) {
      const place = { x: Math.round(left + x), y: Math.round(top + y) };
      if (children) {
        read(children, place.x, place.y);
      } else {
        places.set(id, place);
      }
    }
  };
  read(whole.children ?? [], 0, 0);
  return { places, routes: new Map() };
}

/** The graph in ELK's form, sections as nodes with children. */
export function toElk({ nodes, edges, direction }: ILayoutGraph): ElkNode {
  const children: ElkNode[] = [];
  const frames = new Map<string, ElkNode[]>();
  for (const { id, width, height, section } of nodes) {
    const frame = section === null ? children : frames.get(section);
    if (frame) {
      frame.push({ id, width, height });
    } else if (section !== null) {
      const inner: ElkNode[] = [{ id, width, height }];
      frames.set(section, inner);
      children.push({ id: `frame ${section}`, children: inner, layoutOptions: FRAME });
    }
  }
  return {
    id: 'notebook',
    children,
    edges: edges.map(({ from, to }, at) => ({
      id: `edge ${at}`,
      sources: [from],
      targets: [to]
    })),
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.spacing.nodeNode': String(NODE_GAP),
      'elk.layered.spacing.nodeNodeBetweenLayers': String(RANK_GAP),
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES'
    }
  };
}

const FRAME = {
  'elk.padding':
    `[top=${SECTION_HEADER + SECTION_PADDING},left=${SECTION_PADDING},` +
    `bottom=${SECTION_PADDING},right=${SECTION_PADDING}]`
};
