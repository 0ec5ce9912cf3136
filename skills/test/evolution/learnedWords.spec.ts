import { ENGLISH, learnedFromText } from '../../src/evolution/learnedWords';
import { propose } from '../../src/evolution/propose';
import { readProvenance } from '../../src/evolution/provenance';
import type { ITrace } from '../../src/session/trace';
import { LIBRARY, vqeAndPlot } from './traces';

const AIM = 'minimise eigenvalue';

/** What is said of the defaults of the one skill that these runs make. */
function told(traces: readonly ITrace[], objective?: string): string {
  const { proposals } = propose(traces, {
    ...(objective !== undefined && {
      objectives: new Map([['quantum-vqe', objective]])
    }),
    context: {
      find: id => LIBRARY.get(id),
      taken: () => false,
      date: '2026-11-21T10:00:00.000Z'
    }
  });
  expect(proposals).toHaveLength(1);
  const provenance = readProvenance(proposals[0]?.compound.text ?? '');
  return provenance ? learnedFromText(provenance, objective, ENGLISH) : '';
}

const runs = (...iterations: readonly number[]): readonly ITrace[] =>
  iterations.map(each => vqeAndPlot(each));

describe('learnedFromText', () => {
  it('says of how many runs the defaults come, and why not of the others', () => {
    const poor = [95, 96].map(each => vqeAndPlot(each, {}, -1));
    const failed = vqeAndPlot(94, { status: 'failed' });
    const best = runs(100, 110, 120, 130, 140, 150);
    expect(told([failed, ...poor, ...best, ...runs(111, 112, 113)], AIM)).toBe(
      `Defaults are what the runs with the best results used (${AIM}); n says how many did. ` +
        'Of 12 runs 6 count: 1 failed, the newest 3 are kept to verify with, 2 are not among the best.'
    );
  });

  it('counts none out where all were learned from', () => {
    expect(told(runs(100, 110, 120))).toBe(
      'Defaults are what successful runs used; n says how many did.'
    );
  });

  it('says nothing of the number where an older program learned it', () => {
    expect(learnedFromText({ runs: 9, success: 1 }, undefined, ENGLISH)).toBe(
      'Defaults are what successful runs used; n says how many did.'
    );
  });
});
