import type { TranslationBundle } from '@jupyterlab/translation';
import {
  findPort,
  findSweptCell,
  givenValues,
  isRecord,
  parseSweepOption,
  rangeValues,
  readValues,
  sweepable,
  type ISweepAxis,
  type ISweepCall,
  type ISweepContext,
  type ISweepRange,
  type JsonValue,
  type SweepValues
} from '@llmos-lab/skills';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** What a command's arguments ask for. */
export interface ISweepWish {
  /** Id of the cell that a dialog is about; undefined where the arguments name none. */
  readonly cell: string | undefined;
  /** Input that a dialog begins with. */
  readonly input: string | undefined;
  /** What to sweep; null where values are missing, so that a dialog must ask. */
  readonly axes: readonly ISweepAxis[] | null;
  readonly columns: readonly string[] | null;
}

/** What wishes are read with. */
export interface IWishContext extends ISweepContext {
  readonly trans: TranslationBundle;
}

type Args = ReadonlyPartialJSONObject;

/** Reads what to sweep. Throws with a message for whoever calls the command. */
export function readWish(
  args: Args,
  context: IWishContext,
  /** Cell that is meant where none is named. */
  selected: string | undefined
): ISweepWish {
  const { sweep, inputs, outputs } = args;
  const { trans } = context;
  const first = text(args, 'cell') ?? selected;
  const columns = outputs === undefined ? null : texts(outputs, 'outputs', trans);
  const wish = { cell: idOf(context, first), input: text(args, 'input'), columns };
  if (sweep !== undefined) {
    const axes = texts(sweep, 'sweep', trans).map(option =>
      optionAxis(option, context)
    );
    return { ...wish, axes };
  }
  if (inputs !== undefined) {
    if (!Array.isArray(inputs) || !inputs.every(isRecord)) {
      throw new Error(
        trans.__('The argument "%1" must be a list of objects.', 'inputs')
      );
    }
    const axes = (inputs as readonly Args[]).map(item => axisOf(item, context, first));
    return { ...wish, axes: axes.every(axis => axis !== null) ? axes : null };
  }
  const axis = wish.input === undefined ? null : axisOf(args, context, first);
  return { ...wish, axes: axis && [axis] };
}

/** An input with its values; null where it has none. */
function axisOf(
  args: Args,
  context: IWishContext,
  selected: string | undefined
): ISweepAxis | null {
  const { values, from, to, count = 10, scale = 'linear' } = args;
  const { trans } = context;
  const input = text(args, 'input');
  if (input === undefined) {
    throw new Error(trans.__('Name the input to sweep.'));
  }
  const call = callOf(context, text(args, 'cell') ?? selected);
  const port = portOf(call, input);
  const { id } = call.skill;
  const axis = { cell: call.cell.id, input };
  if (values !== undefined) {
    const found = Array.isArray(values)
      ? givenValues(id, port, values as readonly JsonValue[])
      : readValues(id, port, typeof values === 'string' ? values : '');
    return { ...axis, values: accepted(found) };
  }
  if (from === undefined || to === undefined) {
    return null;
  }
  if (scale !== 'linear' && scale !== 'log') {
    throw new Error(trans.__('The argument "%1" must be "linear" or "log".', 'scale'));
  }
  const range: ISweepRange = {
    ...{ from: Number(from), to: Number(to), count: Number(count) },
    scale
  };
  const isLog = scale === 'log';
  return { ...axis, values: accepted(rangeValues(id, port, range)), isLog };
}

/** An axis in the notation of `python -m llmos run --sweep`. */
function optionAxis(option: string, context: IWishContext): ISweepAxis {
  const read = parseSweepOption(option);
  if (!read) {
    throw new Error(
      context.trans.__(
        '%1: write CELL.INPUT=A:B:N, such as h.bond_length=0.4:2.5:24.',
        option
      )
    );
  }
  const call = callOf(context, read.cell);
  const port = portOf(call, read.input);
  const values = accepted(readValues(call.skill.id, port, read.values));
  return { cell: call.cell.id, input: read.input, values };
}

function idOf(context: ISweepContext, wanted: string | undefined): string | undefined {
  return wanted === undefined
    ? undefined
    : (findSweptCell(context.graph, wanted)?.id ?? wanted);
}

/** The call of a cell, by its id or its variable. Throws where it cannot be swept. */
export function callOf(context: IWishContext, wanted: string | undefined): ISweepCall {
  const { trans } = context;
  if (wanted === undefined) {
    throw new Error(trans.__('Choose a cell that calls a skill, and try again.'));
  }
  const cell = findSweptCell(context.graph, wanted);
  if (!cell) {
    throw new Error(trans.__('There is no code cell "%1".', wanted));
  }
  const found = sweepable(context, cell);
  if (!found.ok) {
    throw new Error(found.reason);
  }
  return found.call;
}

function portOf(call: ISweepCall, name: string): ISweepCall['skill']['inputs'][number] {
  const port = findPort(call, name);
  if ('reason' in port) {
    throw new Error(port.reason);
  }
  return port;
}

function accepted(found: SweepValues): ISweepAxis['values'] {
  if (!found.ok) {
    throw new Error(found.reason);
  }
  return found.values;
}

function text(args: Args, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(
  value: unknown,
  name: string,
  trans: TranslationBundle
): readonly string[] {
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) {
    throw new Error(trans.__('The argument "%1" must be a list of texts.', name));
  }
  return value;
}

const AXIS = {
  cell: {
    type: 'string',
    description: 'Id of the cell, or the variable that its call assigns'
  },
  input: { type: 'string', description: 'Input of the skill that the cell calls' },
  from: { type: 'number', description: 'First value of a range' },
  to: { type: 'number', description: 'Last value of a range' },
  count: {
    type: 'integer',
    minimum: 1,
    description: 'How many values a range has, both ends included; else 10'
  },
  scale: {
    enum: ['linear', 'log'],
    description: 'Even distances, or even ratios; else linear'
  },
  values: {
    type: ['array', 'string'],
    description: 'Values, or a text such as "1, 2, 5" or "0.4:2.5:24"'
  }
} satisfies ReadonlyJSONObject;

/** JSON schema of the command's arguments, by name. */
export const SWEEP_SCHEMA: ReadonlyJSONObject = {
  ...AXIS,
  inputs: {
    type: 'array',
    description: 'Several inputs, of which all combinations run',
    items: { type: 'object', properties: AXIS, required: ['input'] }
  },
  sweep: {
    type: 'array',
    items: { type: 'string' },
    description:
      'As the command line has it, the cell named as in "cell": "h.bond_length=0.4:2.5:24", one an input'
  },
  outputs: {
    type: 'array',
    items: { type: 'string' },
    description:
      'Outputs to keep, such as "vqe.eigenvalue"; else all numbers and short texts'
  },
  notebook: {
    type: 'string',
    description: 'Path of an open notebook; without it, the one in front'
  }
};
