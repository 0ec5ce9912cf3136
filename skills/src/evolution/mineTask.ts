/** Mining as one task of plain data, so that it can run in a worker. */
import type { ITrace } from '../session/trace';
import type { IExecutableSkill } from '../skill/skill';
import type { ICallable } from './compound';
import type { IFailingPattern, IPattern } from './describePattern';
import type { ILearnedSkill } from './renew';
import { createMiner, type IMineOptions, type IMiner } from './mine';
import {
  minedOf,
  propose,
  type IProposal,
  type IProposeOptions,
  type ISetAside
} from './propose';
import { createTraceReader, type IReadTraces, type ITraceFile } from './traceFile';

/** All of it is plain data, so that it crosses into the worker. */
export interface IMineTask {
  readonly traces: readonly ITraceFile[];
  /** Skills that compute, as they are now. */
  readonly library: readonly (ICallable & { readonly skill: IExecutableSkill })[];
  /** Ids that no new skill may take. */
  readonly taken: readonly string[];
  /** Signatures that do not come again. */
  readonly known: readonly string[];
  /** Ids that signatures keep. */
  readonly ids: readonly (readonly [signature: string, id: string])[];
  /** Learned skills of the volume by signature: new evidence renews them. */
  readonly learned?: readonly (readonly [signature: string, skill: ILearnedSkill])[];
  /** Commit of each run that is in one. */
  readonly commits: readonly (readonly [trace: string, commit: string])[];
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly minCount: number;
  readonly minSuccess: number;
  /** People that a pattern needs, by default 1. */
  readonly minUsers?: number;
  /** Days; 0 when age does not matter. */
  readonly halfLife: number;
  /** Only runs from this time on. */
  readonly since?: string;
}

/** What mining gives. */
export interface IMined {
  readonly traces: number;
  /** Lines that could not be read. */
  readonly unread: number;
  /** All that recur, known ones too. */
  readonly patterns: readonly IPattern[];
  readonly proposals: readonly IProposal[];
  readonly setAside: readonly ISetAside[];
  /** What recurs with too few successes. */
  readonly failing: readonly IFailingPattern[];
}

/** Reads the traces and proposes skills. */
export function mineTask(task: IMineTask): IMined {
  return createMineMemory().run(task);
}

/** Tasks about one history that grows: what was read and mined stays. */
export interface IMineMemory {
  /** What {@link mineTask} gives. */
  run(task: IMineTask): IMined;
}

/** A memory without a history. */
export function createMineMemory(): IMineMemory {
  const reader = createTraceReader();
  let known: IMinedHistory | null = null;
  return {
    run(task) {
      const { minCount, minSuccess, minUsers = 1, since = '' } = task;
      const found = reader.read(task.traces, { shared: minUsers > 1 });
      const key = JSON.stringify([minCount, minSuccess, minUsers]);
      // Runs that have grown too old cannot be taken out of what is mined.
      const goesOn =
        known?.key === key && known.since <= since && since <= known.oldest;
      if (found.added === null || !known || !goesOn) {
        const miner = createMiner(mineOptions(task));
        known = { miner, key, since, oldest: addSince(miner, found.traces, since) };
      } else {
        const oldest = addSince(known.miner, found.added, since);
        known = {
          ...known,
          since,
          oldest: oldest < known.oldest ? oldest : known.oldest
        };
      }
      return answer(task, found, known.miner);
    }
  };
}

/** A history as it was mined last. */
interface IMinedHistory {
  readonly miner: IMiner;
  /** What else than runs decides about patterns. */
  readonly key: string;
  readonly since: string;
  /** When its first run began; behind all times while there is none. */
  readonly oldest: string;
}

/** Later than every ISO 8601 time. */
const NEVER = '~';

/** Adds the runs from a time on; the result is when the first of them began. */
function addSince(miner: IMiner, traces: readonly ITrace[], since: string): string {
  const runs = minedOf(traces, since);
  miner.add(runs);
  return runs.reduce(
    (first, { started }) => (started < first ? started : first),
    NEVER
  );
}

function mineOptions(task: IMineTask): IMineOptions {
  const { minCount, minSuccess, minUsers = 1, halfLife, since, date } = task;
  const objectives = new Map(
    task.library.flatMap(({ skill: { id, objective } }) =>
      objective === undefined ? [] : [[id, objective] as const]
    )
  );
  return {
    ...{ minCount, minSuccess, minUsers, objectives, now: date },
    ...(halfLife > 0 && { halfLife }),
    ...(since !== undefined && { since })
  };
}

function answer(
  task: IMineTask,
  { traces, unread }: IReadTraces,
  miner: IMiner
): IMined {
  const { patterns, failing } = miner.find(mineOptions(task));
  const library = new Map(task.library.map(callable => [callable.skill.id, callable]));
  const taken = new Set(task.taken);
  const commits = new Map(task.commits);
  const ids = new Map(task.ids);
  const learned = new Map(task.learned);
  const { date } = task;
  const options: IProposeOptions = {
    ...mineOptions(task),
    learned: signature => learned.get(signature),
    idOf: signature => ids.get(signature),
    known: new Set(task.known),
    context: { date, find: id => library.get(id), taken: id => taken.has(id) },
    commitsOf: runs => [...new Set(runs.flatMap(id => commits.get(id) ?? []))].sort()
  };
  return {
    ...{ traces: traces.length, unread, failing },
    ...propose(traces, options, patterns)
  };
}
