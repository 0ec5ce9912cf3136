import type { Bytes, IFileStore } from './fileStore';

/** A file as it would stand after a move or copy. */
export interface IArrivingFile {
  readonly path: string;
  readonly bytes: Bytes;
}

/**
 * Every `session.json` of a session that moving or copying would bring: who may write it
 * depends on whom it names, not on where it stood.
 */
export async function arrivingSessions(
  store: Pick<IFileStore, 'stat' | 'list' | 'read'>,
  from: string,
  to: string
): Promise<readonly IArrivingFile[]> {
  const depth = to.split('/').length;
  if (!/^sessions(?:\/|$)/.test(to) || depth > 3) {
    return [];
  }
  const entry = await store.stat(from);
  if (entry?.kind === 'file') {
    const isSession = /^sessions\/[^/]+\/session\.json$/.test(to);
    return isSession ? [{ path: to, bytes: await store.read(from) }] : [];
  }
  const inside = entry ? await store.list(from) : [];
  const found = await Promise.all(
    inside.map(({ path }) =>
      arrivingSessions(store, path, to + path.slice(from.length))
    )
  );
  return found.flat();
}
