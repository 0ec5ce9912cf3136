import type {
  IGraphNode,
  IGraphView,
  IPortEdge,
  ISection,
  Point
} from '../graphModel/view';
import type { ILayoutGraph } from './arrange';
import {
  NODE_WIDTH,
  placeOfPort,
  shapeOf,
  type Direction,
  type INodeShape,
  type ISize
} from './shape';

/** A cell on the canvas. */
export interface ICellItem {
  readonly kind: 'cell';
  readonly id: string;
  readonly node: IGraphNode;
  readonly shape: INodeShape;
  /** The section whose frame it stands in. */
  readonly section: string | null;
}

/** A section that is folded into one box. */
export interface IFoldedItem {
  readonly kind: 'folded';
  readonly id: string;
  readonly section: ISection;
  readonly shape: ISize & { readonly direction: Direction };
}

/** A box on the canvas: a cell, or a section that is folded. */
export type DrawnItem = ICellItem | IFoldedItem;

/** Where a person has put a box; null where the layout decides. */
export function chosenPlace(item: DrawnItem): Point | null {
  return (item.kind === 'cell' ? item.node : item.section).position;
}

/** A line on the canvas; several values when a folded section hides their ports. */
export interface IDrawnEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Ids of placed ports; null at a folded section. */
  readonly output: string | null;
  readonly input: string | null;
  readonly edges: readonly IPortEdge[];
}

/** What is on the canvas, before it has places. */
export interface IDrawing {
  readonly items: readonly DrawnItem[];
  readonly edges: readonly IDrawnEdge[];
  /** Sections that are drawn as frames: open ones with cells. */
  readonly frames: readonly ISection[];
}

/** What decides how a view looks, besides the notebook itself. */
export interface IDrawingOptions {
  readonly direction: Direction;
  readonly folded: ReadonlySet<string>;
  readonly hasPicture: (node: IGraphNode) => boolean;
}

/** Height of a folded section. */
const FOLDED_HEIGHT = 40;

/** Puts a view on the canvas: shapes, folded sections, edges led to what is shown. */
export function toDrawing(view: IGraphView, options: IDrawingOptions): IDrawing {
  const { direction, folded, hasPicture } = options;
  const sections = new Map(view.sections.map(section => [section.id, section]));
  const items = new Map<string, DrawnItem>();
  const itemOf = new Map<string, DrawnItem>();
  for (const node of view.nodes) {
    const section = node.section === null ? undefined : sections.get(node.section);
    const item: DrawnItem =
      section && folded.has(section.id)
        ? (items.get(foldedId(section.id)) ?? foldedItem(section, direction))
        : {
            kind: 'cell',
            id: node.id,
            node,
            shape: shapeOf(node, direction, hasPicture(node)),
            section: node.section
          };
    items.set(item.id, item);
    itemOf.set(node.id, item);
  }
  return {
    items: [...items.values()],
    edges: drawEdges(view.edges, itemOf),
    frames: view.sections.filter(({ id, cells }) => cells.length > 0 && !folded.has(id))
  };
}

/** The id of a folded section on the canvas; its heading is no node itself. */
export function foldedId(section: string): string {
  return `folded ${section}`;
}

function foldedItem(section: ISection, direction: Direction): IFoldedItem {
  return {
    kind: 'folded',
    id: foldedId(section.id),
    section,
    shape: { direction, width: NODE_WIDTH, height: FOLDED_HEIGHT }
  };
}

function drawEdges(
  edges: readonly IPortEdge[],
  itemOf: ReadonlyMap<string, DrawnItem>
): IDrawnEdge[] {
  const drawn = new Map<string, IDrawnEdge & { readonly edges: IPortEdge[] }>();
  for (const edge of edges) {
    const from = itemOf.get(edge.from);
    const to = itemOf.get(edge.to);
    if (!from || !to || from === to) {
      continue;
    }
    const output =
      from.kind === 'cell' ? placeOfPort(from.shape.outputs, edge.output) : undefined;
    const input =
      to.kind === 'cell' ? placeOfPort(to.shape.inputs, edge.input) : undefined;
    const isWhole = from.kind === 'cell' && to.kind === 'cell';
    const id = isWhole
      ? edge.id
      : [from.id, output?.id ?? '', to.id, input?.id ?? ''].join('>');
    const known = drawn.get(id);
    if (known) {
      known.edges.push(edge);
    } else {
      drawn.set(id, {
        ...{ id, from: from.id, to: to.id },
        output: output?.id ?? null,
        input: input?.id ?? null,
        edges: [edge]
      });
    }
  }
  return [...drawn.values()];
}

/** What the layout is to place: all but loose nodes, which came with their places. */
export function toLayoutGraph(drawing: IDrawing, direction: Direction): ILayoutGraph {
  const isLoose = (item: DrawnItem): boolean =>
    item.kind === 'cell' && item.node.isLoose;
  const loose = new Set(drawing.items.filter(isLoose).map(({ id }) => id));
  const seen = new Set<string>();
  return {
    direction,
    nodes: drawing.items
      .filter(({ id }) => !loose.has(id))
      .map(item => ({
        id: item.id,
        ...{ width: item.shape.width, height: item.shape.height },
        section: item.kind === 'cell' ? item.section : null
      })),
    edges: drawing.edges.flatMap(({ from, to, edges }) => {
      const key = `${from}>${to}`;
      const isNew =
        !seen.has(key) &&
        !loose.has(from) &&
        !loose.has(to) &&
        edges.some(({ problem }) => problem?.code !== 'late');
      seen.add(key);
      return isNew ? [{ from, to }] : [];
    })
  };
}

/** A text that changes when the layout has to be made anew. */
export function layoutKey({ nodes, edges, direction }: ILayoutGraph): string {
  return JSON.stringify([
    direction,
    nodes.map(({ id, height, section }) => [id, height, section]),
    edges.map(({ from, to }) => [from, to])
  ]);
}
