import 'fake-indexeddb/auto';

import {
  carryMade,
  expectedMs,
  firstTime,
  learnMade,
  learnRun,
  loadedTime,
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

  it('knows results of a notebook that was not saved after its last runs', () => {
    const memory = new RunMemory('unsaved', () => undefined);
    const at = { path: 'a.ipynb', cell: 'c0' };
    const codeOf = (count: number): string | undefined =>
      recallMade(memory, at.path, [{ id: 'c0', count }]).get('c0')?.code;
    learnMade(memory, at, { code: 'x = 1', meaning: '1', count: 3 });
    learnMade(memory, at, { code: 'x = 2', meaning: '2', count: 5 });
    expect([codeOf(3), codeOf(5)]).toEqual(['x = 1', 'x = 2']);
    // The kernel was restarted and counts anew.
    learnMade(memory, at, { code: 'x = 4', meaning: '4', count: 3 });
    expect(codeOf(3)).toBe('x = 4');
    memory.dispose();
  });

  it('knows results under the new name of their notebook', () => {
    const memory = new RunMemory('renamed', () => undefined);
    const made = { code: 'x', meaning: 'y', count: 3 };
    learnMade(memory, { path: 'a.ipynb', cell: 'c0' }, made);
    carryMade(memory, { from: 'a.ipynb', to: 'b.ipynb' }, ['c0', 'c1']);
    const found = recallMade(memory, 'b.ipynb', [{ id: 'c0', count: 3 }]);
    expect(found.get('c0')).toEqual(made);
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
    expect(firstTime(memory, { cell: CELL, skill: 'vqe', isCached: false })?.ms).toBe(
      4000
    );
    expect(firstTime(memory, { cell: OTHER, skill: 'vqe', isCached: false })).toEqual({
      ms: 4000,
      isOfOthers: true
    });
  });

  it('tells a time of the cell itself from that of its skill at large', () => {
    learnRun(memory, { ...RUN, ms: 120 });
    const known = { ms: 120, isOfOthers: false };
    expect(loadedTime(memory, CELL, 'vqe')).toEqual(known);
    expect(loadedTime(memory, OTHER, 'vqe')).toEqual({ ...known, isOfOthers: true });
    learnRun(memory, { ...RUN, meaning: 'other', ms: 130 });
    expect(loadedTime(memory, OTHER, 'vqe')?.isOfOthers).toBe(false);
  });

  it('expects of a cell that ran once what it took then', () => {
    learnRun(memory, { ...RUN, ms: 4000, isFirst: true });
    expect(expectedMs(memory, OTHER, 'vqe')).toBe(4000);
  });

  it('takes the last first run: kernels load in the order in which cells run', () => {
    learnRun(memory, { ...RUN, ms: 200, isFirst: true });
    learnRun(memory, { ...RUN, ms: 5000, isFirst: true });
    expect(firstTime(memory, { cell: CELL, skill: 'vqe', isCached: false })?.ms).toBe(
      5000
    );
  });

  it('keeps what a cached result needs in a fresh kernel, and no time of another', () => {
    learnRun(memory, { ...RUN, ms: 700, isCached: true, isFirst: true, key: 'k' });
    learnRun(memory, { ...RUN, ms: 3, isCached: true, key: 'k' });
    expect(firstTime(memory, { cell: CELL, skill: 'vqe', isCached: true })?.ms).toBe(
      700
    );
    expect(firstTime(memory, { cell: CELL, skill: 'vqe', isCached: false })?.ms).toBe(
      undefined
    );
    expect(expectedMs(memory, CELL, 'vqe')).toBeUndefined();
    expect(memory.get('cell m')?.key).toBe('k');
  });
});
