import { listOf } from '../../skill/suggest';
import type { IGraph, IGraphCell } from '../../workflow/graph';
import { definesByImport } from '../../workflow/analyse';
import { onlyCall } from '../../workflow/calls';
import type { IContextCell } from '../context';
import type { FindSkill, IQuestion } from './question';

/** What a cell does, from its source, its skill and its place in the graph: Markdown. */
export function describeCell(
  { id }: IContextCell,
  { graph, find }: Pick<IQuestion, 'graph' | 'find'>
): string {
  const cell = graph.cells.find(each => each.id === id);
  if (!cell) {
    return 'This is a text cell: it explains, and computes nothing.';
  }
  if (cell.source.trim() === '') {
    return 'This cell is empty.';
  }
  return [...what(cell, find), ...flow(graph, cell)].join('\n\n');
}

function what(cell: IGraphCell, find: FindSkill): readonly string[] {
  const call = onlyCall(cell);
  const lines = cell.calls.map(({ skill: id, arguments: given, target }) => {
    const skill = find(id);
    if (!skill) {
      return `It calls the skill \`${id}\`, which is in no volume here.`;
    }
    const inputs = given.flatMap(({ name, valueStart, valueEnd }) =>
      name === null
        ? []
        : `\`${name}\` = \`${cell.source.slice(valueStart, valueEnd)}\``
    );
    const left =
      skill.kind === 'executable'
        ? skill.inputs
            .filter(({ name }) => !given.some(each => each.name === name))
            .flatMap(({ name, default: preset }) =>
              preset === undefined ? [] : `\`${name}\` (${JSON.stringify(preset)})`
            )
        : [];
    const outputs =
      skill.kind === 'executable'
        ? skill.outputs.map(
            ({ name, unit }) =>
              `\`${target ?? 'result'}.${name}\`${unit === undefined ? '' : ` in ${unit}`}`
          )
        : [];
    return [
      `It calls **${skill.name}** (\`${skill.id}\`): ${skill.description}`,
      inputs.length > 0 ? `- Given: ${inputs.join(', ')}` : '- No input is given.',
      left.length > 0 ? `- At their defaults: ${left.join(', ')}` : '',
      outputs.length > 0 ? `- It gives ${outputs.join(', ')}.` : ''
    ]
      .filter(line => line !== '')
      .join('\n');
  });
  const { defines, mutates, incomplete } = cell.analysis;
  const own = defines.map(name => `\`${name}\``);
  return [
    ...(lines.length > 0 ? lines : ['It is plain Python.']),
    ...(call || own.length === 0 ? [] : [`It defines ${listOf(own, 'and')}.`]),
    ...(mutates.length > 0
      ? [
          `It changes ${listOf(
            mutates.map(name => `\`${name}\``),
            'and'
          )} in place.`
        ]
      : []),
    ...(incomplete ? ['Some of it cannot be read as Python yet.'] : [])
  ];
}

/** What a cell is called: the first name that it defines, imports last, else how it begins. */
export function cellName({ cells }: IGraph, id: string): string {
  const { analysis, source = '' } = cells.find(each => each.id === id) ?? {};
  const own = analysis?.defines.find(name => !definesByImport(analysis, name));
  const line = source.trim().split('\n')[0]?.slice(0, 40);
  return `\`${own ?? analysis?.defines[0] ?? (line || id)}\``;
}

/** Where a name of Python first stands in a source, no attribute or text; -1 for nowhere. */
export function placeOf(name: string, source: string): number {
  return source.search(
    new RegExp(`(?<![\\p{L}\\p{N}_."'])${name}(?![\\p{L}\\p{N}_])`, 'u')
  );
}

/** Where a cell's values come from and who uses its own. */
function flow(graph: IGraph, { id }: IGraphCell): readonly string[] {
  const nameOf = (other: string): string => cellName(graph, other);
  const edges = graph.edges.filter(({ name }) => name !== 'skill');
  const from = edges
    .filter(({ to }) => to === id)
    .map(({ from: source, name, late }) =>
      late
        ? `\`${name}\`, which only a cell further down defines: run top to bottom, it fails`
        : `\`${name}\` from the cell ${nameOf(source)}`
    );
  const to = [...new Set(edges.filter(edge => edge.from === id).map(edge => edge.to))];
  return [
    from.length > 0 ? `It needs ${listOf(from, 'and')}.` : 'It needs no other cell.',
    to.length > 0
      ? `Its values are used by ${listOf(to.map(nameOf), 'and')}.`
      : 'No other cell uses its values.'
  ];
}
