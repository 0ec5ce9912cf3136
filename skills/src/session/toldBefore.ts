/** What earlier commits of a session have told, so that the next one tells what is new. */
import type { ILogEntry } from '../volume/store';
import type { IChatMessage } from './chat';
import { parseCommit, type ISessionCommit } from './commitMessage';
import { parseSession, type ISession } from './session';
import { sessionPrompt } from './sessionCommit';
import { sessionFolder } from './sessionList';
import { parseTraces, tracePurpose, type TraceRecord } from './trace';

/** What the newest commit of a session has told. */
export interface IToldBefore {
  /** Ids of the runs that stood in its traces. */
  readonly runs: ReadonlySet<string>;
  /** What it was said to be for; empty where nothing was said. */
  readonly prompt: string;
  /** How many messages its conversation had. */
  readonly messages: number;
  /** Where its notebook stood; null where there is no such commit. */
  readonly path: string | null;
}

/** Texts of a session's files in its newest commit, null where there are none. */
export interface ICommittedTexts {
  readonly session: string | null;
  readonly traces: string | null;
}

/**
 * Reads those texts.
 *
 * @param read a file of the newest commit, by its path
 */
export async function committedTexts(
  read: (path: string) => Promise<Uint8Array | null>,
  { id }: Pick<ISession, 'id'>
): Promise<ICommittedTexts> {
  const text = async (name: string): Promise<string | null> => {
    const bytes = await read(`${sessionFolder(id)}/${name}`);
    return bytes && new TextDecoder().decode(bytes);
  };
  return { session: await text('session.json'), traces: await text('traces.jsonl') };
}

/**
 * Reads it from the newest commit.
 *
 * @param log newest first
 */
export function toldBefore(
  { id }: Pick<ISession, 'id'>,
  committed: ICommittedTexts,
  log: readonly Pick<ILogEntry, 'message'>[]
): IToldBefore {
  const last = newestCommit(id, log);
  // Traces that came in with other files were never told of.
  const runs =
    committed.traces === null || !last
      ? []
      : parseTraces(committed.traces).traces.map(trace => trace.id);
  return {
    runs: new Set(runs),
    prompt: last?.prompt ?? '',
    messages: last?.stats.messages ?? 0,
    path: committed.session === null ? null : pathIn(committed.session)
  };
}

function pathIn(text: string): string | null {
  const session = parseSession(text);
  return 'problem' in session ? null : session.path;
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
 * when they say nothing new, or repeat a name.
 *
 * @param traces oldest first
 */
export function freshPrompt(
  session: Pick<ISession, 'name' | 'path'>,
  messages: readonly IChatMessage[],
  traces: readonly TraceRecord[],
  { runs, prompt, messages: count }: IToldBefore
): string {
  const known = traces.filter(({ id }) => runs.has(id)).map(tracePurpose);
  const fresh = traces.filter(
    trace =>
      !runs.has(trace.id) &&
      !known.includes(tracePurpose(trace)) &&
      !isName(tracePurpose(trace), session)
  );
  const said = sessionPrompt(messages.slice(count), fresh);
  return said === prompt ? '' : said;
}

/** A run's goal is its notebook's name where no heading tells one. */
function isName(
  goal: string,
  { name, path }: Pick<ISession, 'name' | 'path'>
): boolean {
  const notebook = path.replace(/^.*[/:]/, '').replace(/\.ipynb$/, '');
  return goal === name || goal === notebook || /^Untitled\d*$/.test(goal);
}
