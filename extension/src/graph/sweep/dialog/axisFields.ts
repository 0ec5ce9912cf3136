import {
  findArgument,
  formatPython,
  formatValues,
  rangeValues,
  readPython,
  readValues,
  takesRange,
  type IPort,
  type ISweepCall,
  type ISweepRange,
  type SweepValues
} from '@llmos-lab/skills';

/** What a person has typed for one input. */
export interface IAxisFields {
  /** Id of the cell. */
  readonly cell: string;
  readonly input: string;
  readonly mode: 'range' | 'list';
  readonly from: string;
  readonly to: string;
  readonly count: string;
  readonly scale: ISweepRange['scale'];
  readonly list: string;
}

/** Points that a range has unless a person says otherwise. */
const COUNT = '10';

/** The input of a call with fields that give something sensible at once. */
export function newFields(call: ISweepCall, port: IPort): IAxisFields {
  const [from, to] = usualRange(port, currentValue(call, port));
  const base = { cell: call.cell.id, input: port.name, count: COUNT } as const;
  const range = { ...base, from: shown(from), to: shown(to), scale: 'linear' } as const;
  return takesRange(port)
    ? { ...range, mode: 'range', list: '' }
    : { ...range, mode: 'list', list: usualList(port, call) };
}

/** The values that the fields give, or what is wrong with them. */
export function valuesOf(
  call: ISweepCall,
  port: IPort,
  fields: IAxisFields
): SweepValues {
  return fields.mode === 'list'
    ? readValues(call.skill.id, port, fields.list)
    : rangeValues(call.skill.id, port, rangeOf(fields));
}

/** The same values in the other mode, as far as they can be given so. */
export function inMode(
  call: ISweepCall,
  port: IPort,
  fields: IAxisFields,
  mode: IAxisFields['mode']
): IAxisFields {
  const given = mode === 'list' ? valuesOf(call, port, fields) : null;
  return {
    ...fields,
    mode,
    ...(given?.ok && { list: formatValues(given.values) })
  };
}

function rangeOf({ from, to, count, scale }: IAxisFields): ISweepRange {
  const number = (text: string): number => (text.trim() === '' ? NaN : Number(text));
  return { from: number(from), to: number(to), count: number(count), scale };
}

/** What the call gives now, or the skill's default; undefined for what only running tells. */
function currentValue(call: ISweepCall, port: IPort): unknown {
  const names = call.skill.inputs.map(({ name }) => name);
  const given = findArgument(call.call, port.name, names);
  return given
    ? readPython(call.cell.source.slice(given.valueStart, given.valueEnd))
    : port.default;
}

/** From limit to limit, else around the value that the input has. */
function usualRange(port: IPort, current: unknown): readonly [number, number] {
  const { minimum, maximum, type } = port;
  const value = typeof current === 'number' ? current : 1;
  const round = (n: number): number =>
    type === 'integer' ? Math.round(n) : Number(n.toPrecision(6));
  const ends = value === 0 ? [0, 1] : [value / 2, value * 1.5];
  const [low = 0, high = 1] = ends.sort((a, b) => a - b);
  const within = (n: number): number =>
    Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, n));
  return [within(round(low)), within(round(high))];
}

function usualList(port: IPort, call: ISweepCall): string {
  const choices = port.type === 'boolean' ? [false, true] : port.enum;
  const current = currentValue(call, port);
  if (choices) {
    return choices.map(each => formatPython(each)).join(', ');
  }
  return typeof current === 'string' ? current : '';
}

function shown(value: number): string {
  return String(value);
}
