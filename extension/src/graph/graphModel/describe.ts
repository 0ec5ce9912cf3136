import { argumentUses, type IGraph, type IGraphCell } from '@llmos-lab/skills';

import { routes } from './edges';
import { describeCell, type FindSkill, type ICellPorts } from './ports';
import { findSections } from './sections';
import {
  EMPTY_VIEW,
  variablePort,
  type IGraphNode,
  type IGraphPort,
  type IGraphView,
  type INotebookCell,
  type IPortEdge
} from './view';

/**
 * Names the nodes, ports, sections and edges of notebooks, one after the other. What did
 * not change since the view before stays the same object, so that only changed nodes are
 * drawn anew; cells that did not change are not read again.
 */
export class GraphDescriber {
  constructor(private readonly _find: FindSkill) {}

  /** Forgets what it knows of cells, for when the skills have changed. */
  reset(): void {
    this._ports = new WeakMap();
  }

  /** Blank cells get no node. */
  describe(cells: readonly INotebookCell[], graph: IGraph): IGraphView {
    const ports = new Map(
      graph.cells
        .filter(({ source }) => source.trim() !== '')
        .map(cell => [cell.id, this._portsOf(cell)])
    );
    const edges = graph.edges.flatMap(edge => {
      const from = ports.get(edge.from);
      const to = ports.get(edge.to);
      return from && to ? routes(edge, from, to) : [];
    });
    const sections = findSections(cells);
    const sectionOf = new Map(
      sections.flatMap(section => section.cells.map(id => [id, section.id] as const))
    );
    const inputs = portsOf(edges, edge => [edge.to, edge.input]);
    const outputs = portsOf(edges, edge => [edge.from, edge.output]);
    const missing = missingIn(graph);
    const nodes = cells.flatMap((cell, index): IGraphNode[] => {
      const own = ports.get(cell.id);
      return own
        ? [
            {
              ...nodeOf(own),
              inputs: withMissing(
                withLinks(own.inputs, inputs.get(cell.id)),
                missing(own)
              ),
              outputs: withLinks(own.outputs, outputs.get(cell.id)),
              ...{ index, position: cell.position, isLoose: cell.isLoose ?? false },
              section: sectionOf.get(cell.id) ?? null
            }
          ]
        : [];
    });
    const { _view: before } = this;
    this._view = {
      nodes: keepSame(nodes, before.nodes),
      sections: keepSame(sections, before.sections),
      edges: keepSame(edges, before.edges)
    };
    return this._view;
  }

  private _portsOf(cell: IGraphCell): ICellPorts {
    const known = this._ports.get(cell.analysis);
    if (
      known?.cell.id === cell.id &&
      known.cell.source === cell.source &&
      known.cell.calls.length === cell.calls.length
    ) {
      return known;
    }
    const ports = describeCell(cell, this._find);
    this._ports.set(cell.analysis, ports);
    return ports;
  }

  private _view = EMPTY_VIEW;
  private _ports = new WeakMap<IGraphCell['analysis'], ICellPorts>();
}

/** The same for a single view. */
export function describeGraph(
  cells: readonly INotebookCell[],
  graph: IGraph,
  find: FindSkill
): IGraphView {
  return new GraphDescriber(find).describe(cells, graph);
}

function nodeOf(
  ports: ICellPorts
): Pick<
  IGraphNode,
  'id' | 'kind' | 'title' | 'skill' | 'category' | 'target' | 'incomplete'
> {
  const { cell, kind, title, skill, category, result } = ports;
  return {
    ...{ id: cell.id, kind, title, skill, category },
    target: result,
    incomplete: cell.analysis.incomplete
  };
}

/** The ports at one end of the edges, by cell. */
function portsOf(
  edges: readonly IPortEdge[],
  end: (edge: IPortEdge) => readonly [cell: string, port: string]
): ReadonlyMap<string, ReadonlySet<string>> {
  const ports = new Map<string, Set<string>>();
  for (const edge of edges) {
    const [cell, port] = end(edge);
    const known = ports.get(cell);
    if (known) {
      known.add(port);
    } else {
      ports.set(cell, new Set([port]));
    }
  }
  return ports;
}

/** Marks the ports that have edges, and adds those that only edges know of. */
function withLinks(
  ports: readonly IGraphPort[],
  linked: ReadonlySet<string> = new Set()
): readonly IGraphPort[] {
  const more = [...linked].filter(name => !ports.some(port => port.name === name));
  return linked.size === 0
    ? ports
    : [
        ...ports.map(port =>
          linked.has(port.name) ? { ...port, linked: true } : port
        ),
        ...more.map(name => ({ ...variablePort(name), linked: true }))
      ];
}

/** Magics that define no names, and whose code is read where it is Python. */
const PLAIN_MAGICS = [
  '%(?:time|skill|html|javascript|js|latex|markdown|svg|writefile)\\b',
  // With more they may name a variable that takes what the cell puts out.
  '%(?:bash|sh|capture)[ \\t]*$',
  '(?:matplotlib|config|load_ext|reload_ext|autoreload|pip|conda|env|cd|ls|pwd)\\b'
].join('|');

/** Code that may define names which nobody can read in it. */
const DEFINES_MORE = new RegExp(
  [
    `^[ \\t]*%(?!${PLAIN_MAGICS})`,
    '\\bimport\\s*\\*',
    '\\b(?:exec|globals|locals|vars)\\s*\\(',
    '\\bget_ipython\\b'
  ].join('|'),
  'm'
);

/** Names that IPython gives, such as `_` and `_5`, and those of Python itself. */
const ALWAYS_THERE = /^(?:_+|_i+\d*|_\d+|_[ido]h|_exit_code|In|Out|__\w+__)$/;

/** Tells the variables that a call reads and no cell gives, by input. */
function missingIn({ cells, edges }: IGraph): (ports: ICellPorts) => Missing {
  let isSure: boolean | undefined;
  const given = new Set(edges.map(({ to, name }) => JSON.stringify([to, name])));
  return ({ cell, call, imported }) => {
    const found = cell.analysis.uses
      .filter(
        name =>
          !imported.has(name) &&
          !ALWAYS_THERE.test(name) &&
          !given.has(JSON.stringify([cell.id, name]))
      )
      .flatMap(name =>
        (call ? argumentUses(call, cell, name) : []).map(
          ({ input }) => [input, name] as const
        )
      );
    // Looked for where it counts, since it reads all code.
    isSure ??=
      found.length === 0
        ? undefined
        : cells.every(
            ({ source, analysis }) => !analysis.incomplete && !DEFINES_MORE.test(source)
          );
    return new Map(isSure ? found : []);
  };
}

type Missing = ReadonlyMap<string, string>;

function withMissing(
  ports: readonly IGraphPort[],
  missing: Missing
): readonly IGraphPort[] {
  return missing.size === 0
    ? ports
    : ports.map(port => ({ ...port, missing: missing.get(port.name) ?? null }));
}

/** Takes over the former object of each item that says the same. */
function keepSame<T extends { readonly id: string }>(
  items: readonly T[],
  former: readonly T[]
): readonly T[] {
  const before = new Map(former.map(item => [item.id, item]));
  const kept = items.map(item => {
    const old = before.get(item.id);
    return old && isSame(old, item) ? old : item;
  });
  return kept.length === former.length && kept.every((item, at) => item === former[at])
    ? former
    : kept;
}

/** Whether two values of JSON's kind say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return false;
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
