import type { IGraphNode, IGraphPort, IGraphView, IPortEdge } from '../graphModel/view';

/** A row of the outline, in the order in which they stand. */
export interface IOutlineRow {
  /** Steady id of the row. */
  readonly key: string;
  readonly parent: string | null;
  /** 1 for the outermost. */
  readonly level: number;
  /** Undefined for rows without children. */
  readonly isOpen: boolean | undefined;
  readonly about:
    | { readonly kind: 'section'; readonly id: string; readonly title: string }
    | { readonly kind: 'cell'; readonly node: IGraphNode }
    | {
        readonly kind: 'input' | 'output';
        readonly node: IGraphNode;
        readonly port: IGraphPort;
        /** The edges that end or begin here. */
        readonly edges: readonly IPortEdge[];
      };
}

/**
 * The rows that can be seen: sections nested by their level, their cells, and the ports
 * of cells that are open. Sections are open unless folded, and all of them, for good, where
 * that is null; cells are closed unless opened.
 */
export function outlineRows(
  view: IGraphView,
  folded: ReadonlySet<string> | null,
  opened: ReadonlySet<string>
): IOutlineRow[] {
  const rows: IOutlineRow[] = [];
  const nodes = new Map(view.nodes.map(node => [node.id, node]));
  const addCell = (node: IGraphNode, level: number, parent: string | null): void => {
    const hasPorts = node.inputs.length + node.outputs.length > 0;
    const isOpen = hasPorts ? opened.has(node.id) : undefined;
    rows.push({ key: node.id, parent, level, isOpen, about: { kind: 'cell', node } });
    if (isOpen) {
      rows.push(...portRows(node, view.edges, level + 1));
    }
  };
  view.nodes
    .filter(({ section }) => section === null)
    .forEach(node => addCell(node, 1, null));
  const path: {
    readonly key: string;
    readonly level: number;
    readonly isOpen: boolean | undefined;
  }[] = [];
  for (const section of view.sections) {
    while ((path[path.length - 1]?.level ?? 0) >= section.level) {
      path.pop();
    }
    const above = path[path.length - 1];
    const isVisible = path.every(({ isOpen }) => isOpen !== false);
    const isOpen = folded ? !folded.has(section.id) : undefined;
    const key = `section ${section.id}`;
    path.push({ key, level: section.level, isOpen });
    if (!isVisible) {
      continue;
    }
    const { id, title } = section;
    rows.push({
      key,
      parent: above?.key ?? null,
      level: path.length,
      isOpen,
      about: { kind: 'section', id, title }
    });
    if (isOpen !== false) {
      for (const cell of section.cells) {
        const node = nodes.get(cell);
        if (node) {
          addCell(node, path.length + 1, key);
        }
      }
    }
  }
  return rows;
}

function portRows(
  node: IGraphNode,
  edges: readonly IPortEdge[],
  level: number
): IOutlineRow[] {
  const row =
    (kind: 'input' | 'output') =>
    (port: IGraphPort): IOutlineRow => ({
      key: `${node.id} ${kind} ${port.name}`,
      parent: node.id,
      level,
      isOpen: undefined,
      about: {
        kind,
        node,
        port,
        edges: edges.filter(edge =>
          kind === 'input'
            ? edge.to === node.id && edge.input === port.name
            : edge.from === node.id && edge.output === port.name
        )
      }
    });
  return [...node.inputs.map(row('input')), ...node.outputs.map(row('output'))];
}

/** What a key does in the tree, by the pattern of ARIA's tree view. */
export type OutlineMove =
  | { readonly do: 'focus'; readonly key: string }
  | { readonly do: 'open' | 'close'; readonly key: string }
  | null;

/** Arrows, Home, End: where the focus goes, or what opens or closes. */
export function outlineMove(
  rows: readonly IOutlineRow[],
  current: string,
  pressed: string
): OutlineMove {
  const at = rows.findIndex(({ key }) => key === current);
  const row = rows[at];
  const focus = (index: number): OutlineMove => {
    const target = rows[Math.max(0, Math.min(index, rows.length - 1))];
    return target ? { do: 'focus', key: target.key } : null;
  };
  switch (pressed) {
    case 'ArrowDown':
      return focus(at + 1);
    case 'ArrowUp':
      return focus(at - 1);
    case 'Home':
      return focus(0);
    case 'End':
      return focus(rows.length - 1);
    case 'ArrowRight':
      if (row?.isOpen === false) {
        return { do: 'open', key: row.key };
      }
      return row?.isOpen === true && rows[at + 1]?.parent === row.key
        ? focus(at + 1)
        : null;
    case 'ArrowLeft':
      if (row?.isOpen === true) {
        return { do: 'close', key: row.key };
      }
      return row && row.parent !== null ? { do: 'focus', key: row.parent } : null;
    default:
      return typeAhead(rows, at, pressed);
  }
}

/** The next row whose text begins with a typed letter. */
function typeAhead(
  rows: readonly IOutlineRow[],
  at: number,
  pressed: string
): OutlineMove {
  if (pressed.length !== 1 || pressed.trim() === '') {
    return null;
  }
  const order = [...rows.slice(at + 1), ...rows.slice(0, at + 1)];
  const found = order.find(row =>
    rowText(row).toLowerCase().startsWith(pressed.toLowerCase())
  );
  return found ? { do: 'focus', key: found.key } : null;
}

/** The text with which a row begins. */
export function rowText({ about }: IOutlineRow): string {
  switch (about.kind) {
    case 'section':
      return about.title;
    case 'cell':
      return about.node.title;
    case 'input':
    case 'output':
      return about.port.name;
  }
}
