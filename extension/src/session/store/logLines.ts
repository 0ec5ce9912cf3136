import type { ILogEntry, IVolumeStore } from '@llmos-lab/skills';

/** So many commits are read one by one; after more the whole log is read. */
const FEW_COMMITS = 50;

/** The commits that the branch itself made, newest first: merges without what they brought. */
export function mainLine(log: readonly ILogEntry[]): readonly ILogEntry[] {
  const entries = new Map(log.map(entry => [entry.oid, entry]));
  const line: ILogEntry[] = [];
  let [entry] = log;
  while (entry) {
    line.push(entry);
    entry = entries.get(entry.parents[0] ?? '');
  }
  return line;
}

/** The newest commit of each session that the trailers of these name, newest first. */
export function namedBy(entries: readonly ILogEntry[]): ReadonlyMap<string, ILogEntry> {
  const found = new Map<string, ILogEntry>();
  for (const entry of [...entries].reverse()) {
    sessionsIn(entry).forEach(id => found.set(id, entry));
  }
  return found;
}

/** The sessions that the trailers of a commit name. */
export function sessionsIn({ message }: ILogEntry): readonly string[] {
  return [...message.matchAll(/^Session: (\S+)$/gm)].map(([, id = '']) => id);
}

/**
 * The commits since `known`, newest first, where each has just the one before it as its
 * parent: the log grew by these at its top and is else as it was. Null where it did not.
 */
export async function plainCommits(
  { log }: Pick<IVolumeStore, 'log'>,
  known: string | undefined
): Promise<readonly ILogEntry[] | null> {
  if (known === undefined) {
    return null;
  }
  const found: ILogEntry[] = [];
  let [entry] = await log({ limit: 1 });
  while (entry && entry.oid !== known) {
    const [from, ...others] = entry.parents;
    found.push(entry);
    if (from === undefined || others.length > 0 || found.length > FEW_COMMITS) {
      return null;
    }
    [entry] = await log({ from, limit: 1 });
  }
  return entry ? found : null;
}
