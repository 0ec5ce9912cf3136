import {
  argumentUses,
  connects,
  type IArgumentUse,
  type IGraphEdge
} from '@llmos-lab/skills';

import type { ICellPorts } from './ports';
import type { EdgeProblem, IPortEdge } from './view';

/**
 * The ways from port to port that one variable takes between two cells: one for each
 * argument of a skill call that reads it, else one for the variable as a whole.
 */
export function routes(
  edge: IGraphEdge,
  from: ICellPorts,
  to: ICellPorts
): IPortEdge[] {
  if (from.imported.has(edge.name) || to.imported.has(edge.name)) {
    return [];
  }
  const found = to.call ? argumentUses(to.call, to.cell, edge.name) : [];
  const used: readonly IArgumentUse[] =
    found.length > 0 ? found : [{ input: edge.name, output: null, isDirect: false }];
  return used.map(use => {
    const output =
      from.result === edge.name ? (use.output ?? wholeResult(from)) : edge.name;
    const { input, isDirect } = use;
    return {
      id: `${edge.from}.${output}>${edge.to}.${input}#${edge.name}`,
      ...{ from: edge.from, output, to: edge.to, input, name: edge.name, isDirect },
      problem: problemOf(edge, from, to, { output, input, isDirect })
    };
  });
}

type Route = Pick<IPortEdge, 'output' | 'input' | 'isDirect'>;

function problemOf(
  edge: IGraphEdge,
  from: ICellPorts,
  to: ICellPorts,
  { output, input, isDirect }: Route
): EdgeProblem | null {
  if (edge.late) {
    return { code: 'late', name: edge.name };
  }
  if (from.result !== edge.name || from.kind !== 'skill' || from.skill === null) {
    return null;
  }
  const source = from.outputs.find(port => port.name === output);
  const target = to.inputs.find(port => port.name === input);
  if (!source) {
    return output === edge.name
      ? null
      : { code: 'output', name: output, skill: from.skill };
  }
  return isDirect && source.type && target?.type && !connects(source.type, target.type)
    ? { code: 'type', output: source.type, input: target.type }
    : null;
}

/** Where the variable of a skill's result comes out when no one output is named. */
function wholeResult(cell: ICellPorts): string {
  const [only, more] = cell.outputs.filter(port => port.type !== null);
  return only && !more ? only.name : (cell.result ?? '');
}
