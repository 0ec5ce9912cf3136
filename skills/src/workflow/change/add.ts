import { targetName, toCell, type CellArgument } from '../../skill/cell';
import { connects } from '../../skill/connect';
import type { IExecutableSkill, IPort, JsonValue, PortType } from '../../skill/skill';
import { analyseCell } from '../analyse';
import { findArgument } from '../edit';
import {
  accept,
  refuse,
  type EditResult,
  type IConnection,
  type IEdit,
  type IEditContext,
  type INotebookCell,
  type IRefusal,
  type NodePosition
} from './change';
import { connectCells } from './connect';
import { findInput, findOutput, namesOf, type IOutput } from './ends';
import { IMPORT_LINE, importIndex, isBlank } from './importLine';
import { withPosition } from './place';
import { findCell, isRefusal, readState, type IState } from './state';

/** A skill to add to a notebook. */
export interface IAddition {
  /** Id of the skill. */
  readonly skill: string;
  /** Hash of the skill's file, kept in the cell's metadata. */
  readonly version?: string;
  readonly position?: NodePosition;
  /** Cell below which it goes; without it, it goes to the end. */
  readonly after?: string;
  /** A connection in whose middle it goes. */
  readonly between?: IConnection;
  /** Values for inputs by name; others keep their defaults. */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  /** Ids for new cells, each call another one. */
  readonly newId: () => string;
}

/**
 * Adds a cell that calls a skill: with a variable of its own, with the import above when
 * the notebook lacks it, unconnected, or in the middle of a connection.
 */
export function addSkillCell(context: IEditContext, addition: IAddition): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const skill = context.find(addition.skill);
  if (!skill) {
    return refuse(
      'unknown-skill',
      `There is no skill "${addition.skill}". Look it up in the skill library.`
    );
  }
  if (skill.kind !== 'executable') {
    return refuse(
      'unknown-skill',
      `"${skill.name}" guides the assistant and has no code to insert. Choose a skill with a type.`
    );
  }
  return addition.between
    ? addBetween(state, skill, addition, addition.between)
    : insert(state, skill, addition, placeOf(state, addition.after));
}

/** Index at which the cell goes. */
function placeOf({ context: { cells } }: IState, after: string | undefined): number {
  const index = cells.findIndex(cell => cell.id === after);
  return index < 0 ? cells.length : index + 1;
}

function insert(
  state: IState,
  skill: IExecutableSkill,
  { version, position, between, inputs = {}, newId }: IAddition,
  index: number
): IEdit {
  const target = targetName(skill.id, namesOf(state));
  const values: Record<string, CellArgument> = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, { value }])
  );
  // A required input is not written as its own name here: that could be someone's variable.
  const optional = skill.inputs.map(port => ({ ...port, required: false }));
  const source = toCell({ ...skill, inputs: optional }, target, values);
  const llmos = { v: 1, skill: skill.id, ...(version ? { version } : {}) };
  // In the middle of a connection it holds the two ends together in the layout.
  const isLoose = !between;
  const plain = codeCell(newId(), source, { llmos });
  const cell = withPosition(plain, position ?? null, isLoose);
  return accept(placeCell(state.context.cells, cell, index, newId), [cell.id]);
}

/**
 * The cells with a code cell at the index, in the place of an empty one at the end, and
 * the import of `skill` above it where it uses that and no cell above has it.
 */
export function placeCell(
  old: readonly INotebookCell[],
  cell: INotebookCell,
  index: number,
  newId: () => string
): readonly INotebookCell[] {
  // An empty cell at the end is where the next one was meant to go.
  const fills = index === old.length && isBlank(old.slice(-1));
  const cells = fills ? old.slice(0, -1) : old;
  const at = fills ? cells.length : index;
  const importAt = analyseCell(cell.source).uses.includes('skill')
    ? importIndex(cells, at)
    : -1;
  const added = [...cells.slice(0, at), cell, ...cells.slice(at)];
  return importAt < 0
    ? added
    : [
        ...added.slice(0, importAt),
        codeCell(newId(), IMPORT_LINE, {}),
        ...added.slice(importAt)
      ];
}

function codeCell(
  id: string,
  source: string,
  metadata: INotebookCell['metadata']
): INotebookCell {
  return { id, type: 'code', source, metadata };
}

/** Inserts above the cell that uses the value, then connects both sides. */
function addBetween(
  state: IState,
  skill: IExecutableSkill,
  addition: IAddition,
  between: IConnection
): EditResult {
  const ends = portsBetween(state, skill, between);
  if (isRefusal(ends)) {
    return ends;
  }
  const { context } = state;
  const before = context.cells.findIndex(cell => cell.id === between.to);
  const added = insert(state, skill, addition, before);
  const [id] = added.about;
  if (id === undefined) {
    return added;
  }
  const { from, output, to, input } = between;
  const next = (cells: readonly INotebookCell[]): IEditContext => ({
    ...context,
    cells
  });
  const first = connectCells(next(added.cells), {
    ...{ from, output, to: id },
    input: ends.input.name
  });
  if (!first.ok) {
    return first;
  }
  const second = connectCells(next(first.cells), {
    ...{ from: id, output: ends.output.name },
    ...{ to, input }
  });
  return second.ok ? accept(second.cells, [id]) : second;
}

interface IPorts {
  readonly input: IPort;
  readonly output: IPort;
}

/** The input and the output of a skill that fit into a connection. */
function portsBetween(
  state: IState,
  skill: IExecutableSkill,
  { from, output: outputName, to, input: inputName }: IConnection
): IPorts | IRefusal {
  const source = findCell(state, from);
  const sink = findCell(state, to);
  if (isRefusal(source)) {
    return source;
  }
  if (isRefusal(sink)) {
    return sink;
  }
  const output = findOutput(state, source, outputName);
  const input = findInput(state, sink, inputName);
  if (isRefusal(output)) {
    return output;
  }
  if (isRefusal(input)) {
    return input;
  }
  const given = findArgument(input.call, inputName, input.inputs);
  if (given?.source?.name !== output.variable) {
    return refuse(
      'not-connected',
      `"${outputName}" and "${inputName}" are not connected, so nothing can go between them.`
    );
  }
  const needs =
    input.port.type === 'object'
      ? `an input of that type and an output "${inputName}", since an object of another name is something else`
      : 'an input and an output of these types';
  return (
    choosePorts(skill, output, outputName, input.port) ??
    refuse(
      'type-mismatch',
      `"${skill.name}" does not fit between "${outputName}" (${output.type}) and "${inputName}" (${input.port.type}): it needs ${needs}. Add it beside them, and connect what you mean.`
    )
  );
}

/** Of the ports that fit, those with the same name, then the required, then the first. */
function choosePorts(
  skill: IExecutableSkill,
  output: IOutput,
  name: string,
  sink: IPort
): IPorts | null {
  const fits = (from: PortType, to: PortType): number =>
    connects(from, to) ? (from === to ? 2 : 1) : 0;
  const input = best(
    // No value that flows here is meant for one of a list of choices.
    skill.inputs.filter(port => !port.enum && fits(output.type, port.type) > 0),
    port =>
      (port.name === name ? 8 : 0) +
      (port.required ? 4 : 0) +
      fits(output.type, port.type)
  );
  const out = best(
    skill.outputs.filter(port => fits(port.type, sink.type) > 0 && isMeant(port, sink)),
    port => (port.name === sink.name ? 8 : 0) + fits(port.type, sink.type)
  );
  return input && out ? { input, output: out } : null;
}

/**
 * Whether an output can be chosen for an input without asking: an object may be anything,
 * so that only its name tells.
 */
function isMeant(output: IPort, input: IPort): boolean {
  const isObject = output.type === 'object' || input.type === 'object';
  return input.type === 'any' || !isObject || output.name === input.name;
}

/** The highest, the earlier of equals. */
function best<T>(list: readonly T[], rank: (item: T) => number): T | undefined {
  return list.reduce<T | undefined>(
    (found, item) => (found === undefined || rank(item) > rank(found) ? item : found),
    undefined
  );
}
