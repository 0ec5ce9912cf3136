import type { IFlowCell, IGraphCell } from '@llmos-lab/skills';

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

/** Milliseconds that a cell usually takes: as it is, else its skill at large. */
export function expectedMs(
  memory: RunMemory,
  cell: IFlowCell,
  skill: string | null
): number | undefined {
  const names = skill === null ? [] : [skillName(skill)];
  return memory.expectedMs(cellName(cell.meaning), ...names);
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
  readonly key?: string;
}

/** Remembers a run of a cell that was computed, or answered from the cache. */
export function learnRun(memory: RunMemory, run: ILearnt): void {
  const { meaning, skill, ms, isCached, key } = run;
  const time = isCached ? {} : { ms };
  if (meaning !== undefined) {
    memory.learn(cellName(meaning), { ...time, ...(key !== undefined && { key }) });
  }
  if (skill !== null && !isCached) {
    memory.learn(skillName(skill), time);
  }
}

/** Remembers how long calls took that workers made beside the cells. */
export function learnCalls(memory: RunMemory, { cells }: IFinishedRun): void {
  for (const { skill, ms, isComputed } of cells) {
    if (skill !== null && isComputed) {
      memory.learn(skillName(skill), { ms });
    }
  }
}
