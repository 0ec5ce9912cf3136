import type { IEditContext } from '../change/change';
import { graphOf } from '../change/state';
import type { IGraphCell, IGraphEdge } from '../graph';
import { memberUses } from '../memberUses';
import { titleOfCode } from '../title';

type Source = Pick<IEditContext, 'cells' | 'find'>;

/**
 * The graph as a Mermaid flowchart, for Markdown files and wikis: skills as rounded
 * boxes, code as boxes, edges with their variable or the outputs of a skill that are
 * read of it, those that lead upward dotted.
 */
export function toMermaid({ cells, find }: Source): string {
  const graph = graphOf(cells);
  const ids = new Map(graph.cells.map(({ id }, index) => [id, `n${index + 1}`]));
  const edges = graph.edges.filter(({ name, from }) => !isImport(from, name));
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const shown = graph.cells.filter(
    ({ id, calls, analysis }) =>
      linked.has(id) ||
      calls.length > 0 ||
      analysis.defines.some(name => !isImport(id, name))
  );
  const lines = [
    ...shown.map(cell => `  ${ids.get(cell.id)}${boxOf(cell)}`),
    ...edges.map(edge => {
      const arrow = edge.late ? '-.->' : '-->';
      return `  ${ids.get(edge.from)} ${arrow}|${escape(labelOf(edge))}| ${ids.get(edge.to)}`;
    })
  ];
  return `flowchart LR\n${lines.map(line => `${line}\n`).join('')}`;

  function isImport(id: string, name: string): boolean {
    const cell = graph.cells.find(each => each.id === id);
    return (
      cell?.analysis.imports.some(
        each => each.name === name && each.module.split('.')[0] === 'llmos'
      ) ?? false
    );
  }

  function labelOf({ from, name, to }: IGraphEdge): string {
    const [maker, user] = [from, to].map(id =>
      graph.cells.find(each => each.id === id)
    );
    if (!maker?.calls.some(({ target }) => target === name)) {
      return name;
    }
    const { members, whole } = memberUses(user?.source ?? '', name);
    const read = [...(whole ? [name] : []), ...members.map(each => `${name}.${each}`)];
    return read.join(', ') || name;
  }

  /** Named as in the panel: a cell that is one call by its skill, others by their code. */
  function boxOf({ source, calls: [call, more] }: IGraphCell): string {
    if (!call?.topLevel || more) {
      return `["${escape(titleOfCode(source))}"]`;
    }
    const name = escape(find(call.skill)?.name ?? call.skill);
    const target = call.target === null ? '' : `<br>${escape(call.target)}`;
    return `(["${name}${target}"])`;
  }
}

/** Mermaid reads entities with a `#`; what is neither letter nor plain mark becomes one. */
function escape(text: string): string {
  return text.replace(
    /[^\p{L}\p{N} _.,:=+*/()-]/gu,
    unit => `#${unit.codePointAt(0) ?? 32};`
  );
}
