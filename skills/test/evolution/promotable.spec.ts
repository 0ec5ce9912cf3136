import { findPromotable } from '../../src/evolution/promotable';
import { node, run } from './traces';

const SKILL = { id: 'fit', version: 'sha256:1', volume: 'team-optics' };
const used = (user: string, status: 'success' | 'failed' = 'success', more = {}) =>
  run([{ ...node('a', 'fit'), status }], [], { user, status, ...more });
const OPTIONS = { minPeople: 3, minSuccess: 0.7 };

describe('findPromotable', () => {
  it('wants success with three people', () => {
    const two = [used('ana'), used('ana'), used('ben')];
    expect(findPromotable(two, [SKILL], OPTIONS)).toEqual([]);
    expect(findPromotable([...two, used('cleo', 'failed')], [SKILL], OPTIONS)).toEqual(
      []
    );
    expect(findPromotable([...two, used('cleo')], [SKILL], OPTIONS)).toEqual([
      { ...SKILL, users: 3, runs: 4, success: 1 }
    ]);
  });

  it('counts copies once, and runs of this version alone', () => {
    const one = used('ana');
    const others = [used('ben'), used('cleo')];
    expect(findPromotable([one, one, ...others], [SKILL], OPTIONS)[0]?.runs).toBe(3);
    const newer = { ...SKILL, version: 'sha256:2' };
    expect(findPromotable([one, ...others], [newer], OPTIONS)).toEqual([]);
  });

  it('takes runs of which nobody knows whose they are for no further person', () => {
    const runs = [used('ana'), used('ben'), used('')];
    expect(findPromotable(runs, [SKILL], OPTIONS)).toEqual([]);
    expect(findPromotable([...runs, used('cleo')], [SKILL], OPTIONS)).toMatchObject([
      { users: 3, runs: 4 }
    ]);
  });

  it('counts neither the points of a sweep nor the runs of a replay', () => {
    const runs = [used('ana'), used('ben')];
    for (const trigger of ['sweep', 'replay']) {
      const points = [...'abcdefgh'].map(() => used('cleo', 'success', { trigger }));
      const failing = points.map(() => used('ana', 'failed', { trigger }));
      expect(findPromotable([...runs, ...points], [SKILL], OPTIONS)).toEqual([]);
      expect(
        findPromotable([...runs, used('cleo'), ...points, ...failing], [SKILL], OPTIONS)
      ).toMatchObject([{ users: 3, runs: 3, success: 1 }]);
    }
  });

  it('leaves out what fails too often', () => {
    const failing = Array.from({ length: 4 }, () => used('ana', 'failed'));
    const runs = [used('ana'), used('ben'), used('cleo'), ...failing];
    expect(findPromotable(runs, [SKILL], OPTIONS)).toEqual([]);
  });
});
