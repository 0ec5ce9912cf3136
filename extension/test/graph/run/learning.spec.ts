import 'fake-indexeddb/auto';

import {
  expectedMs,
  firstMs,
  isTimed,
  learnMade,
  learnRun,
  recallMade,
  type ILearnt
} from '../../../src/graph/run/learning';
import { RunMemory } from '../../../src/graph/run/memory';

const RUN: ILearnt = {
  ...{ meaning: 'm', skill: 'vqe', ms: 0, isCached: false, isFirst: false }
};
const CELL = { meaning: 'm' };
const OTHER = { meaning: 'other' };

describe('recallMade', () => {
  it('knows what made the result of a cell, and of no other run of it', () => {
    const memory = new RunMemory('made', () => undefined);
    const made = { code: 'x', meaning: 'y', count: 3 };
    learnMade(memory, { path: 'a.ipynb', cell: 'c0' }, made);
    const recall = (path: string, count: number | null): readonly string[] => [
      ...recallMade(memory, path, [{ id: 'c0', count }]).keys()
    ];
    expect(recall('a.ipynb', 3)).toEqual(['c0']);
    expect(recall('a.ipynb', 2)).toEqual([]);
    expect(recall('a.ipynb', null)).toEqual([]);
    expect(recall('b.ipynb', 3)).toEqual([]);
    memory.dispose();
  });
});

describe('learnRun', () => {
  let memory: RunMemory;

  beforeEach(() => {
    memory = new RunMemory('learning', reason => {
      throw reason;
    });
  });
  afterEach(() => memory.dispose());

  it('keeps the loading of packages apart from what a run usually takes', () => {
    learnRun(memory, { ...RUN, ms: 4000, isFirst: true });
    learnRun(memory, { ...RUN, ms: 120 });
    expect(expectedMs(memory, CELL, 'vqe')).toBe(120);
    expect(firstMs(memory, { cell: CELL, skill: 'vqe', isCached: false })).toBe(4000);
    expect(firstMs(memory, { cell: OTHER, skill: 'vqe', isCached: false })).toBe(4000);
  });

  it('tells a time of the cell itself from that of its skill at large', () => {
    learnRun(memory, { ...RUN, ms: 120 });
    expect([isTimed(memory, CELL), isTimed(memory, OTHER)]).toEqual([true, false]);
    learnRun(memory, { ...RUN, meaning: 'other', ms: 4000, isFirst: true });
    expect(isTimed(memory, OTHER)).toBe(true);
  });

  it('expects of a cell that ran once what it took then', () => {
    learnRun(memory, { ...RUN, ms: 4000, isFirst: true });
    expect(expectedMs(memory, OTHER, 'vqe')).toBe(4000);
  });

  it('takes the last first run: kernels load in the order in which cells run', () => {
    learnRun(memory, { ...RUN, ms: 200, isFirst: true });
    learnRun(memory, { ...RUN, ms: 5000, isFirst: true });
    expect(firstMs(memory, { cell: CELL, skill: 'vqe', isCached: false })).toBe(5000);
  });

  it('keeps what a cached result needs in a fresh kernel, and no time of another', () => {
    learnRun(memory, { ...RUN, ms: 700, isCached: true, isFirst: true, key: 'k' });
    learnRun(memory, { ...RUN, ms: 3, isCached: true, key: 'k' });
    expect(firstMs(memory, { cell: CELL, skill: 'vqe', isCached: true })).toBe(700);
    expect(firstMs(memory, { cell: CELL, skill: 'vqe', isCached: false })).toBe(
      undefined
    );
    expect(expectedMs(memory, CELL, 'vqe')).toBeUndefined();
    expect(memory.get('cell m')?.key).toBe('k');
  });
});
