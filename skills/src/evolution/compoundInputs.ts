/** The inputs of a learned skill, and what its members are called with. */
import { freeName } from '../skill/cell';
import type { IPort } from '../skill/skill';
import { checkInput, sameJson } from '../skill/values';
import type { IMemberNode, IRefusedPattern } from './compound';
import type { IMemberCall, MemberArgument } from './compoundCode';
import type { IPattern } from './describePattern';
import type { Parameter } from './parameters';
import type { ILearnedValue } from './provenance';

/** The inputs as ports, what was learned of them, and the members' calls. */
export interface ICompoundInputs {
  readonly ports: readonly IPort[];
  readonly values: readonly ILearnedValue[];
  readonly calls: readonly IMemberCall[];
}

/** An input of a member that the learned skill asks for. */
interface IAsked {
  readonly of: string;
  readonly port: IPort;
  readonly parameter: Parameter | undefined;
}

/**
 * What varied becomes an input with its learned default, what never did a constant; what
 * could not be learned stays as the member has it.
 */
export function compoundInputs(
  { edges, parameters }: IPattern,
  members: readonly IMemberNode[]
): ICompoundInputs | IRefusedPattern {
  const refused = wrongPort(edges, parameters, members);
  if (refused !== null) {
    return { refused };
  }
  const fed = new Set(edges.map(([, , to, input]) => `${to}.${input}`));
  const open = members.flatMap(({ node, skill }) =>
    skill.inputs.map((port): IAsked => {
      const of = `${node}.${port.name}`;
      return { of, port, parameter: usable(skill.id, port, parameters[of]) };
    })
  );
  const asked = open.filter(
    ({ of, port, parameter }) =>
      !fed.has(of) && parameter?.kind !== 'constant' && isWorthAsking(port, parameter)
  );
  const names = nameInputs(asked, members);
  const ports = asked.map(each => toPort(each, names.get(each.of) ?? ''));
  const values = open.flatMap(({ of, parameter }) =>
    parameter ? [toValue(of, parameter, names.get(of) ?? null)] : []
  );
  const calls = members.map(member => ({
    skill: member.skill.id,
    version: member.version,
    variable: member.variable,
    arguments: member.skill.inputs.flatMap(port => {
      const of = `${member.node}.${port.name}`;
      const argument = argumentFor(of, { edges, members, names, ports, open });
      return argument ? [[port.name, argument] as const] : [];
    })
  }));
  return { ports, values, calls };
}

/** What is wrong with the connections: skills change, and histories may be hostile. */
function wrongPort(
  edges: IPattern['edges'],
  parameters: IPattern['parameters'],
  members: readonly IMemberNode[]
): string | null {
  const of = (node: string, kind: 'inputs' | 'outputs', name: string): boolean =>
    members
      .find(member => member.node === node)
      ?.skill[kind].some(port => port.name === name) ?? false;
  const fed = new Set<string>();
  for (const [from, output, to, input] of edges) {
    if (!of(from, 'outputs', output) || !of(to, 'inputs', input)) {
      return `The connection ${from}.${output} → ${to}.${input} fits the skills no more.`;
    }
    if (fed.has(`${to}.${input}`)) {
      return `The input ${to}.${input} takes several values at once.`;
    }
    fed.add(`${to}.${input}`);
  }
  const gone = Object.keys(parameters).find(name => {
    const dot = name.lastIndexOf('.');
    return !of(name.slice(0, dot), 'inputs', name.slice(dot + 1));
  });
  return gone === undefined ? null : `The input ${gone} is not there any more.`;
}

/** The parameter as far as the port takes its value. */
function usable(
  skill: string,
  port: IPort,
  parameter: Parameter | undefined
): Parameter | undefined {
  if (!parameter || parameter.kind === 'free') {
    return parameter;
  }
  const value =
    'scale' in parameter ? rounded(parameter.default, port) : parameter.default;
  if (checkInput(skill, port, value) !== null) {
    const { type, n } = parameter;
    return {
      kind: 'free',
      type,
      default: null,
      low: null,
      high: null,
      n,
      reason: 'mixed'
    };
  }
  return { ...parameter, default: value } as Parameter;
}

/** Traces know the type of a value, not that of the input. */
function rounded(value: number, { type }: IPort): number {
  return type === 'integer' ? Math.round(value) : value;
}

/** Inputs that nobody ever set stay out of the way at the member's default. */
function isWorthAsking(port: IPort, parameter: Parameter | undefined): boolean {
  return parameter !== undefined || port.required === true;
}

/** The input's own name, with the member's variable where two have the same. */
function nameInputs(
  asked: readonly IAsked[],
  members: readonly IMemberNode[]
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    asked.map(({ of, port: { name } }) => {
      const isShared = asked.filter(other => other.port.name === name).length > 1;
      const member = members.find(({ node }) => of === `${node}.${name}`);
      const free = freeName(isShared ? `${member?.variable}_${name}` : name, taken);
      taken.add(free);
      return [of, free];
    })
  );
}

function toPort({ port, parameter }: IAsked, name: string): IPort {
  const { default: usual, required, ...rest } = port;
  const value = parameter?.kind === 'learned' ? parameter.default : usual;
  return {
    ...rest,
    name,
    ...(value !== undefined ? { default: value } : {}),
    ...(value === undefined && required ? { required } : {})
  };
}

function toValue(
  of: string,
  parameter: Parameter,
  input: string | null
): ILearnedValue {
  const { kind, low, high, n } = parameter;
  return {
    ...{ input, of, kind, default: parameter.default, low, high, n },
    ...('scale' in parameter
      ? { scale: parameter.scale, histogram: parameter.histogram }
      : {}),
    ...('counts' in parameter ? { counts: parameter.counts } : {}),
    ...('reason' in parameter ? { reason: parameter.reason } : {}),
    ...(parameter.correlated ? { correlated: parameter.correlated } : {})
  };
}

interface IArguments {
  readonly edges: IPattern['edges'];
  readonly members: readonly IMemberNode[];
  readonly names: ReadonlyMap<string, string>;
  readonly ports: readonly IPort[];
  readonly open: readonly IAsked[];
}

function argumentFor(
  of: string,
  { edges, members, names, ports, open }: IArguments
): MemberArgument | null {
  const edge = edges.find(([, , to, input]) => `${to}.${input}` === of);
  if (edge) {
    const variable = members.find(({ node }) => node === edge[0])?.variable ?? '';
    return { variable, output: edge[1] };
  }
  const input = names.get(of);
  if (input !== undefined) {
    const port = ports.find(({ name }) => name === input);
    return { input, optional: port?.default === undefined && port?.required !== true };
  }
  const known = open.find(each => each.of === of);
  const constant = known?.parameter?.kind === 'constant' ? known.parameter : null;
  return constant && !sameJson(constant.default, known?.port.default)
    ? { value: constant.default }
    : null;
}
