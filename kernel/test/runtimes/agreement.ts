import { prepareDeck } from '../../src/runtimes/deck';
import { isComplexArray, type SpiceVector } from '../../src/runtimes/ngspiceResult';
import type { TestEngine } from './engine';
import type { IWaveforms } from './native';

/** Greatest difference of one vector, as a share of its full scale. */
export interface IDifference {
  readonly vector: string;
  readonly share: number;
}

/** Volts or amperes below which a difference is rounding, whatever the full scale. */
const FLOOR = 1e-14;

interface IComplexes {
  readonly re: ArrayLike<number>;
  readonly im: ArrayLike<number> | null;
}

const parts = (vector: SpiceVector): IComplexes =>
  isComplexArray(vector) ? vector : { re: vector, im: null };

/** A text line by line, as a skill gives it. */
export const linesOf = (text: string): Parameters<typeof prepareDeck>[0] =>
  text
    .split('\n')
    .map((line, index) => ({ text: line, source: 'netlist', line: index + 1 }));

/** Runs `netlist` here and measures how far each vector is from the other program's. */
export async function differences(
  engine: TestEngine,
  netlist: string,
  nonce: string,
  other: IWaveforms
): Promise<readonly IDifference[]> {
  const { result } = await engine.run(prepareDeck(linesOf(netlist), nonce));
  if (result.analysis !== other.analysis) {
    throw new Error(`Here ${result.analysis}, there ${other.analysis}.`);
  }
  const names = Object.keys(other.vectors);
  const [axis = ''] = result.analysis === 'op' ? [''] : names;
  const ours = Object.entries(result.vectors);
  const sorted = (list: readonly string[]): string => [...list].sort().join();
  const here = ours.map(([name], index) => (index === 0 && axis ? axis : name));
  if (sorted(here) !== sorted(names)) {
    throw new Error(`Here ${sorted(here)}, there ${sorted(names)}.`);
  }
  const at = axis ? other.vectors[axis]?.re : undefined;
  const grid = axis ? parts(ours[0]?.[1] as SpiceVector).re : [0];
  return names
    .filter(name => name !== axis)
    .map(name => ({
      vector: name,
      share: greatest(
        { grid, values: parts(result.vectors[name] as SpiceVector) },
        {
          grid: at ?? [0],
          values: other.vectors[name] as { re: number[]; im?: number[] }
        }
      )
    }));
}

interface ICurve<T> {
  readonly grid: ArrayLike<number>;
  readonly values: T;
}

function greatest(
  ours: ICurve<IComplexes>,
  theirs: ICurve<{ readonly re: readonly number[]; readonly im?: readonly number[] }>
): number {
  const { re, im } = theirs.values;
  const scale = Math.max(
    ...re.map((value, index) => Math.hypot(value, im?.[index] ?? 0))
  );
  // A nested sweep runs through its axis several times: its points match one by one.
  const sameGrid = ours.grid.length === theirs.grid.length;
  let most = 0;
  re.forEach((value, index) => {
    const place = sameGrid ? index : placeOf(ours.grid, theirs.grid[index] ?? NaN);
    const dRe = at(ours.values.re, place) - value;
    const dIm = ours.values.im ? at(ours.values.im, place) - (im?.[index] ?? 0) : 0;
    most = Math.max(most, Math.hypot(dRe, dIm));
  });
  return most <= FLOOR ? 0 : most / Math.max(scale, FLOOR);
}

/** Where `x` lies on a rising grid, as a broken index. */
function placeOf(grid: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = grid.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((grid[middle] ?? 0) <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [from = 0, to = 0] = [grid[low], grid[high]];
  return to > from ? low + Math.min(1, Math.max(0, (x - from) / (to - from))) : low;
}

function at(values: ArrayLike<number>, place: number): number {
  const low = Math.floor(place);
  const [from = NaN, to = from] = [values[low], values[low + 1]];
  return place === low ? from : from + (to - from) * (place - low);
}
