/** The traces of one session, and whose they are. */
import { parseSession } from '../session/session';
import { parseTraces, type ITrace } from '../session/trace';

/** A `traces.jsonl` with the owner of its session. */
export interface ITraceFile {
  readonly text: string;
  /** Absent where the session has no `session.json` that can be read. */
  readonly owner?: string;
}

/** A file of traces, and the `session.json` beside it. */
export function traceFile(text: string, session: string | null): ITraceFile {
  const read = session === null ? null : parseSession(session);
  return read && !('problem' in read) ? { text, owner: read.user } : { text };
}

/**
 * Runs among the lines of the files, and how many lines could not be read. A run counts for
 * the owner of the session that it lies in, whatever it says itself: nobody can write into
 * sessions of others.
 *
 * @param options `shared`: several people write there, so that runs of sessions without an
 *   owner are all nobody's
 */
export function readTraces(
  files: readonly ITraceFile[],
  { shared }: { readonly shared: boolean }
): {
  readonly traces: readonly ITrace[];
  readonly unread: number;
} {
  const traces: ITrace[] = [];
  let unread = 0;
  for (const { text, owner = shared ? '' : undefined } of files) {
    const parsed = parseTraces(text);
    unread += parsed.problems.length;
    for (const trace of parsed.traces) {
      if (trace.kind === undefined) {
        const isOwn = owner === undefined || owner === trace.user;
        traces.push(isOwn ? trace : { ...trace, user: owner });
      }
    }
  }
  return { traces, unread };
}
