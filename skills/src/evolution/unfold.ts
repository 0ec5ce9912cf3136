/** A learned skill's call as the cells that it stands for. */
import { formatPython, readPython } from '../skill/python';
import { freeName } from '../skill/cell';
import type { IExecutableSkill } from '../skill/skill';
import { onlyCall, type ISkillCall } from '../workflow/calls';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell,
  type IRefusal
} from '../workflow/change/change';
import { namesOf } from '../workflow/change/ends';
import { findUses } from '../workflow/change/names';
import { isLoose, positionOf, withPosition } from '../workflow/change/place';
import {
  disturbed,
  findEditable,
  findSkill,
  graphOf,
  isRefusal,
  labelOf,
  readState,
  type IState
} from '../workflow/change/state';
import { buildGraph } from '../workflow/graph';
import { parsePython } from '../workflow/python/parse';

/** How far below each other the nodes stand, in pixels. */
const STEP = 120;

/** The code of a learned skill, taken apart. */
interface IParts {
  readonly steps: readonly { readonly call: ISkillCall; readonly source: string }[];
  /** Output of the learned skill → member's variable and output. */
  readonly outputs: ReadonlyMap<string, readonly [variable: string, output: string]>;
}

/**
 * Replaces the call of a learned skill by calls of its members, one a cell, and what
 * other cells read of its result by what they give. One step of undo.
 *
 * @param isCurrent whether a pinned version is the skill as it is; then the pin goes
 */
export function unfoldCell(
  context: IEditContext,
  id: string,
  newId: () => string,
  isCurrent: (skill: string, version: string) => boolean = () => false
): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const cell = findEditable(state, id);
  if (isRefusal(cell)) {
    return cell;
  }
  const call = onlyCall(cell);
  const skill = call ? findSkill(context, call.skill) : undefined;
  const parts = skill ? partsOf(skill.code) : null;
  if (!call || !skill || !parts) {
    return refuse(
      'not-possible',
      `${labelOf(state, id)} calls no skill that consists of other skills alone. Only learned skills can be unfolded.`
    );
  }
  const names = newNames(state, parts, call);
  const given = givenInputs(cell.source, call, skill);
  if (given === null) {
    return refuse(
      'not-possible',
      `${labelOf(state, id)} gives inputs that are computed in the call. Give them variables of their own first.`
    );
  }
  const old = context.cells.find(each => each.id === id);
  const position = old ? positionOf(old) : null;
  const added = parts.steps.map((step, index): INotebookCell => {
    const llmos = { v: 1, skill: step.call.skill };
    const source = sourceOf(step, call.callee, { names, given, isCurrent });
    return withPosition(
      { id: newId(), type: 'code', source, metadata: { llmos } },
      position && [position[0], position[1] + index * STEP],
      old && isLoose(old)
    );
  });
  const others = rewritten(state, id, call.target, { parts, names });
  if (!Array.isArray(others)) {
    return others;
  }
  const at = others.findIndex(each => each.id === id);
  const cells = [...others.slice(0, at), ...added, ...others.slice(at + 1)];
  return checked(state, id, cells, { added, names, parts });
}

/** Whether a skill can be unfolded: its code does nothing but call others. */
export function canUnfold({ code }: Pick<IExecutableSkill, 'code'>): boolean {
  return partsOf(code) !== null;
}

function partsOf(code: string): IParts | null {
  const execute = parsePython(code).statements.find(
    statement => statement.kind === 'FunctionDef' && statement.name === 'execute'
  );
  const body = execute?.kind === 'FunctionDef' ? execute.body : [];
  const steps: { call: ISkillCall; source: string }[] = [];
  const outputs = new Map<string, readonly [string, string]>();
  for (const { start, end } of body) {
    const source = code.slice(start, end);
    if (/^return\b/.test(source)) {
      const read = readOutputs(source);
      if (!read) {
        return null;
      }
      read.forEach(([name, variable, output]) => outputs.set(name, [variable, output]));
      continue;
    }
    const [cell] = buildGraph([{ id: '', source }]).cells;
    const call = cell && onlyCall(cell);
    if (call?.target != null && call.arguments.every(isPlain(source))) {
      steps.push({ call, source });
    } else if (
      !/^(?:from llmos import skill|("""|''')[^]*\1|"[^"\n]*")$/.test(source)
    ) {
      return null;
    }
  }
  return steps.length > 1 ? { steps, outputs } : null;
}

type Argument = ISkillCall['arguments'][number];

/** Literals, inputs of the skill, and outputs of members before. */
function isPlain(source: string): (argument: Argument) => boolean {
  return ({ name, star, source: member, valueStart, valueEnd }) => {
    const text = source.slice(valueStart, valueEnd);
    return (
      name !== null &&
      star === '' &&
      (member?.output != null ||
        optionalInput(text) !== null ||
        readPython(text) !== undefined)
    );
  };
}

function optionalInput(text: string): string | null {
  return /^inputs\.get\((["'])(\w+)\1\)$/.exec(text)?.[2] ?? null;
}

const OUTPUT = /(["'])([^"'\n]+)\1\s*:\s*(\w+)\[(["'])([^"'\n]+)\4\]\s*(?:,|$)/g;

function readOutputs(source: string): readonly [string, string, string][] | null {
  const inner = /^return\s*\{([^]*)\}\s*$/.exec(source)?.[1]?.trim();
  if (inner === undefined) {
    return null;
  }
  const found = [...inner.matchAll(OUTPUT)].map((match): [string, string, string] => [
    match[2] ?? '',
    match[3] ?? '',
    match[5] ?? ''
  ]);
  return inner.replace(OUTPUT, '').trim() === '' ? found : null;
}

/** For each member's variable one that is free in the notebook. */
function newNames(
  state: IState,
  { steps }: IParts,
  { target }: ISkillCall
): ReadonlyMap<string, string> {
  const taken = new Set([...namesOf(state)].filter(name => name !== target));
  return new Map(
    steps.map(({ call }) => {
      const name = freeName(call.target ?? '', taken);
      taken.add(name);
      return [call.target ?? '', name];
    })
  );
}

/** Expressions by input as the cell gives them, else its default; null for computed ones. */
function givenInputs(
  source: string,
  call: ISkillCall,
  skill: IExecutableSkill
): ReadonlyMap<string, string> | null {
  const given = new Map<string, string>();
  for (const { name, default: value } of skill.inputs) {
    if (value !== undefined) {
      given.set(name, formatPython(value));
    }
  }
  for (const [index, argument] of call.arguments.entries()) {
    const name = argument.name ?? skill.inputs[index]?.name;
    if (argument.star !== '' || name === undefined || !call.onlyReads) {
      return null;
    }
    given.set(name, source.slice(argument.valueStart, argument.valueEnd));
  }
  return given;
}

interface IWords {
  readonly names: ReadonlyMap<string, string>;
  readonly given: ReadonlyMap<string, string>;
  readonly isCurrent: (skill: string, version: string) => boolean;
}

function sourceOf(
  { call, source }: IParts['steps'][number],
  callee: string,
  { names, given, isCurrent }: IWords
): string {
  const list = call.arguments.flatMap(argument => {
    const text = source.slice(argument.valueStart, argument.valueEnd);
    const member = argument.source;
    const input = member?.name === 'inputs' ? member.output : optionalInput(text);
    const value =
      input !== null
        ? given.get(input)
        : member
          ? `${names.get(member.name) ?? member.name}.${member.output}`
          : text;
    // Without a value the member's own default holds.
    return value === undefined ? [] : [`${argument.name}=${value}`];
  });
  const { skill, version } = call;
  const pin =
    version === null || isCurrent(skill, version)
      ? ''
      : `, version=${formatPython(version)}`;
  const target = names.get(call.target ?? '') ?? '';
  return `${target} = await ${callee}(${formatPython(skill)}${pin})(${list.join(', ')})`;
}

/** All cells, those that read the result reading its members' instead; or why not. */
function rewritten(
  state: IState,
  id: string,
  target: string | null,
  {
    parts,
    names
  }: { readonly parts: IParts; readonly names: ReadonlyMap<string, string> }
): INotebookCell[] | IRefusal {
  const readers = new Set(
    state.graph.edges
      .filter(({ from, name }) => from === id && name === target)
      .map(({ to }) => to)
  );
  const cells: INotebookCell[] = [];
  for (const cell of state.context.cells) {
    if (!readers.has(cell.id) || target === null) {
      cells.push(cell);
      continue;
    }
    const source = withMembers(cell.source, target, name => {
      const found = parts.outputs.get(name);
      return found ? [names.get(found[0]) ?? found[0], found[1]] : null;
    });
    if (source === null) {
      return refuse(
        'not-possible',
        `${labelOf(state, cell.id)} uses "${target}" as a whole. Read its outputs there one by one first.`
      );
    }
    cells.push({ ...cell, source });
  }
  return cells;
}

function withMembers(
  source: string,
  target: string,
  find: (output: string) => readonly [string, string] | null
): string | null {
  let result = '';
  let at = 0;
  for (const { start, end } of findUses(source, name => name === target)) {
    const behind = /^\s*(?:\.(\w+)|\[\s*(["'])([^"'\n]+)\2\s*\])/.exec(
      source.slice(end)
    );
    const found = find(behind?.[1] ?? behind?.[3] ?? '');
    if (!behind || !found) {
      return null;
    }
    const [variable, output] = found;
    const read = behind[1] === undefined ? `[${formatPython(output)}]` : `.${output}`;
    result += source.slice(at, start) + variable + read;
    at = end + behind[0].length;
  }
  return result + source.slice(at);
}

/** No other value may flow anywhere else than before. */
function checked(
  state: IState,
  id: string,
  cells: readonly INotebookCell[],
  {
    added,
    names,
    parts
  }: {
    readonly added: readonly INotebookCell[];
    readonly names: ReadonlyMap<string, string>;
    readonly parts: IParts;
  }
): EditResult {
  const makers = new Map(
    parts.steps.map(({ call }, index) => [
      names.get(call.target ?? '') ?? '',
      added[index]?.id ?? ''
    ])
  );
  const isNew = new Set(added.map(cell => cell.id));
  const trouble = disturbed(state.graph, graphOf(cells, state.graph), (to, name) => {
    const maker = makers.get(name);
    if (maker !== undefined) {
      return maker;
    }
    return isNew.has(to)
      ? (state.graph.edges.find(edge => edge.to === id && edge.name === name)?.from ??
          null)
      : undefined;
  });
  return trouble
    ? refuse(
        'not-possible',
        `Unfolding would change "${trouble.name}", which ${labelOf(state, trouble.to)} uses. Rename that variable first.`
      )
    : accept(cells, [...isNew]);
}
