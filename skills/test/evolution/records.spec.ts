import fc from 'fast-check';
import { dueAt, USUAL_HOURS } from '../../src/evolution/due';
import {
  formatRecord,
  isQuiet,
  parseEvolutionRuns,
  parseRejections,
  rejectionFor,
  withoutRejection,
  type IEvolutionRun,
  type IRejection
} from '../../src/evolution/records';
import { readReview, withReview } from '../../src/evolution/review';
import type { ReplayedRun } from '../../src/evolution/verify';
import { checkSkill } from '../../src/skill/parse';

const text = fc.string({ unit: 'grapheme' });
const time = fc
  .date({ noInvalidDate: true, min: new Date(0) })
  .map(x => x.toISOString());
const runs: fc.Arbitrary<IEvolutionRun> = fc.record({
  v: fc.constant(1 as const),
  id: text,
  job: fc.constantFrom('user', 'team', 'system'),
  started: time,
  ms: fc.nat(),
  status: fc.constantFrom('done', 'stopped', 'failed'),
  traces: fc.nat(),
  patterns: fc.nat(),
  candidates: fc.array(text, { maxLength: 2 }),
  verified: fc.nat(),
  failing: fc.array(
    fc.record({
      signature: text,
      skills: fc.array(text, { maxLength: 2 }),
      edges: fc.array(fc.tuple(text, text, text, text), { maxLength: 2 }),
      runs: fc.nat(),
      unsuccessful: fc.nat()
    }),
    { maxLength: 2 }
  ),
  rejected: fc.array(fc.record({ id: text, reason: text }), { maxLength: 2 }),
  applied: fc.array(fc.record({ id: text, reason: text, commit: text }), {
    maxLength: 2
  })
});
const rejections: fc.Arbitrary<IRejection> = fc.record({
  v: fc.constant(1 as const),
  signature: text,
  id: text,
  by: fc.constantFrom('replay', 'person'),
  at: time,
  reason: text,
  newest: text
});
const replayed: fc.Arbitrary<ReplayedRun> = fc.oneof(
  fc.record({ trace: text, session: text, kind: fc.constant('agrees' as const) }),
  fc.record({ trace: text, kind: fc.constant('failed' as const), message: text }),
  fc.record({ trace: text, kind: fc.constant('not-replayed' as const), why: text }),
  fc.record({
    trace: text,
    kind: fc.constant('differs' as const),
    where: text,
    expected: text,
    found: text
  })
);

const SKILL =
  '---\nname: X\ndescription: y\ntype: python-wasm\n---\n```python\ndef execute(inputs):\n    return {}\n```\n';

const history = fc.uniqueArray(runs, { selector: ({ id }) => id });

describe('isQuiet', () => {
  const run: IEvolutionRun = {
    ...{ v: 1, id: 'r', job: 'user', started: '2026-11-21T10:00:00.000Z', ms: 1 },
    ...{ status: 'done', traces: 5, patterns: 2, verified: 0 },
    ...{ candidates: [], rejected: [] }
  };

  it('is true of a run that found nothing, however much it read', () => {
    expect(isQuiet(run, [])).toBe(true);
    expect(isQuiet({ ...run, status: 'stopped', promotions: [] }, [run])).toBe(true);
  });

  it('is false of what people look up later', () => {
    const news: readonly Partial<IEvolutionRun>[] = [
      { status: 'failed', error: 'No worker.' },
      { candidates: ['curve'] },
      { rejected: [{ id: 'curve', reason: 'Disagrees.' }] },
      { notes: ['Nothing was applied.'] },
      { shared: 1 }
    ];
    expect(news.filter(more => isQuiet({ ...run, ...more }, []))).toEqual([]);
  });

  it('is false where it takes back what the one before had proposed', () => {
    const skill = { id: 'fit', version: 'sha256:1', volume: 'team-optics' };
    const promotions = [{ ...skill, users: 3, runs: 3, success: 1 }];
    const system = { ...run, job: 'system' as const };
    const before = { ...system, promotions };
    expect(isQuiet(system, [before])).toBe(false);
    expect(isQuiet(system, [before, { ...system, promotions: [] }])).toBe(true);
    expect(isQuiet(run, [before])).toBe(true);
  });
});

describe('records of evolution', () => {
  it('hold what was written last of a run', () => {
    fc.assert(
      fc.property(history, runs, (some, one) => {
        const others = some.filter(({ id }) => id !== one.id);
        const told = { ...one, notes: ['More.'] };
        const text = [one, ...others, told].map(formatRecord).join('');
        expect(parseEvolutionRuns(text)).toEqual([told, ...others]);
      })
    );
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(history, fc.array(rejections), (some, others) => {
        expect(parseEvolutionRuns(some.map(formatRecord).join(''))).toEqual(some);
        expect(parseRejections(others.map(formatRecord).join(''))).toEqual(others);
      })
    );
  });

  it('lose a rejection that was taken back, and nothing else', () => {
    fc.assert(
      fc.property(rejections, fc.array(rejections), (gone, others) => {
        const rest = others.filter(
          ({ signature, at }) => signature !== gone.signature || at !== gone.at
        );
        const text = `${formatRecord(gone)}{"v":2}\n${rest.map(formatRecord).join('')}`;
        expect(withoutRejection(text, gone)).toBe(
          `{"v":2}\n${rest.map(formatRecord).join('')}`
        );
      })
    );
  });

  it('turn a pattern down for good, or until there are newer runs', () => {
    const pattern = { signature: 's', traces: ['t-1', 't-2'] };
    const line = (more: Partial<IRejection>): IRejection => ({
      ...{ v: 1, signature: 's', id: 'x', by: 'replay', at: '', reason: '' },
      ...{ newest: 't-2', ...more }
    });
    const isDown = (...all: readonly IRejection[]): boolean =>
      rejectionFor(pattern, all) !== undefined;
    expect(isDown()).toBe(false);
    expect(isDown(line({}))).toBe(true);
    expect(isDown(line({ newest: 't-1' }))).toBe(false);
    expect(isDown(line({ by: 'person', newest: 't-1' }))).toBe(true);
    expect(isDown(line({ by: 'person', newest: 't-1', updates: true }))).toBe(false);
    expect(isDown(line({ by: 'person', updates: true }))).toBe(true);
    expect(isDown(line({ by: 'person', signature: 'other' }))).toBe(false);
    const last = line({ reason: 'last' });
    expect(rejectionFor(pattern, [line({ by: 'person' }), last])).toBe(last);
  });

  it.each([
    { notes: 5 },
    { notes: [{}] },
    { rejected: [null] },
    { candidates: [1] },
    { promotions: [null] },
    { detected: [{ name: 'x' }] },
    { error: {} }
  ])('are read without a line that would break whoever shows it: %j', wrong => {
    const [run] = fc.sample(runs, 1);
    expect(parseEvolutionRuns(`${JSON.stringify({ ...run, ...wrong })}\n`)).toEqual([]);
  });

  it('are read without the line that a closing tab cut off', () => {
    const [run] = fc.sample(runs, 1);
    const line = formatRecord(run as IEvolutionRun);
    expect(parseEvolutionRuns(`${line}{"v":1,"id"\n{"v":2}\n`)).toHaveLength(1);
  });

  it('stand in a candidate beside what the skill says', () => {
    const review = fc.record({
      report: fc.record({
        verdict: fc.constantFrom('accepted', 'rejected', 'review'),
        reason: text,
        agreed: fc.nat(20),
        replayed: fc.nat(20),
        lower: fc.double({ min: 0, max: 1, noNaN: true }).map(x => x + 0),
        runs: fc.array(replayed, { maxLength: 3 })
      }),
      sessions: fc.array(text, { maxLength: 3 }),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }).map(x => x + 0)
    });
    fc.assert(
      fc.property(review, given => {
        const file = withReview(SKILL, given);
        expect(readReview(file)).toEqual(given);
        expect(checkSkill(file, 'x.md')).toEqual([]);
      })
    );
    expect(readReview(SKILL)).toBeNull();
    expect(readReview('no front matter')).toBeNull();
  });
});

describe('dueAt', () => {
  const on = { isOn: true, hours: USUAL_HOURS.user };
  const first = '2026-11-20T10:00:00.000Z';
  const day = 24 * 3_600_000;
  const run = (
    started: string,
    status: IEvolutionRun['status'] = 'done',
    job: IEvolutionRun['job'] = 'user'
  ) => ({ started, status, job });

  it('is a day after the first session, then a day after the last run', () => {
    expect(dueAt('user', on, [], first)).toBe(Date.parse(first) + day);
    const last = '2026-11-25T08:00:00.000Z';
    const done = [run(last), run('2026-11-25T09:00:00.000Z', 'done', 'team')];
    expect(dueAt('user', on, done, first)).toBe(Date.parse(last) + day);
  });

  it('is never when it is off or has nothing to learn from', () => {
    expect(dueAt('user', { ...on, isOn: false }, [], first)).toBeNull();
    expect(dueAt('user', on, [], null)).toBeNull();
  });

  it('tries again an hour after a failure', () => {
    expect(dueAt('user', on, [run(first, 'failed')], first)).toBe(
      Date.parse(first) + 3_600_000
    );
  });
});
