/** The traces of one session, and whose they are. */
import { parseSession } from '../session/session';
import { parseTraces, type ITrace } from '../session/trace';

/** The user of runs of which nobody knows whose they are. */
export const NOBODY = '';

/** How many people these runs show; those that are nobody's show none. */
export function countPeople(runs: readonly { readonly user: string }[]): number {
  const users = new Set(runs.map(({ user }) => user));
  users.delete(NOBODY);
  return users.size;
}

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

/** Runs among the lines of files. */
export interface IReadTraces {
  readonly traces: readonly ITrace[];
  /** Lines that could not be read. */
  readonly unread: number;
}

/** Reads the files of a history that grows: of known ones only what has come. */
export interface ITraceReader {
  /**
   * A run counts for the owner of the session that it lies in, whatever it says itself:
   * nobody can write into sessions of others.
   *
   * @param options `shared`: several people write there, so that runs of sessions without
   *   an owner are all nobody's
   * @returns with the runs that have come since the last call, null where others have gone
   *   or changed
   */
  read(
    files: readonly ITraceFile[],
    options: { readonly shared: boolean }
  ): IReadTraces & { readonly added: readonly ITrace[] | null };
}

/** As a reader that has read nothing yet. */
export function readTraces(
  files: readonly ITraceFile[],
  options: { readonly shared: boolean }
): IReadTraces {
  const { traces, unread } = createTraceReader().read(files, options);
  return { traces, unread };
}

/** A file as far as it was read. */
interface IRead extends IReadTraces {
  readonly text: string;
}

/** A reader that has read nothing yet. */
export function createTraceReader(): ITraceReader {
  let known: ReadonlyMap<string, IRead> = new Map();
  return {
    read(files, { shared }) {
      const now = new Map<string, IRead>();
      const all: IRead[] = [];
      const added: ITrace[] = [];
      let isGrown = true;
      for (const { text, owner = shared ? NOBODY : undefined } of files) {
        const key = JSON.stringify([owner ?? null, firstLine(text)]);
        const before = known.get(key);
        // Only behind a whole line is what follows another one.
        const goesOn =
          before !== undefined && !now.has(key) && isContinued(before.text, text);
        const old = goesOn ? before : NOTHING;
        const more = readLines(text.slice(old.text.length), owner);
        const read: IRead = {
          text,
          traces: more.traces.length > 0 ? [...old.traces, ...more.traces] : old.traces,
          unread: old.unread + more.unread
        };
        isGrown &&= goesOn || (before === undefined && !now.has(key));
        added.push(...more.traces);
        now.set(key, read);
        all.push(read);
      }
      isGrown &&= [...known.keys()].every(key => now.has(key));
      known = now;
      return {
        traces: all.flatMap(({ traces }) => traces),
        unread: all.reduce((sum, { unread }) => sum + unread, 0),
        added: isGrown ? added : null
      };
    }
  };
}

const NOTHING: IRead = { text: '', traces: [], unread: 0 };

/** Tells files apart: each begins with a run of its own. */
function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? text : text.slice(0, end);
}

function isContinued(before: string, text: string): boolean {
  return before === text || (before.endsWith('\n') && text.startsWith(before));
}

function readLines(text: string, owner: string | undefined): IReadTraces {
  const { traces, problems } = parseTraces(text);
  const runs = traces.flatMap(trace => {
    if (trace.kind !== undefined) {
      return [];
    }
    const isOwn = owner === undefined || owner === trace.user;
    return [isOwn ? trace : { ...trace, user: owner }];
  });
  return { traces: runs, unread: problems.length };
}
