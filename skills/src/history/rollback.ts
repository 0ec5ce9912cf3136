/** Taking back what a commit did, and files as they were. */
import { withoutSecrets } from '../session/secrets';
import { sessionOfPath } from '../session/sessionList';
import type { IFileChange, IVolumeStore } from '../volume/store';

/** What a new commit has to do to take an earlier one back. */
export interface IRollback {
  readonly changes: readonly IFileChange[];
  /** Files that later commits changed again: taking them back would lose those changes. */
  readonly blocked: readonly string[];
}

type Reader = Pick<IVolumeStore, 'head' | 'read' | 'diff' | 'log'>;

/**
 * What takes back the changes of one commit (for a merge: against its first parent).
 * Files that stand already as before the commit are left out.
 *
 * @throws VolumeError `no-such-commit`
 */
export async function planRollback(store: Reader, oid: string): Promise<IRollback> {
  const [entry] = await store.log({ from: oid, limit: 1 });
  const parent = entry?.parents[0] ?? null;
  const head = await store.head();
  if (head === null) {
    return { changes: [], blocked: [] };
  }
  const done = await store.diff(parent, oid);
  const since = new Map(
    (await store.diff(oid, head)).map(diff => [diff.path, diff.to])
  );
  const changes: IFileChange[] = [];
  const blocked: string[] = [];
  for (const { path, from } of done) {
    const isChangedSince = since.has(path);
    if (!isChangedSince) {
      const content =
        from === null || parent === null ? null : await store.read(path, parent);
      changes.push({ path, content });
    } else if (since.get(path) !== from) {
      blocked.push(path);
    }
  }
  return { changes, blocked };
}

/**
 * The message of a commit that takes an earlier one back. As those of a session's own
 * commits do, `Session:` trailers say whose files it changes.
 *
 * @param subject of the commit that is taken back
 */
export function rollbackMessage(
  oid: string,
  subject: string,
  changes: readonly IFileChange[]
): string {
  const sessions = new Set(changes.map(({ path }) => sessionOfPath(path)));
  const trailers = [...sessions].flatMap(id => (id === null ? [] : `Session: ${id}\n`));
  return [
    `Roll back "${withoutSecrets(subject)}"`,
    `This takes back commit ${oid}.`,
    ...(trailers.length > 0 ? [trailers.sort().join('').trimEnd()] : [])
  ].join('\n\n');
}

/** Paths of all files in a folder at a commit, sorted. */
export async function filesAt(
  store: Pick<IVolumeStore, 'list'>,
  folder: string,
  at: string
): Promise<readonly string[]> {
  const entries = await store.list(folder, at);
  const found = await Promise.all(
    entries.map(({ path, kind }) =>
      kind === 'file' ? Promise.resolve([path]) : filesAt(store, path, at)
    )
  );
  return found.flat().sort();
}
