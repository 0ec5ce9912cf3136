import { kindOf, readFlag, readText } from './fields';
import { FORBIDDEN_KEYS, type ILocated } from './frontMatter';
import { warnOfPortKeys } from './portKeys';
import type { IReport, ProblemCode } from './problems';
import { PORT_TYPES, type IPort, type JsonValue, type PortType } from './skill';
import { closest, listOf } from './suggest';
import { fitsType, sameJson } from './values';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Words from other languages that stand for a port type, named in the hint. */
const FOREIGN_TYPES: Readonly<Record<string, PortType>> = {
  float: 'number',
  double: 'number',
  int: 'integer',
  str: 'string',
  text: 'string',
  bool: 'boolean',
  list: 'array',
  dict: 'object',
  json: 'object',
  'array<float>': 'array<number>',
  'number[]': 'array<number>',
  dataframe: 'table',
  svg: 'image'
};

const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else ' +
    'except finally for from global if import in is lambda nonlocal not or pass raise ' +
    'return try while with yield'
  ).split(' ')
);

/** Whether a name can be a Python variable or keyword argument. */
export function isPythonName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !PYTHON_KEYWORDS.has(name);
}

/** Reads `inputs` or `outputs`; a port with a fault is left out. */
export function readPorts(
  field: ILocated | undefined,
  key: 'inputs' | 'outputs',
  report: IReport
): readonly IPort[] {
  if (!field || field.value === null || field.entries?.size === 0) {
    return [];
  }
  if (!field.items) {
    report.add(
      'ports-not-list',
      field.line,
      `"${key}" is ${kindOf(field.value)}.`,
      `Write a list: "${key}:", then "  - { name: x, type: number }" a line.`
    );
    return [];
  }
  const ports: IPort[] = [];
  for (const item of field.items) {
    const port = readPort(item, key, report);
    if (port && ports.some(other => other.name === port.name)) {
      report.add(
        'duplicate-port',
        item.line,
        `"${key}" names "${port.name}" twice.`,
        'Give each its own name, or remove one.'
      );
    } else if (port) {
      ports.push(port);
    }
  }
  return ports;
}

function readPort(item: ILocated, key: string, report: IReport): IPort | null {
  const entries = item.entries;
  if (!entries) {
    report.add(
      'port-not-mapping',
      item.line,
      `An entry of "${key}" is ${kindOf(item.value)}.`,
      'Write "- { name: x, type: number }".'
    );
    return null;
  }
  const name = readPortName(item, key, report);
  const type = readPortType(item, key, report);
  if (name === null || type === null) {
    return null;
  }
  const port: Writable<IPort> = { name, type };
  const description = readText(entries, 'description', report);
  const unit = readText(entries, 'unit', report);
  if (description !== undefined) {
    port.description = description;
  }
  if (unit !== undefined) {
    port.unit = unit;
  }
  warnOfPortKeys(name, entries, report);
  readRange(port, entries, report);
  readEnum(port, entries.get('enum'), report);
  readDefault(port, entries.get('default'), report);
  const required = readFlag(entries, 'required', report);
  if (required === true && port.default !== undefined) {
    report.add(
      'required-with-default',
      entries.get('required')?.line ?? item.line,
      `"${name}" is required and has a default too.`,
      'Remove "required: true" or the default; the default counts for now.'
    );
  } else if (required !== undefined) {
    port.required = required;
  }
  return port;
}

function readPortName(item: ILocated, key: string, report: IReport): string | null {
  const field = item.entries?.get('name');
  if (!field || field.value === null) {
    report.add(
      'port-without-name',
      item.line,
      `An entry of "${key}" has no name.`,
      'Write "name: x" in it.'
    );
    return null;
  }
  const name = typeof field.value === 'string' ? field.value : '';
  if (!isPythonName(name) || FORBIDDEN_KEYS.has(name)) {
    const words = typeof field.value === 'string' ? name : kindOf(field.value);
    report.add(
      'invalid-port-name',
      field.line,
      `"${words}" cannot be the name of a value in Python.`,
      `Use letters, digits and "_", no digit at the beginning, and no reserved word, such as "${portSlug(name)}".`
    );
    return null;
  }
  return name;
}

function portSlug(name: string): string {
  const slug = name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, 'value_');
  return isPythonName(slug) && !FORBIDDEN_KEYS.has(slug) ? slug : 'value';
}

function readPortType(item: ILocated, key: string, report: IReport): PortType | null {
  const field = item.entries?.get('type');
  if (!field || field.value === null) {
    report.add(
      'port-without-type',
      item.line,
      `An entry of "${key}" has no type.`,
      `Write one of ${listOf(PORT_TYPES)}.`
    );
    return null;
  }
  const found =
    typeof field.value === 'string' ? field.value.trim() : kindOf(field.value);
  const type = PORT_TYPES.find(known => known === found.replace(/\s+/g, ''));
  if (type !== undefined) {
    return type;
  }
  const near = FOREIGN_TYPES[found.toLowerCase()] ?? closest(found, PORT_TYPES);
  report.add(
    'unknown-port-type',
    field.line,
    `The type "${found}" is not known.`,
    near === undefined ? `Write one of ${listOf(PORT_TYPES)}.` : `Write "${near}".`
  );
  return null;
}

function readRange(
  port: Writable<IPort>,
  entries: ReadonlyMap<string, ILocated>,
  report: IReport
): void {
  for (const key of ['minimum', 'maximum'] as const) {
    const field = entries.get(key);
    if (!field || field.value === null) {
      continue;
    }
    if (typeof field.value !== 'number') {
      report.add(
        'range-not-number',
        field.line,
        `"${key}" of "${port.name}" is ${kindOf(field.value)}.`,
        `Write a number, such as "${key}: 1".`
      );
    } else if (port.type !== 'number' && port.type !== 'integer') {
      report.add(
        'range-on-other-type',
        field.line,
        `"${key}" stands at "${port.name}", which is of type ${port.type}.`,
        `Remove "${key}", or make the type number or integer.`
      );
    } else {
      port[key] = field.value;
    }
  }
  if (
    port.minimum !== undefined &&
    port.maximum !== undefined &&
    port.minimum > port.maximum
  ) {
    report.add(
      'minimum-above-maximum',
      entries.get('minimum')?.line ?? 1,
      `The minimum ${port.minimum} of "${port.name}" is above its maximum ${port.maximum}.`,
      'Exchange the two numbers, or correct one.'
    );
  }
}

function readEnum(
  port: Writable<IPort>,
  field: ILocated | undefined,
  report: IReport
): void {
  if (!field || field.value === null) {
    return;
  }
  const found =
    !field.items || field.items.length === 0
      ? `"enum" of "${port.name}" is ${field.items ? 'empty' : kindOf(field.value)}.`
      : field.items.some(item => !fitsType(port.type, item.value))
        ? `"enum" of "${port.name}" holds a value that is not of type ${port.type}.`
        : null;
  if (found !== null) {
    report.add(
      'invalid-enum',
      field.line,
      found,
      `List the allowed values, each of type ${port.type}: "enum: [a, b]".`
    );
    return;
  }
  port.enum = field.value as readonly JsonValue[];
}

function readDefault(
  port: Writable<IPort>,
  field: ILocated | undefined,
  report: IReport
): void {
  if (!field || field.value === null) {
    return;
  }
  const value = field.value;
  const fail = (code: ProblemCode, found: string, hint: string): void =>
    report.add(code, field.line, found, hint);
  const shown = JSON.stringify(value);
  if (!fitsType(port.type, value)) {
    fail(
      'default-wrong-type',
      `The default ${shown} of "${port.name}" is ${kindOf(value)}, not of type ${port.type}.`,
      `Write a default of type ${port.type}, or change the type.`
    );
    return;
  }
  if (
    typeof value === 'number' &&
    (value < (port.minimum ?? -Infinity) || value > (port.maximum ?? Infinity))
  ) {
    fail(
      'default-out-of-range',
      `The default ${shown} of "${port.name}" lies outside ${port.minimum ?? '−∞'} to ${port.maximum ?? '∞'}.`,
      'Write a default within the range, or widen the range.'
    );
  }
  if (port.enum && !port.enum.some(choice => sameJson(choice, value))) {
    fail(
      'default-not-in-enum',
      `The default ${shown} of "${port.name}" is none of its enum.`,
      `Write one of ${listOf(port.enum.map(choice => JSON.stringify(choice)))}, or add it to the enum.`
    );
  }
  port.default = value;
}
