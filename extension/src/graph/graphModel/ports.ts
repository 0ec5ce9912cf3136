import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  findArgument,
  formatPython,
  titleOfCode,
  type IExecutableSkill,
  type IGraphCell,
  type IPort,
  type ISkillCall
} from '@llmos-lab/skills';

import { variablePort, type GraphNodeKind, type IGraphPort } from './view';

/** Finds a skill by its id. */
export type FindSkill = (id: string) => ISkillEntry | undefined;

/** What a code cell offers and takes, before its edges are known. */
export interface ICellPorts {
  readonly cell: IGraphCell;
  readonly kind: GraphNodeKind;
  readonly title: string;
  readonly skill: string | null;
  readonly category: string | null;
  /** The one skill call whose inputs and outputs are the ports. */
  readonly call: ISkillCall | null;
  /** The variable that holds the skill's outputs. */
  readonly result: string | null;
  readonly inputs: readonly IGraphPort[];
  readonly outputs: readonly IGraphPort[];
  /** Names under which `skill` itself comes in; no edge is drawn for them. */
  readonly imported: ReadonlySet<string>;
}

/** Reads a cell's ports: those of its skill when it calls one, else its definitions. */
export function describeCell(cell: IGraphCell, find: FindSkill): ICellPorts {
  const { analysis, calls } = cell;
  const imported = new Set([
    'skill',
    ...calls.map(({ callee }) => callee.split('.')[0] ?? ''),
    ...analysis.imports.flatMap(({ module, name }) =>
      module === 'llmos' ? [name] : []
    )
  ]);
  const [call, more] = calls;
  if (!call || more || !call.topLevel) {
    return {
      cell,
      kind: calls.every(({ skill }) => find(skill)) ? 'code' : 'missing',
      title: titleOfCode(cell.source),
      skill: null,
      category: null,
      call: null,
      result: null,
      inputs: [],
      outputs: definitions(analysis.defines, imported),
      imported
    };
  }
  const entry = find(call.skill);
  const skill = entry?.skill.kind === 'executable' ? entry.skill : null;
  const result = call.target;
  const others = analysis.defines.filter(name => name !== result);
  return {
    cell,
    kind: skill ? 'skill' : 'missing',
    title: entry?.skill.name ?? call.skill,
    skill: call.skill,
    category: entry?.skill.category ?? null,
    call: named(call, skill),
    result,
    inputs: skill
      ? skill.inputs.map(port => inputPort(port, call, cell, skill))
      : given(call, cell),
    outputs: [
      ...(skill && result !== null ? skill.outputs.map(portOf) : []),
      ...definitions(others, imported)
    ],
    imported
  };
}

function definitions(
  names: readonly string[],
  imported: ReadonlySet<string>
): IGraphPort[] {
  return names.filter(name => !imported.has(name)).map(variablePort);
}

/** The call with a name for each argument that is given by position. */
function named(call: ISkillCall, skill: IExecutableSkill | null): ISkillCall {
  let position = 0;
  return {
    ...call,
    arguments: call.arguments.map(argument => {
      const isPositional = argument.name === null && argument.star === '';
      const name = isPositional ? skill?.inputs[position++]?.name : undefined;
      return name === undefined ? argument : { ...argument, name };
    })
  };
}

function inputPort(
  port: IPort,
  call: ISkillCall,
  cell: IGraphCell,
  skill: IExecutableSkill
): IGraphPort {
  const names = skill.inputs.map(({ name }) => name);
  const found = findArgument(call, port.name, names);
  const text = found
    ? cell.source.slice(found.valueStart, found.valueEnd)
    : port.default === undefined
      ? null
      : formatPython(port.default);
  return { ...portOf(port), required: port.required === true, text };
}

/** A skill's input or output, as long as nothing is known of a call. */
export function portOf(port: IPort): IGraphPort {
  return {
    ...variablePort(port.name),
    type: port.type,
    unit: port.unit ?? null,
    hasChoices: port.enum !== undefined,
    description: port.description ?? null
  };
}

/** Inputs of a skill that is not there: those that the call names. */
function given(call: ISkillCall, cell: IGraphCell): IGraphPort[] {
  return call.arguments.flatMap(({ name, valueStart, valueEnd }) =>
    name === null
      ? []
      : [{ ...variablePort(name), text: cell.source.slice(valueStart, valueEnd) }]
  );
}
