/** Reads the parts of a SPICE netlist. */

import { cardsOf, wordsOf } from './cards';
import type { INetlist, IPart, IPin } from './parts';
import { readers, type IReading } from './readers';

/** Nodes and parts whose names begin so help to compute an output; nobody built them. */
const HELPER = /^_/;

/**
 * Reads the netlist of a circuit bundle (its title line is gone). Bodies of `.subckt`
 * and `.control` are skipped, helpers are left out, coupled coils become transformers.
 */
export function readNetlist(text: string): INetlist {
  const cards = cardsOf(text);
  const reading: IReading = {
    models: new Map(),
    subcircuits: new Map()
  };
  for (const { text: card } of cards) {
    noteDefinition(card, reading);
  }
  const parts: IPart[] = [];
  const unread: string[] = [];
  const couplings: string[][] = [];
  for (const { text: card } of cards.filter(each => each.depth === 0)) {
    const words = wordsOf(card);
    const letter = card.charAt(0).toLowerCase();
    if (letter === 'k') {
      couplings.push(words);
    } else if (/[a-z]/.test(letter)) {
      const part = readers[letter]?.(words, card, reading) ?? null;
      if (part === null) {
        unread.push(card);
      } else if (!part.pins.some(pin => HELPER.test(pin.node))) {
        parts.push(part);
      }
    }
  }
  return { parts: withTransformers(parts, couplings), unread };
}

function noteDefinition(card: string, { models, subcircuits }: IReading): void {
  const [head = '', name = '', ...rest] = wordsOf(card);
  const key = name.toLowerCase();
  if (/^\.model$/i.test(head)) {
    const type = (rest[0] ?? '').replace(/\(.*$/s, '').toLowerCase();
    models.set(key, type);
  } else if (/^\.subckt$/i.test(head)) {
    const end = rest.findIndex(word => word.includes('=') || /^params:?$/i.test(word));
    subcircuits.set(key, end < 0 ? rest : rest.slice(0, end));
  }
}

/** Two coils that one `K` couples, and no other, become a transformer. */
function withTransformers(
  parts: readonly IPart[],
  couplings: readonly (readonly string[])[]
): readonly IPart[] {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const uses = (name: string): number =>
    couplings.filter(words => words.slice(1, -1).some(word => same(word, name))).length;
  let all = [...parts];
  for (const [name = '', first = '', second = '', value = '', ...more] of couplings) {
    const [a, b] = [first, second].map(coil =>
      all.find(part => part.kind === 'inductor' && same(part.name, coil))
    );
    if (!a || !b || more.length > 0 || uses(first) > 1 || uses(second) > 1) {
      all = noteCoupling(all, [first, second, value, ...more].slice(0, -1), name);
      continue;
    }
    const joined: IPart = {
      name: `${a.name} ${b.name}`,
      kind: 'transformer',
      pins: [...pinsOf(a, 'primary'), ...pinsOf(b, 'secondary')],
      value: `${a.value} : ${b.value}, k ${value}`,
      card: [a.card, b.card, `${name} ${first} ${second} ${value}`].join('\n')
    };
    all = all.flatMap(part => (part === a ? [joined] : part === b ? [] : [part]));
  }
  return all;
}

function pinsOf(coil: IPart, side: string): readonly IPin[] {
  return coil.pins.map(({ role, node }) => ({ role: `${side} ${role}`, node }));
}

/** Says at each coil which coupling it belongs to. */
function noteCoupling(
  parts: readonly IPart[],
  coils: readonly string[],
  name: string
): IPart[] {
  const named = new Set(coils.map(coil => coil.toLowerCase()));
  return parts.map(part =>
    named.has(part.name.toLowerCase())
      ? { ...part, value: `${part.value} (${name})` }
      : part
  );
}
