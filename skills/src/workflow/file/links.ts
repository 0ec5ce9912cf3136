import { connects } from '../../skill/connect';
import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { closest } from '../../skill/suggest';
import { checkInput } from '../../skill/values';
import type { IReport } from './report';
import {
  isSkillNode,
  type IWorkflow,
  type IWorkflowSkill,
  type WorkflowInput,
  type WorkflowNode
} from './workflow';

type Find = (id: string) => ISkill | undefined;

/** Checks that references lead to nodes, in no circle, and fit the skills that are known. */
export function checkLinks(
  workflow: IWorkflow,
  report: IReport,
  find: Find | undefined
): void {
  const { nodes } = workflow;
  const byId = new Map(nodes.map(node => [node.id, node]));
  nodes.forEach((node, index) => {
    const place = `nodes[${index}]`;
    for (const [name, input] of Object.entries(node.inputs)) {
      if ('from' in input && !byId.has(input.from[0])) {
        const near = closest(input.from[0], [...byId.keys()]);
        const hint = near === undefined ? '' : `, such as "${near}"`;
        report.error(
          `${place}.inputs.${name}.from`,
          `the id of a node${hint}`,
          `"${input.from[0]}"`
        );
      }
    }
    if (find && isSkillNode(node)) {
      checkSkill(node, place, byId, report, find);
    }
  });
  const rest = inOrder(nodes).cyclic;
  if (rest.length > 0) {
    report.error(
      'nodes',
      'connections without a cycle',
      `a cycle through ${rest.map(({ id }) => `"${id}"`).join(', ')}`
    );
  }
}

function checkSkill(
  node: IWorkflowSkill,
  place: string,
  byId: ReadonlyMap<string, WorkflowNode>,
  report: IReport,
  find: Find
): void {
  const skill = executable(find, node.skill);
  if (!skill) {
    const found = `"${node.skill}", which no volume has; the cell stays and cannot run`;
    report.warning(`${place}.skill`, 'a skill of the library', found);
    return;
  }
  for (const [name, input] of Object.entries(node.inputs)) {
    const at = `${place}.inputs.${name}`;
    const port = skill.inputs.find(each => each.name === name);
    if (!port) {
      const names = skill.inputs.map(each => each.name);
      const near = closest(name, names) ?? names.join(', ');
      report.warning(at, `an input of "${skill.id}", such as ${near}`, `"${name}"`);
    } else {
      checkFit(input, port, at, byId, report, find);
    }
  }
}

function checkFit(
  input: WorkflowInput,
  port: IPort,
  place: string,
  byId: ReadonlyMap<string, WorkflowNode>,
  report: IReport,
  find: Find
): void {
  if ('value' in input) {
    const problem = checkInput('', port, input.value);
    if (problem) {
      report.warning(place, problem.expected, problem.given);
    }
  } else if ('from' in input) {
    const source = byId.get(input.from[0]);
    const skill =
      source && isSkillNode(source) ? executable(find, source.skill) : undefined;
    const output = skill?.outputs.find(({ name }) => name === input.from[1]);
    if (skill && !output) {
      const names = skill.outputs.map(({ name }) => name);
      const near = closest(input.from[1], names) ?? names.join(', ');
      report.warning(
        place,
        `an output of "${skill.id}", such as ${near}`,
        `"${input.from[1]}"`
      );
    } else if (output && !connects(output.type, port.type)) {
      report.warning(place, port.type, `"${output.name}" of type ${output.type}`);
    }
  }
}

function executable(find: Find, id: string): IExecutableSkill | undefined {
  const skill = find(id);
  return skill?.kind === 'executable' ? skill : undefined;
}

/**
 * The nodes in an order in which each comes after those that it takes from: that of the
 * file where it can be kept. `cyclic` are those that have no place in such an order.
 */
export function inOrder(nodes: readonly WorkflowNode[]): {
  readonly ordered: readonly WorkflowNode[];
  readonly cyclic: readonly WorkflowNode[];
} {
  const indices = new Map(nodes.map(({ id }, index) => [id, index]));
  const sources = nodes.map(({ inputs }) => {
    const from = Object.values(inputs).flatMap(input =>
      'from' in input ? (indices.get(input.from[0]) ?? []) : []
    );
    return [...new Set(from)];
  });
  const takers = nodes.map((): number[] => []);
  sources.forEach((from, index) => from.forEach(source => takers[source]?.push(index)));
  const missing = sources.map(({ length }) => length);
  // How often one reads the file from its top until the node has all that it takes.
  const rounds = new Map<number, number>();
  const open = missing.flatMap((count, index) => (count === 0 ? index : []));
  for (let at = 0; at < open.length; at++) {
    const index = open[at] ?? 0;
    const round = (sources[index] ?? []).reduce(
      (most, source) =>
        Math.max(most, (rounds.get(source) ?? 0) + Number(source > index)),
      0
    );
    rounds.set(index, round);
    for (const taker of takers[index] ?? []) {
      missing[taker] = (missing[taker] ?? 0) - 1;
      if (missing[taker] === 0) {
        open.push(taker);
      }
    }
  }
  const order = [...rounds].sort(([a, one], [b, other]) => one - other || a - b);
  return {
    ordered: order.flatMap(([index]) => nodes[index] ?? []),
    cyclic: nodes.filter((_, index) => !rounds.has(index))
  };
}
