import type { IPort, PortType } from './skill';
import { closest, listOf } from './suggest';

/** An input of a call that does not fit its port. */
export interface IInputProblem {
  readonly code:
    | 'unknown-input'
    | 'missing-input'
    | 'wrong-type'
    | 'below-minimum'
    | 'above-maximum'
    | 'not-in-enum';
  readonly skill: string;
  readonly input: string;
  /** What the port wants, such as `integer` or `at least 1`. */
  readonly expected: string;
  /** What came, such as `string "ten"`. */
  readonly given: string;
  /** The whole as one sentence for people. */
  readonly message: string;
}

/** The port type that a value has by itself, in the words of the port types. */
export function typeOfValue(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  if (typeof value === 'object') {
    return isList(value) ? 'array' : 'object';
  }
  return typeof value === 'bigint' ? 'integer' : typeof value;
}

/** Whether a value may go into a port of this type. */
export function fitsType(type: PortType, value: unknown): boolean {
  switch (type) {
    case 'any':
      return value !== undefined;
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return isList(value);
    case 'array<number>':
      return isNumberList(value);
    case 'object':
    case 'geometry':
    case 'material':
    case 'mesh':
    case 'scene':
      return isRecord(value);
    case 'image':
    case 'circuit':
      return typeof value === 'string' || isRecord(value);
    case 'table':
      return isRecord(value) || isList(value);
  }
}

/**
 * Checks the inputs of a call by name. A missing input is a problem only when the port
 * is required; null stands for "not given" where a port has no default.
 */
export function checkInputs(
  skill: string,
  ports: readonly IPort[],
  values: Readonly<Record<string, unknown>>
): readonly IInputProblem[] {
  const names = ports.map(port => port.name);
  const unknown = Object.keys(values)
    .filter(name => !names.includes(name))
    .map(name => unknownInput(skill, name, names));
  const wrong = ports.flatMap(port => {
    const given = Object.hasOwn(values, port.name) ? values[port.name] : undefined;
    return checkInput(skill, port, given) ?? [];
  });
  return [...unknown, ...wrong];
}

/** Checks one value against one port; null when it fits. */
export function checkInput(
  skill: string,
  port: IPort,
  value: unknown
): IInputProblem | null {
  const fault = (
    code: IInputProblem['code'],
    expected: string,
    given = describe(value)
  ): IInputProblem => ({
    code,
    skill,
    input: port.name,
    expected,
    given,
    message: `Skill "${skill}", input "${port.name}": expected ${expected}, given ${given}.`
  });
  if (value === undefined) {
    return port.required ? fault('missing-input', port.type, 'nothing') : null;
  }
  if (value === null && port.type !== 'any' && !port.required) {
    return port.default === undefined || port.default === null
      ? null
      : fault('wrong-type', port.type);
  }
  if (!fitsType(port.type, value)) {
    return fault('wrong-type', port.type);
  }
  const size = typeof value === 'bigint' ? Number(value) : value;
  if (typeof size === 'number') {
    if (port.minimum !== undefined && !(size >= port.minimum)) {
      return fault('below-minimum', `at least ${port.minimum}`);
    }
    if (port.maximum !== undefined && !(size <= port.maximum)) {
      return fault('above-maximum', `at most ${port.maximum}`);
    }
  }
  if (port.enum && !port.enum.some(choice => sameJson(choice, value))) {
    return fault('not-in-enum', listOf(port.enum.map(choice => describeJson(choice))));
  }
  return null;
}

/** The values of a call with the defaults of the ports that were not given. */
export function withDefaults(
  ports: readonly IPort[],
  values: Readonly<Record<string, unknown>>
): Readonly<Record<string, unknown>> {
  const defaults = ports
    .filter(port => port.default !== undefined)
    .map(port => [port.name, port.default] as const);
  return { ...Object.fromEntries(defaults), ...values };
}

/** Equality of JSON values; the order of an object's keys does not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every(key => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
    );
  }
  return false;
}

/** A value with its type, short enough for a message: `string "ten"`. */
export function describe(value: unknown): string {
  const type = typeOfValue(value);
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return `${type} ${String(value)}`;
    case 'string':
      return `string ${describeJson(value)}`;
    case 'array':
      return `array of ${(value as ArrayLike<unknown>).length} items`;
    default:
      return type;
  }
}

function describeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function unknownInput(
  skill: string,
  name: string,
  names: readonly string[]
): IInputProblem {
  const near = closest(name, names);
  const known = names.length > 0 ? `one of ${listOf(names)}` : 'no inputs';
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return {
    code: 'unknown-input',
    skill,
    input: name,
    expected: known,
    given: name,
    message: `Skill "${skill}" has no input "${name}": it takes ${known}.${hint}`
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return (
    Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
  );
}

function isNumberList(value: unknown): boolean {
  if (!isList(value)) {
    return false;
  }
  return (
    !Array.isArray(value) || value.every((item: unknown) => typeof item === 'number')
  );
}
