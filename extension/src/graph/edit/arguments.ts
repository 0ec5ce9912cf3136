import {
  isRecord,
  type IConnection,
  type ICut,
  type IMove,
  type JsonValue,
  type NodePosition
} from '@llmos-lab/skills';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** Arguments of a command as they come in: checked here, whoever calls. */
export type Args = ReadonlyPartialJSONObject;

/** A text that must be there. Throws with a message for whoever calls the command. */
export function text(args: Args, name: string): string {
  const value = args[name];
  if (typeof value !== 'string' || value === '') {
    throw new Error(`The argument "${name}" must be a text.`);
  }
  return value;
}

/** A text that may be left out. */
export function optionalText(args: Args, name: string): string | undefined {
  return args[name] === undefined ? undefined : text(args, name);
}

/** A list of cell ids with at least one. */
export function cellIds(args: Args): readonly string[] {
  const { cells } = args;
  const isList = Array.isArray(cells) && cells.length > 0;
  if (!isList || !cells.every(id => typeof id === 'string')) {
    throw new Error('The argument "cells" must be a list of cell ids.');
  }
  return cells;
}

/** The four names of an edge. Throws with a message for whoever calls the command. */
export function connection(args: Args): IConnection {
  return {
    from: text(args, 'from'),
    output: text(args, 'output'),
    to: text(args, 'to'),
    input: text(args, 'input')
  };
}

/** The connection in whose middle a skill goes, when one is given. */
export function between(args: Args): IConnection | undefined {
  const value = args['between'];
  if (value === undefined) {
    return undefined;
  }
  if (!isRecord(value)) {
    throw new Error('The argument "between" must name from, output, to and input.');
  }
  return connection(value);
}

/** A place on the canvas; null gives a node back to the automatic layout. */
export function position(args: Args): NodePosition | null {
  const value = args['position'];
  const [x, y, more] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (typeof x === 'number' && typeof y === 'number' && more === undefined) {
    return [x, y];
  }
  if (value === null) {
    return null;
  }
  throw new Error('The argument "position" must be two numbers, [x, y].');
}

/** One move, or several that are one step of undo. */
export function moves(args: Args): readonly IMove[] {
  const list: unknown = args['moves'] ?? [args];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    throw new Error('The argument "moves" must be a list of cells with positions.');
  }
  return (list as readonly unknown[]).map(move => {
    if (!isRecord(move)) {
      throw new Error('The argument "moves" must be a list of cells with positions.');
    }
    const args = move as Args;
    return { cell: text(args, 'cell'), position: position(args) };
  });
}

/** The inputs to take out: one, or several that are one step of undo. */
export function inputEnds(args: Args): readonly ICut[] {
  const list: unknown = args['inputs'] ?? [args];
  if (!Array.isArray(list) || !list.every(isRecord)) {
    throw new Error('The argument "inputs" must be a list of cells with inputs.');
  }
  return (list as readonly Args[]).map(end => {
    const name = optionalText(end, 'name');
    return {
      ...{ to: text(end, 'to'), input: text(end, 'input') },
      ...(name === undefined ? {} : { name })
    };
  });
}

/** Values for inputs by name, when some are given. */
export function inputs(args: Args): Readonly<Record<string, JsonValue>> | undefined {
  const value = args['inputs'];
  if (value !== undefined && !isRecord(value)) {
    throw new Error('The argument "inputs" must be an object of values by name.');
  }
  return value as Readonly<Record<string, JsonValue>> | undefined;
}

const string = (description: string): ReadonlyJSONObject => ({
  type: 'string',
  description
});

const CELL = string('Id of a cell');

const POSITION: ReadonlyJSONObject = {
  type: ['array', 'null'],
  items: { type: 'number' },
  minItems: 2,
  maxItems: 2,
  description: 'Upper left corner of the node, [x, y]; null for the automatic layout'
};

const CONNECTION = {
  from: string('Id of the cell that gives the value'),
  output: string('Output of its skill, or a variable that it defines'),
  to: string('Id of the cell that calls a skill'),
  input: string('Input of that skill')
};

const END = {
  to: CONNECTION.to,
  input: CONNECTION.input,
  name: string('Variable that alone goes where the input has a list of several')
};

const CELLS: ReadonlyJSONObject = {
  type: 'array',
  items: { type: 'string' },
  minItems: 1,
  description: 'Ids of cells'
};

/** JSON schemas of the commands' arguments, by name. */
export const SCHEMAS = {
  connect: CONNECTION,
  disconnect: {
    ...END,
    inputs: {
      type: 'array',
      description: 'Several inputs as one step, each with `to` and `input`',
      items: { type: 'object', properties: END, required: ['to', 'input'] }
    }
  },
  add: {
    skill: string('Id of the skill; without it a dialog asks'),
    position: POSITION,
    after: string('Id of the cell below which it goes; without it, at the end'),
    between: {
      type: 'object',
      properties: CONNECTION,
      required: Object.keys(CONNECTION),
      description: 'A connection in whose middle it goes'
    },
    inputs: { type: 'object', description: 'Values for inputs by name' }
  },
  cells: { cells: CELLS },
  delete: { cells: CELLS, next: string('Id of the cell that is selected then') },
  unfold: { cell: CELL },
  rename: {
    cell: CELL,
    from: string('The variable'),
    to: string('Its new name; without it a dialog asks')
  },
  move: {
    cell: CELL,
    position: POSITION,
    moves: {
      type: 'array',
      description: 'Several moves as one step, each with cell and position',
      items: {
        type: 'object',
        properties: { cell: CELL, position: POSITION },
        required: ['cell', 'position']
      }
    }
  }
} satisfies Record<string, ReadonlyJSONObject>;
