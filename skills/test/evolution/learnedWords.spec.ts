import fc from 'fast-check';

import { learnedFromText } from '../../src/evolution/learnedWords';
import { ENGLISH } from '../../src/wording';
import { propose } from '../../src/evolution/propose';
import { readProvenance } from '../../src/evolution/provenance';
import type { ITrace } from '../../src/session/trace';
import { LIBRARY, vqeAndPlot } from './traces';

const AIM = 'minimise eigenvalue';

/** What is said of the defaults of the one skill that these runs make. */
function told(traces: readonly ITrace[], objective?: string): string {
  const texts = toldEach(traces, objective);
  expect(texts).toHaveLength(1);
  return texts[0] ?? '';
}

function toldEach(traces: readonly ITrace[], objective?: string): readonly string[] {
  const { proposals } = propose(traces, {
    minSuccess: 0.2,
    ...(objective !== undefined && {
      objectives: new Map([['quantum-vqe', objective]])
    }),
    context: {
      find: id => LIBRARY.get(id),
      taken: () => false,
      date: '2026-11-21T10:00:00.000Z'
    }
  });
  return proposals.map(({ compound: { text } }) => {
    const provenance = readProvenance(text);
    return provenance ? learnedFromText(provenance, objective, ENGLISH) : '';
  });
}

const runs = (...iterations: readonly number[]): readonly ITrace[] =>
  iterations.map(each => vqeAndPlot(each));

describe('learnedFromText', () => {
  it('says of how many runs the defaults come, and why not of the others', () => {
    const poor = [95, 96].map(each => vqeAndPlot(each, {}, -1));
    const failed = vqeAndPlot(94, { status: 'failed' });
    const stopped = vqeAndPlot(93, { status: 'cancelled' });
    const best = runs(100, 110, 120, 130, 140, 150);
    expect(told([failed, stopped, ...poor, ...best, ...runs(111, 112, 113)], AIM)).toBe(
      `Defaults are what the runs with the best results used (${AIM}); n says how many did. ` +
        'Of 13 runs 6 count: 2 did not succeed, the newest 3 are kept to verify with, 2 are not among the best.'
    );
  });

  it('counts a run that succeeded when it was repeated, once', () => {
    const failed = [100, 110].map(each => vqeAndPlot(each, { status: 'failed' }));
    const retried = [...failed, ...runs(100, 110)];
    expect(told([...retried, ...runs(120, 130, 140)])).toBe(
      'Defaults are what successful runs used; n says how many did.'
    );
    expect(told([...retried, ...runs(120, 130, 140, 150, 160, 170, 180)])).toContain(
      'Of 9 runs 6 count: the newest 3 are kept to verify with.'
    );
  });

  it('gives numbers that add up, whatever failed, was stopped or came again', () => {
    const status = fc.constantFrom<ITrace['status']>(
      ...(['success', 'success', 'success', 'failed', 'cancelled'] as const)
    );
    const some = fc.array(
      fc.record({
        iterations: fc.integer({ min: 1, max: 20 }),
        status,
        best: fc.boolean()
      }),
      { minLength: 3, maxLength: 40 }
    );
    let counted = 0;
    fc.assert(
      fc.property(some, fc.boolean(), (given, isAiming) => {
        const traces = given.map(({ iterations, status, best }) =>
          vqeAndPlot(iterations, { status }, best ? -2 : -1)
        );
        for (const text of toldEach(traces, isAiming ? AIM : undefined)) {
          const [, runs, ...parts] =
            /Of (\d+) runs (\d+) count: (.*)\.$/.exec(text) ?? [];
          const sum = (parts.join(', ').match(/\d+/g) ?? []).reduce(
            (a, b) => a + Number(b),
            0
          );
          expect(sum).toBe(Number(runs ?? 0));
          counted += sum;
        }
      })
    );
    expect(counted).toBeGreaterThan(0);
  });

  it('counts none out where all were learned from', () => {
    expect(told(runs(100, 110, 120))).toBe(
      'Defaults are what successful runs used; n says how many did.'
    );
  });

  it('says nothing of the number where an older program learned it', () => {
    expect(learnedFromText({ runs: 9 }, undefined, ENGLISH)).toBe(
      'Defaults are what successful runs used; n says how many did.'
    );
  });
});
