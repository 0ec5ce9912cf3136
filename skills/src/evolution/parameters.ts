/** What the inputs of a pattern were: constants, values to learn from, or free (R7.2). */
import { canonicalJson } from '../json';
import { maskText } from '../session/mask';
import type { JsonValue } from '../skill/skill';
import type { ICorrelation } from './correlation';
import { quantile, type IWeighted } from './quantile';
import { histogram, robustCentre, robustSpread, spansDecades } from './robust';

/** A value that one successful run gave to an input. */
export interface IObservation {
  readonly type: string;
  /** Absent when the trace kept only its hash. */
  readonly value?: JsonValue;
  /** A secret, or with one in it. */
  readonly masked?: true;
  /** How much the run counts; older ones count less. */
  readonly weight: number;
}

/** A default learned from numbers: weighted median, quartiles, and a small histogram. */
export interface ILearnedNumber {
  readonly kind: 'learned';
  readonly type: string;
  readonly default: number;
  /** First and third quartile; of integers the nearest whole numbers. */
  readonly low: number;
  readonly high: number;
  /** Successful runs that it was learned from. */
  readonly n: number;
  /** `log` when the values span decades. */
  readonly scale: 'linear' | 'log';
  /** Runs in each of ten equal bins from the smallest to the largest value. */
  readonly histogram: readonly number[];
}

/** A default learned from choices: the commonest, and how often each occurred. */
export interface ILearnedChoice {
  readonly kind: 'learned';
  readonly type: string;
  readonly default: JsonValue;
  readonly low: null;
  readonly high: null;
  readonly n: number;
  readonly counts: readonly (readonly [value: JsonValue, runs: number])[];
}

/**
 * An input that had the same value in all runs: written into the skill, no longer
 * asked for.
 */
export interface IConstant {
  readonly kind: 'constant';
  readonly type: string;
  readonly default: JsonValue;
  readonly low: null;
  readonly high: null;
  readonly n: number;
}

/** An input without a default, and why none was learned from the `n` runs. */
export interface IFree {
  readonly kind: 'free';
  readonly type: string;
  readonly default: null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  readonly reason:
    | 'wide-spread'
    | 'secret'
    | 'path'
    | 'not-kept'
    | 'no-run'
    | 'mixed'
    /** Some runs gave it, others did not. */
    | 'optional';
}

/** What runs have taught about one input (R7.2). */
export type Parameter = (ILearnedNumber | ILearnedChoice | IConstant | IFree) & {
  /** Inputs that were changed together with it. */
  readonly correlated?: readonly ICorrelation[];
};

/** Spread beyond which a default would mislead: half the median. */
const WIDEST_SPREAD = 0.5;
/** On a log scale: a decade. */
const WIDEST_DECADES = 1;
/** Least share of runs that the commonest choice has. */
const LEAST_MODE = 0.5;

/** What may be a key, or a piece of one: refused sooner than it would be masked. */
const LIKE_A_KEY =
  /sk-[\w-]{8,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_|AKIA[0-9A-Z]{12,}|-----BEGIN|eyJ[\w-]{20,}\.|^[A-Za-z0-9+/_-]{32,}={0,2}$/;
const PATH =
  /^(?:[A-Za-z]:[\\/]|\.{0,2}\/|~\/|\/?drive\/|[\w.-]+:\/\/)|\\|\/.*\.\w{1,5}$/;

/**
 * Learns an input from the values that successful runs gave it.
 *
 * @example learnParameter([100, 150, 120, 130, 110].map(value =>
 *   ({ type: 'integer', value, weight: 1 }))).default // 120
 */
export function learnParameter(observations: readonly IObservation[]): Parameter {
  const type = observations[0]?.type ?? 'any';
  const n = observations.length;
  const free = (reason: IFree['reason'], low?: number, high?: number): IFree => ({
    kind: 'free',
    type,
    default: null,
    low: low ?? null,
    high: high ?? null,
    n,
    reason
  });
  const kept = observations.flatMap(({ value, weight }) =>
    value === undefined ? [] : [{ value, weight }]
  );
  if (n === 0) {
    return free('no-run');
  }
  if (observations.some(({ masked }) => masked)) {
    return free('secret');
  }
  if (kept.length < n) {
    return free('not-kept');
  }
  const refused = kept
    .map(({ value }) => refusal(value))
    .find(reason => reason !== null);
  if (refused) {
    return free(refused);
  }
  const texts = new Set(kept.map(({ value }) => canonicalJson(value)));
  const [first] = kept;
  if (texts.size === 1 && first) {
    return { kind: 'constant', type, default: first.value, low: null, high: null, n };
  }
  const numbers = kept.filter(
    (item): item is IWeighted => typeof item.value === 'number'
  );
  if (numbers.length === n) {
    return learnNumber(numbers, type, free);
  }
  return learnChoice(kept, type, free);
}

/**
 * What holds of an input that other runs left out: whatever its value was, a default
 * would change what those computed.
 */
export function asOptional(learned: Parameter): Parameter {
  if (learned.kind === 'free') {
    return learned;
  }
  const { type, low, high, n } = learned;
  return { kind: 'free', type, default: null, low, high, n, reason: 'optional' };
}

/** Looks at texts wherever they stand in a value, names of keys too. */
function refusal(value: JsonValue): 'secret' | 'path' | null {
  if (typeof value !== 'string') {
    const parts: readonly JsonValue[] = Array.isArray(value)
      ? value
      : value !== null && typeof value === 'object'
        ? Object.entries(value).flat()
        : [];
    const found = parts.map(refusal);
    return found.includes('secret') ? 'secret' : found.includes('path') ? 'path' : null;
  }
  if (LIKE_A_KEY.test(value) || maskText(value) !== value) {
    return 'secret';
  }
  return PATH.test(value) ? 'path' : null;
}

function learnNumber(
  unsorted: readonly IWeighted[],
  type: string,
  free: (reason: IFree['reason'], low: number, high: number) => IFree
): Parameter {
  // Each quantile sorts, which takes little time where all is in order.
  const values = [...unsorted].sort((a, b) => a.value - b.value);
  const decades = spansDecades(values);
  const onScale = decades
    ? values.map(({ value, weight }) => ({ value: Math.log10(value), weight }))
    : values;
  // Quantiles carry rounding errors that nobody wants to read.
  const whole = (value: number): number =>
    type === 'integer' ? Math.round(value) : Number(value.toPrecision(12));
  const at = (share: number): number => {
    const place = quantile(onScale, share);
    return whole(decades ? 10 ** place : place);
  };
  const [low, high] = [at(0.25), at(0.75)];
  const place = robustCentre(onScale);
  const centre = Math.min(high, Math.max(low, decades ? 10 ** place : place));
  const spread = robustSpread(onScale);
  const tooWide = decades
    ? spread > WIDEST_DECADES
    : spread > WIDEST_SPREAD * Math.abs(centre);
  if (tooWide) {
    return free('wide-spread', low, high);
  }
  return {
    kind: 'learned',
    type,
    default: whole(centre),
    low,
    high,
    n: values.length,
    scale: decades ? 'log' : 'linear',
    histogram: histogram(onScale.map(({ value }) => value))
  };
}

function learnChoice(
  values: readonly { readonly value: JsonValue; readonly weight: number }[],
  type: string,
  free: (reason: IFree['reason']) => IFree
): Parameter {
  const groups = new Map<string, { value: JsonValue; weight: number; runs: number }>();
  for (const { value, weight } of values) {
    const key = canonicalJson(value);
    const group = groups.get(key) ?? { value, weight: 0, runs: 0 };
    groups.set(key, { value, weight: group.weight + weight, runs: group.runs + 1 });
  }
  const ordered = [...groups.entries()].sort(
    ([a, { weight: x }], [b, { weight: y }]) => y - x || (a < b ? -1 : 1)
  );
  const total = values.reduce((sum, { weight }) => sum + weight, 0);
  const best = ordered[0]?.[1];
  if (!best || best.weight < LEAST_MODE * total) {
    return free('mixed');
  }
  return {
    kind: 'learned',
    type,
    default: best.value,
    low: null,
    high: null,
    n: values.length,
    counts: ordered.map(([, { value, runs }]) => [value, runs])
  };
}
