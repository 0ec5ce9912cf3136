import { isPythonName } from '../../skill/ports';
import type { ISweepPlan } from './plan';

/** Names of Python and of this cell's own that a loop's variable must not have. */
const RESERVED = ['display', 'error', 'float', 'llmos', 'row', 'str'];

/** The variables of the cell. */
export interface ISweepNames {
  readonly sweep: string;
  readonly chart: string;
  readonly point: string;
  /** Of each axis, the variable of its loop. */
  readonly loops: readonly string[];
  /** By target in the notebook, the variable of a point's own result. */
  readonly results: ReadonlyMap<string, string>;
}

/** Names that nobody in the notebook uses, near to what they stand for. */
export function freeNames(plan: ISweepPlan, taken: Iterable<string>): ISweepNames {
  const used = new Set([...taken, ...RESERVED]);
  const take = (name: string, next: (n: number) => string): string => {
    let found = name;
    for (let n = 2; used.has(found) || !isPythonName(found); n++) {
      found = next(n);
    }
    used.add(found);
    return found;
  };
  const plain = (name: string): string => take(name, n => name + '_'.repeat(n - 1));
  const sweep = take('sweep', n => `sweep_${n}`);
  return {
    sweep,
    chart: plain(`${sweep}_chart`),
    point: plain('point'),
    loops: plan.axes.map(({ input }) => plain(input)),
    results: new Map(plan.calls.map(({ target }) => [target, plain(`${target}_at`)]))
  };
}
