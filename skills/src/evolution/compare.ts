/** Whether a value is the one that a trace tells of. */
import { isRecord } from '../json';
import { isMasked } from '../session/mask';
import { readSummary, type INumberSummary, type ITracedValue } from '../session/trace';
import type { JsonValue } from '../skill/skill';
import { sameJson } from '../skill/values';

/** Of two numbers, beside the larger of them. */
const RELATIVE = 1e-6;
/** Near zero, where a share of the number itself would be too strict. */
const ABSOLUTE = 1e-9;

/** `unknown` where the trace has kept too little to tell. */
export type Agreement =
  | { readonly kind: 'agrees' | 'unknown' }
  | { readonly kind: 'differs'; readonly expected: string; readonly found: string };

/**
 * Compares by type: whole numbers, texts and choices exactly, other numbers but for
 * rounding, lists and records item by item. Of large values a trace has a hash: where it
 * differs, the last digits may, and then numbers agree whose summaries do but for rounding.
 *
 * @param options `isElsewhere`: other versions computed what was found, of which a hash
 *   alone tells nothing, and whose texts may write numbers with other last digits
 */
export function compareTraced(
  expected: ITracedValue,
  found: ITracedValue | undefined,
  { isElsewhere = false }: { readonly isElsewhere?: boolean } = {}
): Agreement {
  if (isMasked(expected)) {
    return { kind: 'unknown' };
  }
  if (!found) {
    return { kind: 'differs', expected: show(expected), found: 'nothing' };
  }
  if (expected.value !== undefined && found.value !== undefined) {
    const exact = expected.type === 'integer';
    return sameValue(expected.value, found.value, exact) ||
      (isElsewhere && sameText(expected.value, found.value))
      ? { kind: 'agrees' }
      : { kind: 'differs', expected: show(expected), found: show(found) };
  }
  if (expected.value !== undefined || found.value !== undefined) {
    // One small enough to be kept and the other not: only rounding could excuse that.
    return sizeOf(expected) !== undefined && sizeOf(expected) === sizeOf(found)
      ? { kind: 'unknown' }
      : { kind: 'differs', expected: show(expected), found: show(found) };
  }
  if (expected.hash === undefined || found.hash === undefined) {
    return { kind: 'unknown' };
  }
  return expected.hash === found.hash
    ? { kind: 'agrees' }
    : compareLarge(expected, found, isElsewhere);
}

/** Of two values with different hashes. */
function compareLarge(
  expected: ITracedValue,
  found: ITracedValue,
  isElsewhere: boolean
): Agreement {
  const differs: Agreement = {
    kind: 'differs',
    expected: show(expected),
    found: show(found)
  };
  if (expected.length !== found.length || !sameJson(expected.shape, found.shape)) {
    return differs;
  }
  const [then, now] = [expected, found].map(({ summary }) => readSummary(summary));
  if (then && now) {
    return then.rest === now.rest && sameValue(listOf(then), listOf(now), false)
      ? { kind: 'agrees' }
      : differs;
  }
  return isElsewhere ? { kind: 'unknown' } : differs;
}

/** One list, so that small numbers may be off by a share of the largest. */
function listOf({
  low,
  high,
  mean,
  rms,
  moment,
  at
}: INumberSummary): readonly number[] {
  return [low, high, mean, rms, moment, ...at];
}

/** Equality but for rounding; numbers in a list may be off by a share of its largest. */
function sameValue(a: JsonValue, b: JsonValue, exact: boolean, scale = 0): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    const size = Math.max(Math.abs(a), Math.abs(b));
    const slack = Math.max(ABSOLUTE * Math.max(1, scale), RELATIVE * size);
    return a === b || (!exact && Math.abs(a - b) <= slack);
  }
  if (isList(a) && isList(b)) {
    const largest = Math.max(
      0,
      ...a.map(x => (typeof x === 'number' ? Math.abs(x) : 0))
    );
    return (
      a.length === b.length &&
      a.every((item, at) => sameValue(item, b[at] ?? null, exact, largest))
    );
  }
  if (isRecord(a) && isRecord(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every(
        name =>
          Object.hasOwn(b, name) && sameValue(a[name] ?? null, b[name] ?? null, exact)
      )
    );
  }
  return a === b;
}

/** A number with a fraction, as programs write it into a text such as QASM. */
const FRACTION = /-?\d+\.\d+(?:e[+-]?\d+)?/gi;

/** Equality of texts but for rounding of the numbers in them. */
function sameText(a: JsonValue, b: JsonValue): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') {
    return false;
  }
  const [x, y] = [a, b].map(text => text.match(FRACTION) ?? []);
  const isAround = sameJson(a.split(FRACTION), b.split(FRACTION));
  return isAround && sameValue((x ?? []).map(Number), (y ?? []).map(Number), false);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function sizeOf({ value, length }: ITracedValue): number | undefined {
  return (
    length ??
    (Array.isArray(value) || typeof value === 'string' ? value.length : undefined)
  );
}

/** Short enough for one line of a report. */
function show({ value, type, length, hash, summary }: ITracedValue): string {
  const told = readSummary(summary);
  const text =
    value !== undefined
      ? JSON.stringify(value)
      : [
          ...(length === undefined ? [type] : [type, `of ${length}`]),
          ...(hash === undefined ? [] : [hash.slice(0, 15)]),
          ...(told ? [`${told.low} to ${told.high}, mean ${told.mean}`] : [])
        ].join(' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
