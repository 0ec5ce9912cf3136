/** What earlier commits of a session have told, so that the next one tells what is new. */
import type { ILogEntry } from '../volume/store';
import type { IChatMessage } from './chat';
import { parseCommit, type ISessionCommit } from './commitMessage';
import type { ISession } from './session';
import { sessionPrompt } from './sessionCommit';
import { parseTraces, type TraceRecord } from './trace';

/** What the newest commit of a session has told. */
export interface IToldBefore {
  /** Ids of the runs that stood in its traces. */
  readonly runs: ReadonlySet<string>;
  /** What it was said to be for; empty where nothing was said. */
  readonly prompt: string;
  /** How many messages its conversation had. */
  readonly messages: number;
}

/**
 * Reads it from the newest commit.
 *
 * @param committed text of the traces in it, null where there are none
 * @param log newest first
 */
export function toldBefore(
  { id }: Pick<ISession, 'id'>,
  committed: string | null,
  log: readonly Pick<ILogEntry, 'message'>[]
): IToldBefore {
  const last = newestCommit(id, log);
  // Traces that came in with other files were never told of.
  const runs =
    committed === null || !last
      ? []
      : parseTraces(committed).traces.map(trace => trace.id);
  return {
    runs: new Set(runs),
    prompt: last?.prompt ?? '',
    messages: last?.stats.messages ?? 0
  };
}

function newestCommit(
  id: string,
  log: readonly Pick<ILogEntry, 'message'>[]
): ISessionCommit | null {
  for (const { message } of log) {
    const commit = message.includes(`Session: ${id}`) ? parseCommit(message) : null;
    if (commit?.kind === 'session') {
      return commit;
    }
  }
  return null;
}

/**
 * What conversation and runs since the commit before say that the session is for; empty
 * when they say nothing new.
 *
 * @param traces oldest first
 */
export function freshPrompt(
  messages: readonly IChatMessage[],
  traces: readonly TraceRecord[],
  { runs, prompt, messages: count }: IToldBefore
): string {
  const known = traces.filter(({ id }) => runs.has(id)).map(purpose);
  const fresh = traces.filter(
    trace => !runs.has(trace.id) && !known.includes(purpose(trace))
  );
  const said = sessionPrompt(messages.slice(count), fresh);
  return said === prompt ? '' : said;
}

function purpose(trace: TraceRecord): string {
  return trace.kind === 'chat' ? trace.prompt : trace.goal;
}
