import * as fc from 'fast-check';
import { generateHistory } from '../../bench/evolution/generate';
import { createRandom } from '../../bench/evolution/random';
import { createMiner, mine } from '../../src/evolution/mine';
import type { ITrace } from '../../src/session/trace';
import { vqeAndPlot } from './traces';

const inTime = (traces: readonly ITrace[]): readonly ITrace[] =>
  [...traces].sort((a, b) => (a.started + a.id < b.started + b.id ? -1 : 1));

describe('a miner', () => {
  it('says the same as one that reads all runs at once, after each of them', () => {
    const runs = [100, 150, 120, 130, 110, 110].map(n => vqeAndPlot(n));
    const miner = createMiner();
    runs.forEach((run, at) => {
      miner.add([run]);
      expect(miner.find().patterns).toEqual(mine(runs.slice(0, at + 1)));
    });
    // The last is a retry of the one before.
    expect(miner.find().patterns[0]?.count).toBe(5);
  });

  it('says the same for any history, however it is cut and asked', () => {
    const cut = fc.record({
      seed: fc.integer({ min: 1, max: 20 }),
      mode: fc.constantFrom('intact', 'damaged'),
      parts: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 6 }),
      minUsers: fc.integer({ min: 1, max: 2 }),
      halfLife: fc.constantFrom(undefined, 3)
    });
    fc.assert(
      fc.property(cut, ({ seed, mode, parts, minUsers, halfLife }) => {
        const noise = mode === 'damaged' ? { noise: 0.1 } : {};
        const history = generateHistory({ seed, traces: 200, mode, ...noise });
        const runs = inTime(history.traces);
        const options = { minUsers, ...(halfLife !== undefined && { halfLife }) };
        const miner = createMiner(options);
        let read = 0;
        for (const part of parts) {
          miner.add(runs.slice(read, read + part));
          read += part;
          miner.find();
        }
        expect(miner.find().patterns).toEqual(mine(runs.slice(0, read), options));
      }),
      { numRuns: 6 }
    );
  });

  it.each(['intact', 'damaged'] as const)(
    'says the same while a long history grows run by run: %s',
    mode => {
      const noise = mode === 'damaged' ? { noise: 0.2 } : {};
      const history = generateHistory({ seed: 5, traces: 1240, mode, ...noise });
      const runs = inTime(history.traces);
      const miner = createMiner();
      miner.add(runs.slice(0, 1200));
      for (let read = 1200; read < 1240; read += 1) {
        miner.add(runs.slice(read, read + 1));
        const patterns = JSON.stringify(miner.find().patterns);
        if (read % 10 === 9) {
          expect(patterns).toBe(JSON.stringify(mine(runs.slice(0, read + 1))));
        }
      }
    }
  );

  it('says the same when runs come out of their order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), seed => {
        const { traces } = generateHistory({ seed: 7, traces: 200, mode: 'intact' });
        const shuffled = createRandom(seed).shuffle(traces);
        const miner = createMiner();
        miner.add(shuffled.slice(0, 150));
        miner.find();
        shuffled.slice(150, 155).forEach(trace => miner.add([trace]));
        miner.find();
        miner.add(shuffled.slice(155));
        expect(JSON.stringify(miner.find().patterns)).toBe(
          JSON.stringify(mine(traces))
        );
      }),
      { numRuns: 4 }
    );
  });
});
