/** How the card of each kind of part is read, by its first letter. */

import { formatTick } from '../format';
import type { IPart, IPin, PartKind } from './parts';

/** What the cards of a netlist define. */
export interface IReading {
  /** Lower-case type (`npn`, `d`, `sw`) by lower-case name. */
  readonly models: Map<string, string>;
  /** Port names by lower-case name of the subcircuit. */
  readonly subcircuits: Map<string, readonly string[]>;
}

type Reader = (
  words: readonly string[],
  card: string,
  reading: IReading
) => IPart | null;

/** Longer values are cut; the tooltip has the whole card. */
const LONGEST = 22;

function nodeOf(word: string): string {
  const name = word.toLowerCase();
  return name === 'gnd' ? '0' : name;
}

/** Pins of these roles from the words after the name; null when some are missing. */
function pinsFrom(
  words: readonly string[],
  roles: readonly string[]
): readonly IPin[] | null {
  const pins = roles.map((role, at) => ({ role, node: nodeOf(words[at + 1] ?? '') }));
  return pins.some(pin => pin.node === '' || pin.node.includes('=')) ? null : pins;
}

function cut(text: string): string {
  const bare = text.replace(/^\{(.*)\}$|^'(.*)'$/s, '$1$2').trim();
  return bare.length > LONGEST ? `${bare.slice(0, LONGEST - 1)}…` : bare;
}

const POWERS: Readonly<Record<string, number>> = {
  ...{ t: 12, g: 9, meg: 6, k: 3, m: -3, u: -6, n: -9, p: -12, f: -15, a: -18 }
};
const NUMBER =
  /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(meg|mil|[tgkmunpfa])?[a-z]*$/i;

/** `4.7k` with Ω as `4.7 kΩ`; formulas and names of parameters stay as they are. */
export function quantity(text: string, unit: string): string {
  const [, digits, suffix = ''] = NUMBER.exec(text) ?? [];
  const letters = suffix.toLowerCase();
  return digits === undefined || letters === 'mil'
    ? cut(text)
    : formatTick(Number(digits) * 10 ** (POWERS[letters] ?? 0), unit);
}

/** `R1 a b 1k`: the value, else the model and the value after it. */
function passive(kind: PartKind, letter: string, unit: string): Reader {
  return (words, card, { models }) => {
    const pins = pinsFrom(words, ['+', '-']);
    const rest = words.slice(3);
    const plain = rest.filter(word => !word.includes('='));
    const named = rest.find(word => word.toLowerCase().startsWith(`${letter}=`));
    const value = plain.find(word => !models.has(word.toLowerCase())) ?? plain[0];
    return (
      pins && {
        name: words[0] ?? '',
        kind,
        pins,
        value: quantity(value ?? named?.slice(2) ?? '', unit),
        card
      }
    );
  };
}

const WAVES: readonly (readonly [RegExp, 'sine' | 'pulse' | 'other'])[] = [
  [/\b(sin|sffm|am)\b/i, 'sine'],
  [/\bpulse\b/i, 'pulse'],
  [/\b(pwl|exp|trnoise|trrandom)\b/i, 'other']
];

/** A source shows its waveform first, else its AC part, else its constant value. */
function source(kind: 'voltage' | 'current', unit: string): Reader {
  return (words, card) => {
    const pins = pinsFrom(words, ['+', '-']);
    const text = words.slice(3).join(' ');
    const wave = WAVES.find(([pattern]) => pattern.test(text))?.[1];
    const form = /\b(\w+)\s*\(([^)]*)\)/.exec(text);
    const ac = /\bac\s+(\S+)/i.exec(text)?.[1];
    const constant = /^(?:dc\s+)?(\S+)/i.exec(text)?.[1] ?? '0';
    const value = form
      ? `${(form[1] ?? '').toUpperCase()} ${form[2] ?? ''}`
      : ac
        ? `AC ${ac}`
        : quantity(constant, unit);
    return (
      pins && {
        name: words[0] ?? '',
        kind,
        pins,
        value: cut(value),
        card,
        wave: wave ?? (ac ? 'sine' : 'dc')
      }
    );
  };
}

/** Names its model; the type of the model chooses the symbol. */
function device(
  roles: readonly string[],
  kindOf: (type: string) => PartKind,
  modelAt: readonly number[]
): Reader {
  return (words, card, { models }) => {
    const at =
      modelAt.find(index => models.has((words[index] ?? '').toLowerCase())) ??
      modelAt[0] ??
      0;
    const model = words[at] ?? '';
    const pins = pinsFrom(words, roles.slice(0, at - 1));
    const kind = kindOf(models.get(model.toLowerCase()) ?? '');
    if (!pins || !model) {
      return null;
    }
    const body = pins.find(pin => pin.role === 'substrate');
    const value = body ? `${cut(model)}, substrate ${body.node}` : cut(model);
    return { name: words[0] ?? '', kind, pins: pins.filter(isDrawn), value, card };
  };
}

/** The usual bulk, tied to the source, has no line of its own, nor has a substrate. */
function isDrawn({ role, node }: IPin, _at: number, pins: readonly IPin[]): boolean {
  const source = pins.find(pin => pin.role === 'source');
  return role !== 'substrate' && (role !== 'bulk' || node !== source?.node);
}

/** `E1 a b c d 2` has control pins; `F1 a b Vm 3` and formulas say theirs in words. */
function dependent(kind: PartKind, isByCurrent: boolean): Reader {
  return (words, card) => {
    const rest = words.slice(3);
    const isFormula = /^(value|vol|cur|poly|table|v|i)\b/i.test(rest[0] ?? '');
    const byNodes = !isByCurrent && !isFormula;
    const roles = byNodes ? ['+', '-', 'control +', 'control -'] : ['+', '-'];
    const pins = pinsFrom(words, roles);
    const gain = rest[byNodes ? 2 : 1] ?? '';
    const said = isFormula
      ? rest.join(' ').replace(/^\w+\s*=\s*/, '')
      : byNodes
        ? `×${gain}`
        : `${gain}·i(${rest[0] ?? ''})`;
    return pins && { name: words[0] ?? '', kind, pins, value: cut(said), card };
  };
}

function switchReader(isByCurrent: boolean): Reader {
  return (words, card) => {
    const roles = isByCurrent ? ['+', '-'] : ['+', '-', 'control +', 'control -'];
    const pins = pinsFrom(words, roles);
    const rest = words.slice(isByCurrent ? 3 : 5);
    const said = isByCurrent
      ? `${rest[1] ?? ''} by i(${rest[0] ?? ''})`
      : (rest[0] ?? '');
    return (
      pins && { name: words[0] ?? '', kind: 'switch', pins, value: cut(said), card }
    );
  };
}

const line: Reader = (words, card) => {
  const pins = pinsFrom(words, ['1+', '1-', '2+', '2-']);
  const value = words.slice(5).join(' ');
  return pins && { name: words[0] ?? '', kind: 'box', pins, value: cut(value), card };
};

/** An instance of a subcircuit: its last word before parameters is the name. */
const instance: Reader = (words, card, { subcircuits }) => {
  const end = words.findIndex(word => word.includes('=') || /^params:?$/i.test(word));
  const used = end < 0 ? words : words.slice(0, end);
  const type = used.at(-1) ?? '';
  const ports = subcircuits.get(type.toLowerCase()) ?? [];
  const pins = used.slice(1, -1).map((word, at) => ({
    role: ports[at] ?? String(at + 1),
    node: nodeOf(word)
  }));
  return pins.length > 0
    ? { name: words[0] ?? '', kind: 'box', pins, value: cut(type), card }
    : null;
};

const bipolar = (type: string): PartKind => (type.startsWith('pnp') ? 'pnp' : 'npn');
const mosfet = (type: string): PartKind => (type.startsWith('p') ? 'pmos' : 'nmos');
const junction = (type: string): PartKind => (type.startsWith('p') ? 'pjf' : 'njf');

/** Readers by letter, as ngspice's manual has them (chapter 2, table 2.1). */
export const readers: Readonly<Record<string, Reader>> = {
  r: passive('resistor', 'r', 'Ω'),
  c: passive('capacitor', 'c', 'F'),
  l: passive('inductor', 'l', 'H'),
  v: source('voltage', 'V'),
  i: source('current', 'A'),
  d: device(['+', '-'], () => 'diode', [3]),
  q: device(['collector', 'base', 'emitter', 'substrate'], bipolar, [4, 5]),
  m: device(['drain', 'gate', 'source', 'bulk'], mosfet, [5, 4]),
  j: device(['drain', 'gate', 'source'], junction, [4]),
  e: dependent('dependent-voltage', false),
  g: dependent('dependent-current', false),
  h: dependent('dependent-voltage', true),
  f: dependent('dependent-current', true),
  b: (words, card, reading) => {
    const isCurrent = /^i=/i.test(words[3] ?? '');
    const kind = isCurrent ? 'dependent-current' : 'dependent-voltage';
    return dependent(kind, false)(words, card, reading);
  },
  s: switchReader(false),
  w: switchReader(true),
  t: line,
  x: instance
};
