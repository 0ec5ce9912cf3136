import type { IFlowCell, IGraphCell } from '@llmos-lab/skills';

import { isPassing } from '../../volumes/copyToUser';
import type { IFinishedRun } from './finishedRun';
import type { RunMemory } from './memory';
import type { IMadeResult, IResultMarks } from './tokens';

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

/** How long a cell takes, as earlier runs tell. */
export interface IKnownTime {
  readonly ms: number;
  /** Whether they were runs of its skill with other inputs. */
  readonly isOfOthers: boolean;
}

/**
 * How long a cell usually takes where all that it needs is loaded: as it is, else its
 * skill at large; undefined where no such run was seen.
 */
export function loadedTime(
  memory: RunMemory,
  cell: Pick<IFlowCell, 'meaning'>,
  skill: string | null
): IKnownTime | undefined {
  return firstKnown(cell, skill, name => memory.expectedMs(name));
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
  return loadedTime(memory, cell, skill)?.ms ?? memory.expectedMs(...firsts);
}

/**
 * How long a cell took when it was last the first of its kind in a kernel, which then
 * loads its packages; undefined where that has not been seen.
 */
export function firstTime(
  memory: RunMemory,
  run: {
    readonly cell: Pick<IFlowCell, 'meaning'>;
    readonly skill: string | null;
    /** Whether the cache answers its call: that too needs what its result is made of. */
    readonly isCached: boolean;
  }
): IKnownTime | undefined {
  const { cell, skill, isCached } = run;
  return firstKnown(cell, skill, name =>
    memory.get(firstName(name, isCached))?.times.at(-1)
  );
}

/** What is known of the cell as it is, else of its skill. */
function firstKnown(
  { meaning }: Pick<IFlowCell, 'meaning'>,
  skill: string | null,
  msOf: (name: string) => number | undefined
): IKnownTime | undefined {
  const own = msOf(cellName(meaning));
  const ms = own ?? (skill === null ? undefined : msOf(skillName(skill)));
  return ms === undefined ? undefined : { ms, isOfOthers: own === undefined };
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

/**
 * Remembers what made the result of a cell: the notebook keeps the run's number with it.
 * Of nobody's files not beyond the page: in another tab the same path is another share's.
 */
export function learnMade(
  memory: RunMemory,
  at: { readonly path: string; readonly cell: string },
  made: IMadeResult
): void {
  memory.learn(madeName(at.path, at.cell), { made }, isPassing(at.path));
}

/**
 * What made the results that a notebook's cells hold, where this browser has seen it.
 * Another number is another result, such as one of an older version of the file. Within
 * one kernel, that is: the file does not say which kernel has counted. Where a later one
 * came to the same number and the notebook was not saved after that, the result in the
 * file is taken for that one's, and is shown as stale where the code has changed.
 */
export function recallMade(
  memory: RunMemory,
  path: string,
  cells: Iterable<{ readonly id: string; readonly count: number | null }>
): ReadonlyMap<string, IMadeResult> {
  const found = new Map<string, IMadeResult>();
  for (const { id, count } of cells) {
    const results = memory.get(madeName(path, id))?.results ?? [];
    const made = results.find(each => each.count === count);
    if (made) {
      found.set(id, made);
    }
  }
  return found;
}

/** Remembers what is known of a notebook's results under its new name. */
export function carryMade(
  memory: RunMemory,
  { from, to }: { readonly from: string; readonly to: string },
  cells: Iterable<string>
): void {
  for (const cell of cells) {
    const results = memory.get(madeName(from, cell))?.results ?? [];
    results.forEach(made => learnMade(memory, { path: to, cell }, made));
  }
}

/** The same for others, once what was stored has been read. */
export function marksOf(memory: RunMemory): IResultMarks {
  return {
    of: async (path, cells) => {
      await memory.ready;
      return recallMade(memory, path, cells);
    },
    learn: (path, made) =>
      made.forEach((each, cell) => learnMade(memory, { path, cell }, each))
  };
}

/** Remembers how long calls took that workers made beside the cells. */
export function learnCalls(memory: RunMemory, { cells }: IFinishedRun): void {
  for (const { skill, ms, isComputed } of cells) {
    if (skill !== null && isComputed) {
      memory.learn(skillName(skill), { ms });
    }
  }
}
