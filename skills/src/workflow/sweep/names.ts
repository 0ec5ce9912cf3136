import { isPythonName } from '../../skill/ports';
import type { ISweepPlan } from './plan';

/** Names of Python and of this cell's own that a loop's variable must not have. */
const RESERVED = ['display', 'error', 'float', 'llmos', 'row', 'str'];

const SWEEP = 'sweep';

const TITLE = 'Sweep of ';

/** How the cell of any sweep begins. */
export const SWEEP_HEAD = `# ${TITLE}`;

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

/**
 * What a sweep is called: with its variable where the notebook has another sweep, which may
 * be of the same inputs.
 */
export function sweepTitle({ names }: ISweepPlan, { sweep }: ISweepNames): string {
  const title = `${TITLE}${names.join(', ')}`;
  return sweep === SWEEP ? title : `${title} (${sweep})`;
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
  const sweep = take(SWEEP, n => `${SWEEP}_${n}`);
  return {
    sweep,
    chart: plain(`${sweep}_chart`),
    point: plain('point'),
    loops: plan.axes.map(({ input }) => plain(input)),
    results: new Map(plan.calls.map(({ target }) => [target, plain(`${target}_at`)]))
  };
}
