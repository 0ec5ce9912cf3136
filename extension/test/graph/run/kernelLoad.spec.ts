import 'fake-indexeddb/auto';

import { KernelLoad } from '../../../src/graph/run/kernelLoad';
import { learnRun } from '../../../src/graph/run/learning';
import { RunMemory } from '../../../src/graph/run/memory';

const VQE = { cell: { meaning: 'm' }, skill: 'vqe', isCached: false };
const PLOT = { cell: { meaning: 'p' }, skill: 'plot-xy', isCached: false };

const USUAL = { ms: 100, isOfOthers: false };

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
    expect(load.timeOf(VQE, USUAL, new Set())).toMatchObject({
      ...{ time: { ms: 5000 }, isOpen: false, isMost: false }
    });
    expect(load.note(VQE)).toBe(true);
    expect(load.note(VQE)).toBe(false);
    expect(load.timeOf(VQE, USUAL, new Set())).toEqual({
      ...{ time: USUAL, isOpen: false, isMost: false }
    });
    load.forget();
    expect(load.timeOf(VQE, USUAL, new Set()).time?.ms).toBe(5000);
  });

  it('expects at most what the first run took where there was no other', () => {
    learnRun(memory, {
      ...{ meaning: 'm', skill: 'vqe', ms: 5000, isCached: false, isFirst: true }
    });
    load.note(VQE);
    const edited = { ...VQE, cell: { meaning: 'other' } };
    expect(load.timeOf(edited, undefined, new Set())).toEqual({
      ...{ time: { ms: 5000, isOfOthers: true }, isOpen: false, isMost: true }
    });
  });

  it('says that packages come on top where no fresh kernel was seen', () => {
    expect(load.timeOf(VQE, USUAL, new Set())).toMatchObject({
      ...{ time: USUAL, isOpen: true }
    });
    expect(load.timeOf(VQE, undefined, new Set()).isOpen).toBe(false);
  });

  it('has a plan load the packages of a skill once', () => {
    const before = new Set<string>();
    expect(load.timeOf(VQE, USUAL, before).isOpen).toBe(true);
    expect(load.timeOf(VQE, USUAL, before)).toMatchObject({
      ...{ time: USUAL, isOpen: false }
    });
  });

  it('asks what cached results need only of a kernel that has run nothing', () => {
    const cached = { ...PLOT, isCached: true };
    expect(load.timeOf(cached, undefined, new Set()).isOpen).toBe(true);
    load.note(VQE);
    expect(load.timeOf(cached, undefined, new Set()).isOpen).toBe(false);
  });
});
