/** @jest-environment node */
import {
  advance,
  buildGraph,
  newSchedule,
  planRun,
  readFlow,
  type ISchedule
} from '@llmos-lab/skills';

import { PoolCalls } from '../../../src/graph/run/poolCalls';
import { nextStep } from '../../../src/graph/run/steps';

type Pool = ConstructorParameters<typeof PoolCalls>[0];

/** A host whose pool has this many workers; its calls never end. */
const hostWith = (workers: number): Pool =>
  ({
    pool: { workers: new Array(workers).fill({}), run: () => new Promise(() => null) }
  }) as unknown as Pool;

/** A notebook of which every cell is to run. */
function planned(...sources: readonly string[]): ISchedule {
  const cells = sources.map((source, index) => ({ id: `c${index}`, source }));
  const schedule = newSchedule(readFlow(buildGraph(cells), new Map()));
  const entries = planRun(schedule, { kind: 'all' });
  return advance(schedule, { type: 'planned', cells: entries.map(({ id }) => id) });
}

const A = 'a = await skill("s")(x=1)';
const B = 'b = await skill("s")(x=2)';
const unknown = (): undefined => undefined;

describe('nextStep', () => {
  it('prepares calls that could overlap', () => {
    const step = nextStep(planned(A, B), new PoolCalls(hostWith(0)), unknown);
    expect(step).toEqual({ type: 'prepare', cells: ['c0', 'c1'] });
  });

  it('runs a lone call in the kernel', () => {
    const step = nextStep(planned(A), new PoolCalls(hostWith(2)), unknown);
    expect(step).toEqual({ type: 'execute', cell: 'c0' });
  });

  it('runs everything in a kernel that the workers cannot answer', () => {
    const pool = new PoolCalls(
      hostWith(2),
      () => undefined,
      () => false
    );
    expect(pool.isThere).toBe(false);
  });

  it('runs everything in the kernel where there is no pool', () => {
    const step = nextStep(planned(A, B), new PoolCalls(null), unknown);
    expect(step).toEqual({ type: 'execute', cell: 'c0' });
  });

  it('starts no worker for calls that are over sooner than it would start', () => {
    const schedule = planned(A, B);
    const short = nextStep(schedule, new PoolCalls(hostWith(0)), () => 400);
    expect(short).toEqual({ type: 'execute', cell: 'c0' });
    const warm = nextStep(schedule, new PoolCalls(hostWith(1)), () => 400);
    expect(warm?.type).toBe('prepare');
    const long = nextStep(schedule, new PoolCalls(hostWith(0)), () => 5000);
    expect(long?.type).toBe('prepare');
  });

  it('runs plain cells first where they make more calls ready', () => {
    const schedule = planned(A, 'n = 2', 'b = await skill("s")(x=n)');
    const step = nextStep(schedule, new PoolCalls(hostWith(1)), unknown);
    expect(step).toEqual({ type: 'execute', cell: 'c1' });
  });

  it('lets no plain cell hold up calls that do not need it', () => {
    const schedule = planned(A, B, 'import time; time.sleep(30)');
    const step = nextStep(schedule, new PoolCalls(hostWith(0)), () => 400);
    expect(step).toEqual({ type: 'execute', cell: 'c0' });
  });

  it('runs calls that are in the cache before plain cells, which may take long', () => {
    const schedule = planned('import time; time.sleep(30)', A, B);
    const pool = new PoolCalls(hostWith(1));
    const codeOf = (id: string): string => schedule.flow.get(id)?.code ?? '';
    pool.skip('c1', codeOf('c1'), false);
    pool.skip('c2', codeOf('c2'), true);
    expect(nextStep(schedule, pool, unknown)).toEqual({ type: 'execute', cell: 'c2' });
  });

  it('waits for what the person has queued', () => {
    const schedule = advance(planned(A, 'n = 2'), { type: 'queued', cell: 'c1' });
    expect(nextStep(schedule, new PoolCalls(null), unknown)).toBeNull();
  });
});
