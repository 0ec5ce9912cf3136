/** Mining as one task of plain data, so that it can run in a worker. */
import type { IExecutableSkill } from '../skill/skill';
import type { ICallable } from './compound';
import type { IPattern } from './describePattern';
import type { ILearnedSkill } from './renew';
import { propose, type IProposal, type ISetAside } from './propose';
import { readTraces, type ITraceFile } from './traceFile';

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
}

/** Reads the traces and proposes skills. */
export function mineTask(task: IMineTask): IMined {
  const { traces, unread } = readTraces(task.traces, {
    shared: (task.minUsers ?? 1) > 1
  });
  const library = new Map(task.library.map(callable => [callable.skill.id, callable]));
  const taken = new Set(task.taken);
  const commits = new Map(task.commits);
  const ids = new Map(task.ids);
  const learned = new Map(task.learned);
  const objectives = new Map(
    task.library.flatMap(({ skill: { id, objective } }) =>
      objective === undefined ? [] : [[id, objective] as const]
    )
  );
  const { minCount, minSuccess, minUsers = 1, halfLife, since, date } = task;
  return {
    traces: traces.length,
    unread,
    ...propose(traces, {
      ...{ minCount, minSuccess, minUsers, objectives, now: date },
      ...(halfLife > 0 && { halfLife }),
      ...(since !== undefined && { since }),
      learned: signature => learned.get(signature),
      idOf: signature => ids.get(signature),
      known: new Set(task.known),
      context: { date, find: id => library.get(id), taken: id => taken.has(id) },
      commitsOf: ids => [...new Set(ids.flatMap(id => commits.get(id) ?? []))].sort()
    })
  };
}
