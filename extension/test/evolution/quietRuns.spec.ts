/** @jest-environment node */
import type { IEvolutionRun } from '@llmos-lab/skills';

import { QuietRuns } from '../../src/evolution/quietRuns';

/** A run that found nothing. */
const run = (job: IEvolutionRun['job'], at: number): IEvolutionRun => ({
  ...{ v: 1, id: `${job}-${at}`, job, status: 'done', ms: 1 },
  started: new Date(1000 * at).toISOString(),
  ...{ traces: 0, patterns: 0, verified: 0, candidates: [], rejected: [] }
});

describe('QuietRuns', () => {
  it('keeps the last runs of each job, so that none pushes out another', () => {
    const kept = new Map<string, string>();
    const runs = new QuietRuns(
      {
        getItem: key => kept.get(key) ?? null,
        setItem: (key, text) => void kept.set(key, text)
      },
      'https://lab.example/',
      'user'
    );
    runs.add(run('system', 0));
    for (let at = 1; at <= 30; at++) {
      runs.add(run('user', at));
    }
    const ids = runs.read().map(({ id }) => id);
    expect(ids[0]).toBe('system-0');
    expect(ids.slice(1)).toEqual(
      Array.from({ length: 20 }, (_, index) => `user-${index + 11}`)
    );
  });
});
