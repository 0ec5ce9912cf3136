/** Numbers of a question, and the inputs of a skill that they are meant for. */
import type { JsonValue, IExecutableSkill, IPort } from '../../skill/skill';
import { wordsOf } from './wanted';

/** A number as a question gives it. */
export interface IQuantity {
  /** As it is written: `1 kHz`, `4k7`, `200`. */
  readonly text: string;
  /** In the unit itself, or the number alone. */
  readonly value: number;
  /** As ports have it; null where there is none, or only a prefix. */
  readonly unit: string | null;
  /** A prefix without a unit, as circuits have it: `100n`. */
  readonly isShort: boolean;
  /** Words on either side, as far as they may name what it is a number of. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Words that a question means where it gives such a unit. */
const IMPLIED: Readonly<Record<string, string>> = { Hz: 'frequency' };

/** Words that the units of a question stand for. */
export function impliedWords(question: string): readonly string[] {
  return quantitiesOf(question).flatMap(({ unit }) => IMPLIED[unit ?? ''] ?? []);
}

/** What a question says of a skill's inputs by numbers. */
export interface IGiven {
  readonly inputs: Readonly<Record<string, JsonValue>>;
  /** How values came about that the question does not have itself. */
  readonly why: readonly string[];
  /** The numbers that set them, as they are written. */
  readonly used: ReadonlySet<string>;
}

/** A number of a question that sets no input. */
export interface IUnused {
  /** As it is written. */
  readonly text: string;
  /** Inputs of its unit that have this value by default. */
  readonly preset: readonly string[];
  /** Inputs of its unit that the question leaves at their defaults. */
  readonly ports: readonly string[];
}

/** Powers of ten, longer ones first; micro has two signs. */
const PREFIXES: Readonly<Record<string, number>> = {
  ...{ meg: 6, p: -12, n: -9, u: -6, '\u00b5': -6, '\u03bc': -6, m: -3 },
  ...{ k: 3, K: 3, M: 6, G: 9, g: 9, T: 12, t: 12 }
};

/** Units as ports have them, by how people write them. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ Hz: 'Hz', hertz: 'Hz', Ω: 'Ω', ohm: 'Ω', ohms: 'Ω', Ohm: 'Ω', F: 'F' },
  ...{ farad: 'F', V: 'V', volt: 'V', volts: 'V', s: 's', second: 's', seconds: 's' },
  ...{ Å: 'Å', angstrom: 'Å', angstroms: 'Å', Ha: 'Ha', hartree: 'Ha', Hartree: 'Ha' }
};

const NUMBER =
  /(?<![\p{L}\p{N}._-])(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(?:([kKMRmunp\u00b5\u03bc])(\d+)(?!\p{L}))?(\s?)(\p{L}*)/gu;

/**
 * The numbers of a question with their units.
 *
 * @example quantitiesOf('a 1 kHz low-pass')[0]?.value // 1000
 */
export function quantitiesOf(question: string): readonly IQuantity[] {
  // Signs for ohm and ångström are those of the letters then.
  const said = question.normalize('NFC');
  return [...said.matchAll(NUMBER)].map(match => {
    const [all, digits = '', point, rest = '', space = '', letters = ''] = match;
    const before = wordsOf(said.slice(0, match.index)).slice(-3);
    const tail = said.slice(match.index + all.length);
    const read = point === undefined ? unitOf(letters, space) : null;
    const number =
      point === undefined
        ? `${Number(digits)}e${read?.power ?? 0}`
        : `${digits}.${rest}e${PREFIXES[point] ?? 0}`;
    const unit = read?.unit ?? null;
    return {
      ...{ text: read ? all : all.slice(0, all.length - letters.length).trim() },
      ...{ value: Number(number), unit, before },
      isShort: unit === null && (read !== null || point !== undefined),
      after: wordsOf(read ? tail : letters + tail).slice(0, 1)
    };
  });
}

/** A prefix alone stands at its number: `100n`, and not `2 m`. */
function unitOf(
  letters: string,
  space: string
): { readonly unit: string | null; readonly power: number } | null {
  const found = ['', ...Object.keys(PREFIXES)].find(
    prefix =>
      letters.startsWith(prefix) && Object.hasOwn(UNITS, letters.slice(prefix.length))
  );
  if (found !== undefined) {
    const unit = UNITS[letters.slice(found.length)] ?? null;
    return { unit, power: PREFIXES[found] ?? 0 };
  }
  return space === '' && Object.hasOwn(PREFIXES, letters)
    ? { unit: null, power: PREFIXES[letters] ?? 0 }
    : null;
}

/**
 * The inputs that numbers of the question are meant for: by the name beside them
 * ("200 iterations", "bond length 0.8"), else by a unit that leaves no choice. A frequency
 * sets the capacitance beside a resistance, since both together are one.
 */
export function givenBy(skill: IExecutableSkill, question: string): IGiven {
  const quantities = quantitiesOf(question);
  const inputs: Record<string, JsonValue> = {};
  const why: string[] = [];
  const used = new Set<string>();
  const free = (): readonly IPort[] =>
    skill.inputs.filter(port => isNumeric(port) && !Object.hasOwn(inputs, port.name));
  const open = quantities.filter(quantity => {
    const port = free().find(each => isNamed(each, quantity) && takes(each, quantity));
    if (port) {
      inputs[port.name] = quantity.value;
      used.add(quantity.text);
    }
    return !port;
  });
  const byUnit = new Map<string, IQuantity[]>();
  for (const quantity of open) {
    const unit =
      quantity.unit ?? (quantity.isShort ? nearestUnit(free(), quantity) : null);
    if (unit !== null) {
      byUnit.set(unit, [...(byUnit.get(unit) ?? []), quantity]);
    }
  }
  for (const [unit, given] of byUnit) {
    const ports = free().filter(port => port.unit === unit);
    // One value for several inputs may be any of theirs.
    if (ports.length === 1 || given.length > 1) {
      given.forEach((quantity, at) => {
        const port = ports[at];
        if (port && takes(port, quantity)) {
          inputs[port.name] = quantity.value;
          used.add(quantity.text);
        }
      });
    }
  }
  const [frequency] = byUnit.get('Hz') ?? [];
  if (frequency) {
    const filter = filterFor(skill, inputs, frequency);
    if (filter) {
      Object.assign(inputs, filter.inputs);
      why.push(filter.why);
      used.add(frequency.text);
    }
  }
  return { inputs, why, used };
}

/** The numbers with a unit, or short for one, that set no input of these skills. */
export function unusedIn(
  skills: readonly IExecutableSkill[],
  question: string
): readonly IUnused[] {
  const given = skills.map(skill => ({ skill, ...givenBy(skill, question) }));
  return quantitiesOf(question)
    .filter(({ unit, isShort }) => unit !== null || isShort)
    .filter(({ text }) => !given.some(({ used }) => used.has(text)))
    .map(quantity => {
      const ports = given.flatMap(({ skill, inputs }) => {
        const free = skill.inputs.filter(
          port => isNumeric(port) && !Object.hasOwn(inputs, port.name)
        );
        const unit = quantity.unit ?? nearestUnit(free, quantity);
        return free.filter(port => unit !== null && port.unit === unit);
      });
      const preset = ports.filter(port => plainValue(port.default) === quantity.value);
      const names = (of: readonly IPort[]): readonly string[] =>
        of.map(({ name }) => name);
      return { text: quantity.text, preset: names(preset), ports: names(ports) };
    });
}

/** Numbers, and values that may also be written as circuits have them. */
function isNumeric({ type, unit, default: preset, enum: choices }: IPort): boolean {
  const isAny = type === 'any' && unit !== undefined && plainValue(preset) !== null;
  return choices === undefined && (type === 'number' || type === 'integer' || isAny);
}

/** The number of a default such as `1k`, or null. */
export function plainValue(value: unknown): number | null {
  if (typeof value === 'number') {
    return value;
  }
  const [quantity, other] = typeof value === 'string' ? quantitiesOf(value) : [];
  return quantity && !other ? quantity.value : null;
}

function isNamed(
  { name, unit }: IPort,
  { before, after, unit: own, isShort }: IQuantity
): boolean {
  const words = wordsOf(name);
  const behind = after[0] !== undefined && words.length === 1 && words[0] === after[0];
  const near = before.filter(word => word !== 'of' && word !== 'to');
  const ahead = words.every((word, at) => near.at(at - words.length) === word);
  return ahead ? own === null || own === unit : behind && own === null && !isShort;
}

function takes(
  { type, minimum, maximum, default: preset }: IPort,
  { value }: IQuantity
): boolean {
  return (
    value !== preset &&
    (type !== 'integer' || Number.isInteger(value)) &&
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity)
  );
}

/** The unit of the input whose default is of about the same size: `100n` is no resistance. */
function nearestUnit(ports: readonly IPort[], { value }: IQuantity): string | null {
  const far = (port: IPort): number =>
    Math.abs(Math.log10(value / (plainValue(port.default) ?? Infinity)));
  const [nearest] = ports
    .filter(({ unit }) => unit !== undefined)
    .filter(port => far(port) <= 3)
    .sort((a, b) => far(a) - far(b));
  return nearest?.unit ?? null;
}

/** The one resistance and the one capacitance of a filter; null for other skills. */
export function filterParts(
  ports: readonly IPort[]
): { readonly resistance: IPort; readonly capacitance: IPort } | null {
  const resistances = ports.filter(({ unit }) => unit === 'Ω');
  const capacitances = ports.filter(({ unit }) => unit === 'F');
  const [resistance] = resistances;
  const [capacitance] = capacitances;
  return resistance && capacitance && resistances.length + capacitances.length === 2
    ? { resistance, capacitance }
    : null;
}

/** With f = 1 / (2πRC) the capacitance that belongs to a cut-off. */
function filterFor(
  { inputs: ports }: IExecutableSkill,
  given: Readonly<Record<string, JsonValue>>,
  { text, value }: IQuantity
): { readonly inputs: IGiven['inputs']; readonly why: string } | null {
  const parts = filterParts(ports);
  if (!parts) {
    return null;
  }
  const { resistance, capacitance } = parts;
  const ohms = plainValue(given[resistance.name] ?? resistance.default);
  if (ohms === null || value <= 0 || Object.hasOwn(given, capacitance.name)) {
    return null;
  }
  const farads = Number((1 / (2 * Math.PI * ohms * value)).toPrecision(3));
  return {
    inputs: { [capacitance.name]: farads },
    why: `The ${capacitance.name} makes ${text} of 1 / (2π · ${resistance.name} · ${capacitance.name}), at ${ohms} Ω.`
  };
}
