/** From a pattern to a skill that runs it in one call (R7.2). */
import { freeName, targetName } from '../skill/cell';
import { formatSkill } from '../skill/format';
import { toSkillId } from '../skill/parse';
import type { IExecutableSkill, IPort } from '../skill/skill';
import { formatCompoundCode, type CompoundOutput } from './compoundCode';
import { compoundInputs, type ICompoundInputs } from './compoundInputs';
import {
  compoundBody,
  compoundDescription,
  compoundName,
  plainText
} from './compoundText';
import { memberOrder } from './memberOrder';
import type { IPattern } from './describePattern';
import { withProvenance, type ILearnedFrom, type IProvenance } from './provenance';

/** A skill that a pattern calls, as it is now. */
export interface ICallable {
  readonly skill: IExecutableSkill;
  /** `sha256:` of its file. */
  readonly version: string;
}

/** What a learned skill is made from beside its pattern. */
export interface ICompoundContext {
  /** By id; undefined where there is no such skill, or where it does not compute. */
  readonly find: (id: string) => ICallable | undefined;
  /** Ids that another skill has. */
  readonly taken: (id: string) => boolean;
  /** ISO 8601 UTC. */
  readonly date: string;
  /** Commits that hold the pattern's runs. */
  readonly commits?: readonly string[];
  /** Which of those runs its defaults come from. */
  readonly from?: ILearnedFrom;
  /** An id to take: that of the learned skill which is renewed. */
  readonly id?: string;
}

/** A learned skill. */
export interface ICompound {
  readonly skill: IExecutableSkill;
  /** Its file. */
  readonly text: string;
  readonly provenance: IProvenance;
}

/** Why a pattern cannot be one skill, as a sentence for people. */
export interface IRefusedPattern {
  readonly refused: string;
}

/** A node with the skill that it calls and the variable that takes the result. */
export interface IMemberNode extends ICallable {
  readonly node: string;
  readonly variable: string;
}

/** Runs that the front matter names; the counts tell how many there were. */
const MOST_TRACES = 100;

/** Makes the skill, or says why that cannot be done. The same pattern gives the same text. */
export function toCompound(
  pattern: IPattern,
  context: ICompoundContext
): ICompound | IRefusedPattern {
  const members = findMembers(pattern, context);
  if ('refused' in members) {
    return members;
  }
  const inputs = compoundInputs(pattern, members.members);
  if ('refused' in inputs) {
    return inputs;
  }
  const skill = describe(pattern, members.members, inputs, context);
  const provenance: IProvenance = {
    signature: pattern.signature,
    date: context.date,
    runs: pattern.count,
    users: pattern.users,
    sessions: pattern.sessions,
    success: Number(pattern.success.toPrecision(4)),
    ...(context.from && { from: context.from }),
    members: members.members.map(({ node, skill: { id }, version }) => ({
      node,
      skill: id,
      version
    })),
    values: inputs.values,
    traces: pattern.traces.slice(-MOST_TRACES),
    commits: context.commits ?? []
  };
  return { skill, text: withProvenance(formatSkill(skill), provenance), provenance };
}

function findMembers(
  pattern: IPattern,
  { find }: ICompoundContext
): { readonly members: readonly IMemberNode[] } | IRefusedPattern {
  const order = memberOrder(pattern);
  if (!order) {
    return { refused: 'Its steps need each other in a circle.' };
  }
  const members: IMemberNode[] = [];
  for (const node of order) {
    const id = pattern.skills[pattern.nodes.indexOf(node)] ?? '';
    const found = find(id);
    if (!found) {
      return { refused: `The skill "${plainText(id)}" is not there any more.` };
    }
    const taken = ['inputs', 'skill', 'execute', ...members.map(each => each.variable)];
    members.push({ ...found, node, variable: targetName(found.skill.id, taken) });
  }
  return { members };
}

function describe(
  pattern: IPattern,
  members: readonly IMemberNode[],
  { ports, calls }: ICompoundInputs,
  context: ICompoundContext
): IExecutableSkill {
  const { outputs, ports: outputPorts } = compoundOutputs(pattern, members);
  const steps = members.map(({ skill }) => skill.name);
  const skills = [...new Map(members.map(({ skill }) => [skill.id, skill])).values()];
  const code = formatCompoundCode(calls, outputs);
  const objective = objectiveOf(members, outputs);
  return {
    kind: 'executable',
    id: context.id ?? compoundId(members, context.taken),
    name: compoundName(steps),
    description: compoundDescription(steps),
    category: commonest(members.map(({ skill }) => skill.category)),
    keywords: [
      ...new Set(['learned', ...skills.flatMap(({ keywords }) => keywords)])
    ].slice(0, 12),
    aliases: [],
    body: compoundBody(pattern, members, ports),
    type: 'python-wasm',
    mode: skills.some(({ mode }) => mode === 'server-python')
      ? 'server-python'
      : 'browser-wasm',
    pure: skills.every(({ pure }) => pure),
    inputs: ports,
    outputs: outputPorts,
    code,
    codeLine: 1,
    ...(objective === undefined ? {} : { objective })
  };
}

/** Outputs that no member takes, and those that a member aims at. */
function compoundOutputs(
  { edges }: IPattern,
  members: readonly IMemberNode[]
): { readonly outputs: readonly CompoundOutput[]; readonly ports: readonly IPort[] } {
  const used = new Set(edges.map(([from, output]) => `${from}.${output}`));
  const kept = members.flatMap(({ node, variable, skill }) =>
    skill.outputs
      .filter(
        ({ name }) => !used.has(`${node}.${name}`) || aimOf(skill)?.output === name
      )
      .map(port => ({ variable, port }))
  );
  const taken = new Set<string>();
  const outputs: CompoundOutput[] = [];
  const ports = kept.map(({ variable, port }) => {
    const isShared = kept.filter(other => other.port.name === port.name).length > 1;
    const stem = isShared ? `${variable}_${port.name}` : port.name;
    const name = freeName(stem, taken);
    taken.add(name);
    outputs.push([name, variable, port.name]);
    return { ...port, name };
  });
  return { outputs, ports };
}

function aimOf({
  objective
}: IExecutableSkill): { verb: string; output: string } | null {
  const match = /^(\w+)\s+(\w+)$/.exec(objective ?? '');
  return match ? { verb: match[1] ?? '', output: match[2] ?? '' } : null;
}

/** The aim of the one member that has one. */
function objectiveOf(
  members: readonly IMemberNode[],
  outputs: readonly CompoundOutput[]
): string | undefined {
  const aims = members.flatMap(({ skill, variable }) => {
    const aim = aimOf(skill);
    return aim ? [{ ...aim, variable }] : [];
  });
  const [aim, more] = aims;
  const name = outputs.find(
    ([, variable, output]) => variable === aim?.variable && output === aim.output
  )?.[0];
  return aim && !more && name !== undefined ? `${aim.verb} ${name}` : undefined;
}

/** Such as `hamiltonian-vqe-convergence`, or of many steps `hamiltonian-to-results`. */
function compoundId(
  members: readonly IMemberNode[],
  taken: ICompoundContext['taken']
): string {
  const words = members.map(({ variable }) => variable.replaceAll('_', '-'));
  const stem = toSkillId(
    words.length <= 3 ? words.join('-') : `${words[0]}-to-${words.at(-1)}`
  ).slice(0, 58);
  let id = stem;
  for (let number = 2; taken(id); number += 1) {
    id = `${stem}-${number}`;
  }
  return id;
}

/** Of equally common ones the first. */
function commonest(values: readonly string[]): string {
  const count = (value: string): number => values.filter(each => each === value).length;
  return values.reduce((best, value) => (count(value) > count(best) ? value : best));
}
