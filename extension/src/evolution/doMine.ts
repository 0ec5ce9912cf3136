/**
 * The work of the mining worker. It takes the core's own modules, not the package: that
 * one is shared by the labextensions through the page, which a worker cannot reach.
 */
/* eslint-disable no-restricted-imports -- a worker cannot reach the shared package */
import { propose } from '@llmos-lab/skills/lib/evolution/propose';
import { parseTraces } from '@llmos-lab/skills/lib/session/trace';
/* eslint-enable no-restricted-imports */
import type { ITrace } from '@llmos-lab/skills';

import type { IMined, IMineTask } from './mineTask';

/** Reads the traces and proposes skills. */
export function doMine(task: IMineTask): IMined {
  const parsed = task.traces.map(text => parseTraces(text));
  const traces = parsed
    .flatMap(file => file.traces)
    .filter((trace): trace is ITrace => trace.kind === undefined);
  const library = new Map(task.library.map(callable => [callable.skill.id, callable]));
  const taken = new Set(task.taken);
  const commits = new Map(task.commits);
  const ids = new Map(task.ids);
  const objectives = new Map(
    task.library.flatMap(({ skill: { id, objective } }) =>
      objective === undefined ? [] : [[id, objective] as const]
    )
  );
  const { minCount, minSuccess, halfLife, since, date } = task;
  return {
    traces: traces.length,
    unread: parsed.reduce((sum, { problems }) => sum + problems.length, 0),
    ...propose(traces, {
      ...{ minCount, minSuccess, objectives, now: date },
      ...(halfLife > 0 && { halfLife }),
      ...(since !== undefined && { since }),
      idOf: signature => ids.get(signature),
      known: new Set(task.known),
      context: { date, find: id => library.get(id), taken: id => taken.has(id) },
      commitsOf: ids => [...new Set(ids.flatMap(id => commits.get(id) ?? []))].sort()
    })
  };
}
