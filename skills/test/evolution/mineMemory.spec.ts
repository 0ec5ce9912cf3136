import * as fc from 'fast-check';
import { generateHistory } from '../../bench/evolution/generate';
import {
  createMineMemory,
  mineTask,
  type IMineTask
} from '../../src/evolution/mineTask';
import type { IProposal } from '../../src/evolution/propose';
import { formatTrace } from '../../src/session/trace';
import { LIBRARY, vqeAndPlot } from './traces';

const HISTORY = generateHistory({ seed: 3, traces: 240, mode: 'intact' }).traces;

/** Traces as the files of some sessions, each run in that of its place. */
function filesOf(count: number, sessions: number): IMineTask['traces'] {
  const texts = Array.from({ length: sessions }, () => '');
  HISTORY.slice(0, count).forEach((trace, at) => {
    texts[at % sessions] += `${formatTrace(trace)}\n`;
  });
  return texts.map(text => ({ text }));
}

const task = (count: number, more: Partial<IMineTask> = {}): IMineTask => ({
  traces: filesOf(count, 3),
  ...{ library: [], taken: [], known: [], ids: [], commits: [] },
  ...{ date: '2026-01-01T00:00:00.000Z', minCount: 3, minSuccess: 0.7, halfLife: 0 },
  ...more
});

const expectSame = (tasks: readonly IMineTask[]): void => {
  const memory = createMineMemory();
  for (const each of tasks) {
    expect(JSON.stringify(memory.run(each))).toBe(JSON.stringify(mineTask(each)));
  }
};

describe('a history that is mined again and again', () => {
  it('gives what mining all of it gives, however it has grown', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 240 }), { maxLength: 4 });
    const halfLife = fc.constantFrom(0, 5);
    fc.assert(
      fc.property(counts, halfLife, (list, half) => {
        const dates = list.map((_, at) => `2026-01-0${at + 1}T00:00:00.000Z`);
        expectSame(
          list.map((count, at) =>
            task(count, { halfLife: half, date: dates[at] ?? '' })
          )
        );
      }),
      { numRuns: 10 }
    );
  });

  it('forgets runs that have gone, changed or grown too old, and other settings', () => {
    const started = HISTORY.map(trace => trace.started).sort();
    const [first, ...rest] = filesOf(240, 3);
    const changed = { text: (first?.text ?? '').replace(/^.*\n/, '') };
    expectSame([
      task(240),
      task(240, { traces: rest }),
      task(240, { traces: [changed, ...rest] }),
      task(240, { traces: [...rest, { ...changed, owner: 'ada' }] }),
      task(240, { since: started[20] ?? '' }),
      task(240, { since: started[90] ?? '' }),
      task(240, { since: started[10] ?? '' }),
      task(240, { minCount: 5 }),
      task(240, { minUsers: 2 })
    ]);
  });

  it('learns and replays only runs of the time window', () => {
    const early = [900, 910, 920, 930, 940].map(n => vqeAndPlot(n));
    const later = [100, 150, 120, 130, 110].map(n => vqeAndPlot(n));
    const text = [...early, ...later].map(trace => `${formatTrace(trace)}\n`).join('');
    const { proposals } = mineTask(
      task(0, {
        traces: [{ text }],
        library: [...LIBRARY.values()],
        since: later[0]?.started ?? ''
      })
    );
    expect(proposals).toHaveLength(1);
    const { compound, held } = proposals[0] as IProposal;
    expect(compound.skill.inputs).toMatchObject([{ name: 'iterations', default: 120 }]);
    expect(compound.provenance.values).toContainEqual(
      expect.objectContaining({ input: 'iterations', n: 5 })
    );
    expect(held.map(({ trace }) => trace.id)).toEqual(
      later.slice(-3).map(({ id }) => id)
    );
  });

  it('reads lines that cannot be read once', () => {
    const text = `${filesOf(20, 1)[0]?.text ?? ''}no trace\n`;
    const memory = createMineMemory();
    expect(memory.run(task(0, { traces: [{ text }] })).unread).toBe(1);
    const more = `${text}{}\n`;
    expect(memory.run(task(0, { traces: [{ text: more }] })).unread).toBe(2);
  });
});
