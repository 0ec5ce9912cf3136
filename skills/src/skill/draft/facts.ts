import type { JsonValue, PortType } from '../skill';

/** How the code must turn an input back into what the cell worked with. */
export type NameForm =
  | 'plain'
  /** A float without fraction, which JSON writes as an integer. */
  | 'float'
  /** A list of floats, some without fraction. */
  | 'floats'
  | 'array'
  | 'tuple'
  | 'set'
  /** The outputs of a skill. */
  | 'outputs'
  | 'none';

/** What a kernel, or the text of the cells above, says of one variable. */
export interface INameFacts {
  /** `code` is a module, function or class: no value that an input could take. */
  readonly kind: 'value' | 'code';
  readonly form: NameForm;
  readonly type: PortType;
  /** Its value, when JSON can say it shortly. */
  readonly value?: JsonValue;
  /** numpy's name of an array's element type. */
  readonly dtype?: string;
  /** The line that imports it. */
  readonly importLine?: string;
  /** Of a skill's outputs. */
  readonly members?: Readonly<Record<string, INameFacts>>;
}

/** A literal's facts: `1.0` is a float, `(1, 2)` a tuple. */
export function factsOfLiteral(value: JsonValue, source: string): INameFacts {
  const text = source.trim();
  if (value === null) {
    return { kind: 'value', form: 'none', type: 'any' };
  }
  if (typeof value === 'number') {
    const isFloat = !/^[-+]?(?:0[xXoObB][\da-fA-F_]+|[\d_]+)$/.test(text);
    return {
      kind: 'value',
      form: isFloat && Number.isInteger(value) ? 'float' : 'plain',
      type: isFloat ? 'number' : 'integer',
      value
    };
  }
  const type = typeOf(value);
  const whole = /(?<![\w.])\d[\d_]*(?:\.0*(?!\d)|(?:\.\d+)?[eE])/.test(text);
  if (whole && typeof value === 'object') {
    // JSON would make integers of some of its numbers.
    const items = text.replace(/^\[|\]$/g, '').split(',');
    const isFloats =
      text.startsWith('[') &&
      items.every(item => /^\s*(?:[-+]?[\d_.]*[.eE][\d_+-]*)?\s*$/.test(item));
    return isFloats && type === 'array<number>'
      ? { kind: 'value', form: 'floats', type, value }
      : { kind: 'value', form: text.startsWith('(') ? 'tuple' : 'plain', type };
  }
  const form = text.startsWith('(') && Array.isArray(value) ? 'tuple' : 'plain';
  return { kind: 'value', form, type, value };
}

function typeOf(value: JsonValue): PortType {
  if (typeof value === 'boolean') {
    return 'boolean';
  }
  if (typeof value === 'string') {
    return 'string';
  }
  if (Array.isArray(value)) {
    return value.length > 0 && value.every(item => typeof item === 'number')
      ? 'array<number>'
      : 'array';
  }
  return 'object';
}

/** Reads the answer of a kernel (`llmos._describe`); whatever is odd is left out. */
export function readFacts(answer: unknown): Readonly<Record<string, INameFacts>> {
  const found: Record<string, INameFacts> = {};
  if (typeof answer !== 'object' || answer === null) {
    return found;
  }
  for (const [name, raw] of Object.entries(answer)) {
    const facts = raw as Partial<INameFacts> | null;
    if (facts?.kind !== undefined && facts.form !== undefined && facts.type) {
      found[name] = facts as INameFacts;
    }
  }
  return found;
}
