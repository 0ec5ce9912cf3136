/** The Python of a learned skill, written and read: calls of its members, one a statement. */
import { formatPython } from '../skill/python';
import type { JsonValue } from '../skill/skill';
import { onlyCall, type ISkillCall } from '../workflow/calls';
import { buildGraph, type IGraph } from '../workflow/graph';
import { parsePython } from '../workflow/python/parse';
import type { ILabelledGraph } from './canonical';

/** Where an argument of a member's call comes from. */
export type MemberArgument =
  | { readonly value: JsonValue }
  /** An input of the learned skill; one that may be absent is read with `get`. */
  | { readonly input: string; readonly optional: boolean }
  | { readonly variable: string; readonly output: string };

/** One call of a member. */
export interface IMemberCall {
  readonly skill: string;
  /** The version that the call is pinned to. */
  readonly version: string;
  readonly variable: string;
  readonly arguments: readonly (readonly [input: string, MemberArgument])[];
}

/** An output of the learned skill: its name, and the member's variable and output. */
export type CompoundOutput = readonly [name: string, variable: string, output: string];

/** Digits of a version that name it beyond doubt and still read well. */
const VERSION_LENGTH = 'sha256:'.length + 16;

/** Writes `execute(inputs)`; members in an order in which each has what it needs. */
export function formatCompoundCode(
  calls: readonly IMemberCall[],
  outputs: readonly CompoundOutput[]
): string {
  const lines = calls.map(call => {
    const pin = formatPython(call.version.slice(0, VERSION_LENGTH));
    const head = `await skill(${formatPython(call.skill)}, version=${pin})`;
    const given = call.arguments.map(
      ([input, argument]) => `        ${input}=${formatArgument(argument)},\n`
    );
    const list = given.length > 0 ? `\n${given.join('')}    ` : '';
    return `    ${call.variable} = ${head}(${list})\n`;
  });
  const results = outputs.map(
    ([name, variable, output]) =>
      `        ${formatPython(name)}: ${variable}[${formatPython(output)}],\n`
  );
  return (
    'from llmos import skill\n\n\nasync def execute(inputs):\n' +
    `${lines.join('')}    return {\n${results.join('')}    }\n`
  );
}

function formatArgument(argument: MemberArgument): string {
  if ('value' in argument) {
    return formatPython(argument.value);
  }
  return 'input' in argument
    ? argument.optional
      ? `inputs.get(${formatPython(argument.input)})`
      : `inputs[${formatPython(argument.input)}]`
    : `${argument.variable}[${formatPython(argument.output)}]`;
}

/** The members of a learned skill and their connections. */
export interface ICompoundGraph extends ILabelledGraph {
  /** Each node's call, in the order of `labels`. */
  readonly calls: readonly ISkillCall[];
}

/**
 * Reads `execute` as a workflow, each of its statements as a cell; `null` where there is
 * no such function, or where it calls no skill.
 */
export function readCompoundCode(code: string): ICompoundGraph | null {
  const execute = parsePython(code).statements.find(
    statement => statement.kind === 'FunctionDef' && statement.name === 'execute'
  );
  if (execute?.kind !== 'FunctionDef') {
    return null;
  }
  const graph = buildGraph(
    execute.body.map(({ start, end }, index) => ({
      id: String(index),
      source: code.slice(start, end)
    }))
  );
  const nodes = graph.cells.flatMap(cell => {
    const call = onlyCall(cell);
    return call ? [{ cell: cell.id, call }] : [];
  });
  return nodes.length === 0
    ? null
    : {
        labels: nodes.map(({ call }) => call.skill),
        calls: nodes.map(({ call }) => call),
        edges: edgesOf(nodes, graph)
      };
}

function edgesOf(
  nodes: readonly { readonly cell: string; readonly call: ISkillCall }[],
  graph: IGraph
): ILabelledGraph['edges'] {
  return nodes.flatMap(({ cell, call }, to) =>
    call.arguments.flatMap(({ name, source }) => {
      const edge = graph.edges.find(
        each => each.to === cell && each.name === source?.name
      );
      const from = nodes.findIndex(
        node => node.cell === edge?.from && node.call.target === source?.name
      );
      return from < 0 || name === null || source?.output == null
        ? []
        : [[from, source.output, to, name] as const];
    })
  );
}
