import 'fake-indexeddb/auto';

import { KernelLoad } from '../../../src/graph/run/kernelLoad';
import { learnRun } from '../../../src/graph/run/learning';
import { RunMemory } from '../../../src/graph/run/memory';

const VQE = { cell: { meaning: 'm' }, skill: 'vqe', isCached: false };
const PLOT = { cell: { meaning: 'p' }, skill: 'plot-xy', isCached: false };

describe('KernelLoad', () => {
  let memory: RunMemory;
  let load: KernelLoad;

  beforeEach(() => {
    memory = new RunMemory('load', reason => {
      throw reason;
    });
    load = new KernelLoad(memory);
  });
  afterEach(() => memory.dispose());

  it('expects of a fresh kernel what the last one took that was fresh', () => {
    learnRun(memory, {
      ...{ meaning: 'm', skill: 'vqe', ms: 5000, isCached: false, isFirst: true }
    });
    expect(load.timeOf(VQE, 100, new Set())).toEqual({ ms: 5000, isOpen: false });
    expect(load.note(VQE)).toBe(true);
    expect(load.note(VQE)).toBe(false);
    expect(load.timeOf(VQE, 100, new Set())).toEqual({ ms: 100, isOpen: false });
    load.forget();
    expect(load.timeOf(VQE, 100, new Set()).ms).toBe(5000);
  });

  it('says that packages come on top where no fresh kernel was seen', () => {
    expect(load.timeOf(VQE, 100, new Set())).toEqual({ ms: 100, isOpen: true });
    expect(load.timeOf(VQE, undefined, new Set()).isOpen).toBe(false);
  });

  it('has a plan load the packages of a skill once', () => {
    const before = new Set<string>();
    expect(load.timeOf(VQE, 100, before).isOpen).toBe(true);
    expect(load.timeOf(VQE, 100, before)).toEqual({ ms: 100, isOpen: false });
  });

  it('asks what cached results need only of a kernel that has run nothing', () => {
    const cached = { ...PLOT, isCached: true };
    expect(load.timeOf(cached, undefined, new Set()).isOpen).toBe(true);
    load.note(VQE);
    expect(load.timeOf(cached, undefined, new Set()).isOpen).toBe(false);
  });
});
