/** Decodes what the engine returns into arrays, names, units, a log and measurements. */

import type { Analysis } from '@llmos-lab/skills';
import type { IDeck } from './deck';

/** The engine's result, as far as it is read (`ResultType` of eecircuit-engine 1.8). */
export interface IEngineResult {
  readonly header: string;
  readonly numPoints: number;
  readonly data: readonly {
    readonly name: string;
    readonly type: string;
    readonly values: readonly (
      number | { readonly real: number; readonly img: number }
    )[];
  }[];
}

/** Complex numbers as two arrays; Python's codec makes one complex array of the pair. */
export interface IComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * AC results are complex, all others real; in the units that ngspice gives (V, A, s,
 * Hz).
 */
export type SpiceVector = Float64Array | IComplexArray;

/** A finished simulation. */
export interface ISpiceResult {
  readonly analysis: Analysis;
  readonly axis: string | null;
  readonly vectors: Readonly<Record<string, SpiceVector>>;
  readonly units: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
  readonly log: string;
}

/** Whether `value` is a pair of real and imaginary parts. */
export function isComplexArray(value: unknown): value is IComplexArray {
  const { re, im } = (value ?? {}) as Partial<IComplexArray>;
  return ArrayBuffer.isView(re) && ArrayBuffer.isView(im);
}

const PLOTS: readonly (readonly [RegExp, Analysis])[] = [
  [/^operating point/i, 'op'],
  [/^dc transfer/i, 'dc'],
  [/^ac analysis/i, 'ac'],
  [/^transient/i, 'tran'],
  [/^noise/i, 'noise']
];

/**
 * `byVector` without helpers. A node whose name begins with `_` is one, with the source
 * `B_…` that makes it: a skill computes an output so, and nobody built it.
 */
export function withoutHelpers<T>(
  byVector: Readonly<Record<string, T>>
): Readonly<Record<string, T>> {
  const made = Object.keys(byVector).flatMap(name => {
    const helper = /^v\(_(.+)\)$/.exec(name)?.[1];
    return helper === undefined ? [] : [name, `i(b_${helper})`, `b_${helper}#branch`];
  });
  return Object.fromEntries(
    Object.entries(byVector).filter(([name]) => !made.includes(name))
  );
}

/** What the plot of a result header holds; null for one that is not offered. */
export function analysisOf(header: string): Analysis | null {
  const plot = /^Plotname:\s*(.*)$/im.exec(header)?.[1] ?? '';
  return PLOTS.find(([pattern]) => pattern.test(plot))?.[1] ?? null;
}

/** Arrays, axis and units of an accepted result. */
export function decodeResult(
  result: IEngineResult,
  analysis: Analysis,
  deck: IDeck,
  info: string
): ISpiceResult {
  const vectors: Record<string, SpiceVector> = {};
  const units: Record<string, string> = {};
  result.data.forEach((column, index) => {
    const swept = analysis === 'dc' && index === 0 ? deck.swept : null;
    const name = swept ?? column.name.toLowerCase();
    const isAxis = index === 0 && analysis !== 'op';
    vectors[name] = isAxis ? realParts(column.values) : toVector(column.values);
    units[name] = swept === null ? unitOf(column.type, name) : sweptUnit(swept);
  });
  const [first = null] = Object.keys(vectors);
  return {
    analysis,
    axis: analysis === 'op' ? null : first,
    vectors,
    units,
    measures: readMeasures(info, deck.measures),
    log: cleanLog(info, deck)
  };
}

type Values = IEngineResult['data'][number]['values'];

function realParts(values: Values): Float64Array {
  return Float64Array.from(values, value =>
    typeof value === 'number' ? value : value.real
  );
}

function toVector(values: Values): SpiceVector {
  const [first] = values;
  if (first === undefined || typeof first === 'number') {
    return realParts(values);
  }
  const im = Float64Array.from(values, value =>
    typeof value === 'number' ? 0 : value.img
  );
  return { re: realParts(values), im };
}

function unitOf(type: string, name: string): string {
  if (name.endsWith('noise_spectrum')) {
    return type.startsWith('current') ? 'A/√Hz' : 'V/√Hz';
  }
  const units: Readonly<Record<string, string>> = {
    voltage: 'V',
    current: 'A',
    time: 's',
    frequency: 'Hz'
  };
  return units[type] ?? '';
}

function sweptUnit(source: string): string {
  const units: Readonly<Record<string, string>> = { v: 'V', i: 'A', r: 'Ω', t: '°C' };
  return units[source.charAt(0)] ?? '';
}

/** Values of `.meas` cards from ngspice's own report; failed ones are left out. */
function readMeasures(
  info: string,
  names: readonly string[]
): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [, name = '', value = ''] of info.matchAll(
    /^\s*(\S+)\s*=\s*([-+]?\d[\d.e+-]*)/gim
  )) {
    if (names.includes(name.toLowerCase())) {
      found[name.toLowerCase()] = Number(value);
    }
  }
  return found;
}

/** ngspice's output without prompts, blank runs and what this runtime put into it. */
function cleanLog(
  info: string,
  deck: Pick<IDeck, 'nonce' | 'notes' | 'title'>
): string {
  const text = info
    .replace(/(?:ngspice \d+ -> )+/g, '')
    .replace(/^binary raw file .*$/gm, '')
    .replace(/^Note: No compatibility mode selected!$/gm, '')
    .replaceAll(`nonce-${deck.nonce}`.toLowerCase(), deck.title || '(untitled)')
    .replace(/\n{2,}/g, '\n')
    .trim();
  return [...deck.notes, text].filter(Boolean).join('\n');
}
