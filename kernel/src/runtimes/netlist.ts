/** Fills a skill's netlist template from its inputs, and remembers where each line stood. */

import type { IExecutableSkill, IPort } from '@llmos-lab/skills';
import { failure, type SkillFailure } from './failure';
import { formatSpiceValue, isPointNotation, parseSpiceValue } from './spiceValue';

/** What a runtime needs to know of a skill. */
export type SkillCode = Pick<
  IExecutableSkill,
  'id' | 'code' | 'codeLine' | 'inputs' | 'outputs'
>;

/** A line of a netlist and where a person finds it. */
export interface INetlistLine {
  readonly text: string;
  /** `skill` for the skill's file, else the name of an input or of an included file. */
  readonly source: string;
  /** 1-based line in that source. */
  readonly line: number;
}

/** `{{name}}`, `${name}`, or an expression in braces. */
const PLACE = /\{\{\s*([a-z_]\w*)\s*\}\}|\$\{\s*([a-z_]\w*)\s*\}|\{([^{}]*)\}/gi;
/** `{{?analysis=ac}}.ac …`: a line for one value of an input only. */
const CONDITION = /^\s*\{\{\?\s*([a-z_]\w*)\s*=\s*([^{}]*?)\s*\}\}(.*)$/i;
/** A line that is one placeholder alone takes a text of several lines. */
const ALONE =
  /^\s*(?:\{\{\s*([a-z_]\w*)\s*\}\}|\$\{\s*([a-z_]\w*)\s*\}|\{\s*([a-z_]\w*)\s*\})\s*$/i;

/**
 * The netlist of a call. `{{name}}` and `${name}` always stand for an input. Inside
 * single braces, which ngspice evaluates itself, the names of inputs become values and
 * anything else is left to ngspice (`{2*r}` with input `r`, `{rload}` of a `.param`).
 * A line that begins with `{{?name=value}}` stands only when the input has that value.
 */
export function fillTemplate(
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>
): readonly INetlistLine[] {
  const params = declaredParams(skill.code);
  const ports = new Map(skill.inputs.map(port => [port.name, port]));
  return skill.code.split(/\r?\n/).flatMap((written, index) => {
    const line = skill.codeLine + index;
    const [, asked = '', wanted = '', rest = ''] = CONDITION.exec(written) ?? [];
    if (asked && String(inputs[asked]) !== wanted) {
      return [];
    }
    const text = asked ? rest : written;
    const whole = ALONE.exec(text);
    const name = whole?.[1] ?? whole?.[2] ?? whole?.[3];
    const value = name === undefined ? undefined : inputs[name];
    if (name !== undefined && ports.has(name) && typeof value === 'string') {
      return value
        .split(/\r?\n/)
        .map((part, at) => ({ text: part, source: `input ${name}`, line: at + 1 }));
    }
    return [
      { text: fillLine(text, line, { ports, inputs, params }), source: 'skill', line }
    ];
  });
}

interface IFilling {
  readonly ports: ReadonlyMap<string, IPort>;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly params: ReadonlySet<string>;
}

function fillLine(text: string, line: number, filling: IFilling): string {
  if (text.trimStart().startsWith('*')) {
    return text;
  }
  return text.replace(
    PLACE,
    (_all, twice: string | undefined, dollar: string | undefined, formula = '') => {
      const name = twice ?? dollar;
      return name === undefined
        ? fillFormula(String(formula), line, filling)
        : valueOf(name, line, filling, text);
    }
  );
}

function fillFormula(formula: string, line: number, filling: IFilling): string {
  const mine = (name: string): boolean =>
    filling.ports.has(name) && !filling.params.has(name.toLowerCase());
  if (mine(formula.trim())) {
    return valueOf(formula.trim(), line, filling, formula);
  }
  const filled = formula.replace(/(?<![\w.])[a-z_]\w*/gi, name =>
    mine(name) ? valueOf(name, line, filling, formula) : name
  );
  return `{${filled}}`;
}

function valueOf(name: string, line: number, filling: IFilling, text: string): string {
  const port = filling.ports.get(name);
  if (!port) {
    const known = [...filling.ports.keys()].join(', ') || 'none';
    throw failure(
      'skill-error',
      `The netlist asks for {{${name}}}, but the skill has no input of that name ` +
        `(inputs: ${known}).`,
      { line, excerpt: text.trim() }
    );
  }
  return spiceText(port, filling.inputs[name]);
}

/** Names that the netlist gives values to itself: `.param` and `.subckt` parameters. */
function declaredParams(code: string): ReadonlySet<string> {
  const logical = code.replace(/\r?\n\s*\+/g, ' ').split(/\r?\n/);
  const cards = logical.filter(line => /^\s*\.(param|subckt|func)\b/i.test(line));
  const names = cards.flatMap(card =>
    [...card.matchAll(/([a-z_]\w*)\s*=/gi)].map(match => (match[1] ?? '').toLowerCase())
  );
  return new Set(names);
}

/** An input as it stands in a netlist; refuses what would not fit on a line. */
function spiceText(port: IPort, value: unknown): string {
  if (typeof value === 'number') {
    return formatSpiceValue(inRange(port, value));
  }
  if (typeof value === 'boolean') {
    return value ? '1' : '0';
  }
  if (typeof value === 'string') {
    return spiceWord(port, value);
  }
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)) {
    return Array.from(value as ArrayLike<unknown>, item =>
      spiceText({ name: port.name, type: 'any' }, item)
    ).join(' ');
  }
  throw badInput(port, 'a number, a SPICE value such as 4k7, or a text', value);
}

function spiceWord(port: IPort, value: string): string {
  const number = parseSpiceValue(value);
  if (number !== null) {
    inRange(port, number);
    return isPointNotation(value.trim()) ? formatSpiceValue(number) : value.trim();
  }
  if (isQuantity(port) || isPointNotation(value)) {
    throw badInput(port, 'a SPICE value such as 4k7, 10u or 2.2meg', value);
  }
  if (/[\r\n]/.test(value)) {
    throw badInput(port, 'a text of one line', value);
  }
  return value;
}

/** Whether only numbers make sense: the port says so, or it has a unit. */
function isQuantity(port: IPort): boolean {
  return port.type === 'number' || port.type === 'integer' || port.unit !== undefined;
}

function inRange(port: IPort, value: number): number {
  const { minimum = -Infinity, maximum = Infinity } = port;
  if (!(value >= minimum && value <= maximum) || !Number.isFinite(value)) {
    throw badInput(port, `a number from ${minimum} to ${maximum}`, value);
  }
  return value;
}

function badInput(port: IPort, expected: string, value: unknown): SkillFailure {
  const given = typeof value === 'string' ? JSON.stringify(value) : typeOf(value);
  return failure(
    'bad-input',
    `Input ${port.name}: expected ${expected}, given ${given}.`,
    {
      name: 'ValueError'
    }
  );
}

function typeOf(value: unknown): string {
  return typeof value === 'number'
    ? String(value)
    : value === null
      ? 'null'
      : typeof value;
}
