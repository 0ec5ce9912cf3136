import type { IFlowCell, IGraphCell, IMade } from '@llmos-lab/skills';

import type { IFinishedRun } from './finishedRun';
import type { RunMemory } from './memory';

/** Under which name the run memory knows a cell of this meaning. */
export function cellName(meaning: string): string {
  return `cell ${meaning}`;
}

function skillName(skill: string): string {
  return `skill ${skill}`;
}

/** Id of the one skill that a cell calls. */
export function onlySkill({ calls }: Pick<IGraphCell, 'calls'>): string | null {
  const [call, more] = calls;
  return call && !more ? call.skill : null;
}

/** Under which name the run memory knows how long a worker takes to start. */
const START = 'worker start';

/** Milliseconds that a worker of the pool took to start; undefined before the first. */
export function startMs(memory: RunMemory): number | undefined {
  return memory.expectedMs(START);
}

/** Remembers how long a worker took to start. */
export function learnStart(memory: RunMemory, ms: number): void {
  memory.learn(START, { ms });
}

/**
 * Milliseconds that a cell usually takes where all that it needs is loaded: as it is, else
 * its skill at large; undefined where no such run was seen.
 */
export function loadedMs(
  memory: RunMemory,
  cell: Pick<IFlowCell, 'meaning'>,
  skill: string | null
): number | undefined {
  return memory.expectedMs(...namesOf(cell.meaning, skill));
}

/**
 * The same, by which a run is arranged: what has only run as the first of its kind in a
 * kernel takes at most that long, with its packages.
 */
export function expectedMs(
  memory: RunMemory,
  cell: Pick<IFlowCell, 'meaning'>,
  skill: string | null
): number | undefined {
  const firsts = namesOf(cell.meaning, skill).map(name => firstName(name, false));
  return loadedMs(memory, cell, skill) ?? memory.expectedMs(...firsts);
}

/** Whether runs of a cell as it is tell its time, not only those of its skill at large. */
export function isTimed(
  memory: RunMemory,
  { meaning }: Pick<IFlowCell, 'meaning'>
): boolean {
  const name = cellName(meaning);
  return memory.expectedMs(name, firstName(name, false)) !== undefined;
}

/**
 * Milliseconds that a cell took when it was last the first of its kind in a kernel, which
 * then loads its packages; undefined where that has not been seen.
 */
export function firstMs(
  memory: RunMemory,
  run: {
    readonly cell: Pick<IFlowCell, 'meaning'>;
    readonly skill: string | null;
    /** Whether the cache answers its call: that too needs what its result is made of. */
    readonly isCached: boolean;
  }
): number | undefined {
  const names = namesOf(run.cell.meaning, run.skill);
  const known = names.map(name => memory.get(firstName(name, run.isCached))?.times);
  return known.find(times => times && times.length > 0)?.at(-1);
}

function namesOf(meaning: string | undefined, skill: string | null): readonly string[] {
  return [
    ...(meaning === undefined ? [] : [cellName(meaning)]),
    ...(skill === null ? [] : [skillName(skill)])
  ];
}

function firstName(name: string, isCached: boolean): string {
  return isCached ? `first cached ${name}` : `first ${name}`;
}

/** A cell that has run. */
export interface ILearnt {
  /**
   * What it meant when it ran: by hand and out of order it read other values than from
   * top to bottom. Undefined when it is no longer there.
   */
  readonly meaning: string | undefined;
  /** Id of the one skill that it calls. */
  readonly skill: string | null;
  readonly ms: number;
  readonly isCached: boolean;
  /** Whether the kernel had to load what it needs: other runs of it are shorter. */
  readonly isFirst: boolean;
  readonly key?: string;
}

/** Remembers a run of a cell that was computed, or answered from the cache. */
export function learnRun(memory: RunMemory, run: ILearnt): void {
  const { meaning, skill, ms, isCached, isFirst, key } = run;
  for (const name of namesOf(meaning, skill)) {
    if (isFirst) {
      memory.learn(firstName(name, isCached), { ms });
    } else if (!isCached) {
      memory.learn(name, { ms });
    }
  }
  if (meaning !== undefined && key !== undefined) {
    memory.learn(cellName(meaning), { key });
  }
}

/** Under which name the run memory knows what made the result of a notebook's cell. */
function madeName(path: string, cell: string): string {
  return `made ${path} ${cell}`;
}

/** Remembers what made the result of a cell: the notebook keeps the run's number with it. */
export function learnMade(
  memory: RunMemory,
  at: { readonly path: string; readonly cell: string },
  made: IMade & { readonly count: number }
): void {
  memory.learn(madeName(at.path, at.cell), { made });
}

/** What made the results that a notebook's cells hold, where this browser has seen it. */
export function recallMade(
  memory: RunMemory,
  path: string,
  cells: Iterable<{ readonly id: string; readonly count: number | null }>
): ReadonlyMap<string, IMade> {
  const found = new Map<string, IMade>();
  for (const { id, count } of cells) {
    const made = memory.get(madeName(path, id))?.made;
    // Another number is another result, such as one of an older version of the file.
    if (made && made.count === count) {
      found.set(id, made);
    }
  }
  return found;
}

/** Remembers how long calls took that workers made beside the cells. */
export function learnCalls(memory: RunMemory, { cells }: IFinishedRun): void {
  for (const { skill, ms, isComputed } of cells) {
    if (skill !== null && isComputed) {
      memory.learn(skillName(skill), { ms });
    }
  }
}
