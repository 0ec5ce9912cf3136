import {
  parseSkill,
  toPythonEntry,
  type ICompound,
  type ReplayCall
} from '@llmos-lab/skills';
import { sha256 } from '../sha256';
import { Executor, shutIn, type IExecutorOptions } from './executor';
import { readReplay } from './protocol';

/** What replaying needs. */
export interface IReplayerOptions extends Omit<IExecutorOptions, 'shell'> {
  /** Seconds that one run may take. */
  readonly seconds: number;
}

/**
 * Runs learned skills in a process apart: a fresh one for each skill, so that none can
 * change what the next one's replays give.
 */
export function createReplayer(options: IReplayerOptions): {
  readonly call: ReplayCall;
  readonly dispose: () => void;
} {
  const { seconds } = options;
  const isolation = shutIn(options);
  let current: { readonly text: string; readonly executor: Executor } | null = null;
  const executorFor = ({ text }: ICompound): Executor => {
    if (current?.text !== text) {
      current?.executor.dispose();
      current = {
        text,
        executor: new Executor({ ...options, shell: false }, isolation)
      };
    }
    return current.executor;
  };
  return {
    call: async (compound, inputs) => {
      const request = {
        type: 'replay',
        entry: entryOf(compound),
        inputs: JSON.stringify(inputs)
      } as const;
      const answer = await executorFor(compound).run(request, seconds);
      switch (answer.kind) {
        case 'answer':
          return readReplay(answer.outcome);
        case 'late':
          return { kind: 'not-replayed', why: `It took longer than ${seconds} s.` };
        case 'ended':
          return { kind: 'not-replayed', why: answer.why };
      }
    },
    dispose: () => current?.executor.dispose()
  };
}

/** The learned skill as an entry of no index: its own file as text, by its path to be. */
function entryOf({ text, skill: { id } }: ICompound): string {
  const path = `evolution/candidates/${id}.md`;
  const { skill } = parseSkill(text, path);
  if (skill?.kind !== 'executable') {
    throw new Error(`The learned skill "${id}" cannot be read.`);
  }
  const entry = { skill, version: sha256(text), path, volume: 'user', shadows: [] };
  return JSON.stringify(toPythonEntry(entry));
}
