import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  checkInput,
  parseCell,
  readPython,
  removeArgument,
  setArgument,
  type CellArgument,
  type IInputProblem,
  type IPort,
  type ISkillCell,
  type JsonValue
} from '@llmos-lab/skills';

/** One input of the skill that a cell calls. */
export interface IField {
  readonly port: IPort;
  /** What the source says: a value, an expression, or nothing (the default holds). */
  readonly given: CellArgument | undefined;
  /** What is wrong with the value; undefined for expressions, which only running shows. */
  readonly problem: IInputProblem | undefined;
}

/** A cell that calls one skill, as its form shows it. */
export interface IForm {
  readonly entry: ISkillEntry;
  readonly target: string | null;
  readonly fields: readonly IField[];
  /** Names that the call gives values to, and that are no inputs of the skill. */
  readonly unknown: readonly string[];
}

/** Finds a skill by its id. */
export type FindSkill = (id: string) => ISkillEntry | undefined;

/**
 * Reads the form out of a cell's source; undefined when the cell is not a single call of
 * a skill that is known.
 */
export function readForm(source: string, find: FindSkill): IForm | undefined {
  const read = readCell(source, find);
  if (!read) {
    return undefined;
  }
  const { cell, entry, ports } = read;
  const fields = ports.map(port => {
    const given = cell.values[port.name];
    const value = given && 'value' in given ? given.value : undefined;
    const problem =
      given && 'source' in given
        ? undefined
        : (checkInput(entry.skill.id, port, value) ?? undefined);
    return { port, given, problem };
  });
  const names = ports.map(port => port.name);
  const unknown = Object.keys(cell.values).filter(name => !names.includes(name));
  return { entry, target: cell.target, fields, unknown };
}

/**
 * The source with one input set to a Python expression, or without it when `expression`
 * is undefined. Nothing else of the source changes. Undefined when that cannot be done:
 * no expression, or an argument that others follow by position.
 */
export function editInput(
  source: string,
  find: FindSkill,
  name: string,
  expression: string | undefined
): string | undefined {
  const read = readCell(source, find);
  if (!read) {
    return undefined;
  }
  const names = read.ports.map(port => port.name);
  const { call } = read.cell;
  const edited =
    expression === undefined
      ? removeArgument(source, call, name, names)
      : setArgument(source, call, name, expression, names);
  return edited ?? undefined;
}

/**
 * The smallest replacement that turns one text into another, so that the cursor and other
 * people's edits beside it stay where they are. Undefined when the texts are equal.
 */
export function smallestEdit(
  before: string,
  after: string
): { readonly start: number; readonly end: number; readonly text: string } | undefined {
  if (before === after) {
    return undefined;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start++;
  }
  let tail = 0;
  while (
    tail < shorter - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail++;
  }
  const end = before.length - tail;
  return { start, end, text: after.slice(start, after.length - tail) };
}

/** What a person typed, for a port: text as it stands for strings, else Python. */
export function readTyped(
  port: IPort,
  text: string
): { readonly value: JsonValue } | { readonly source: string } | undefined {
  if (port.type === 'string') {
    return { value: text };
  }
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  const value = readPython(trimmed);
  return value === undefined ? { source: trimmed } : { value };
}

interface IReadCell {
  readonly cell: ISkillCell;
  readonly entry: ISkillEntry;
  readonly ports: readonly IPort[];
}

function readCell(source: string, find: FindSkill): IReadCell | undefined {
  const id = parseCell(source)?.skill;
  const entry = id === undefined ? undefined : find(id);
  if (entry?.skill.kind !== 'executable') {
    return undefined;
  }
  const ports = entry.skill.inputs;
  const cell = parseCell(
    source,
    ports.map(port => port.name)
  );
  return cell ? { cell, entry, ports } : undefined;
}
