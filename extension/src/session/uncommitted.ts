import type { TranslationBundle } from '@jupyterlab/translation';
import { readSession } from '@llmos-lab/skills';

import type { VolumeRepository } from '../volumes/repository';

/** Id of the session that a file of a volume belongs to; null for other files. */
function sessionOf(path: string): string | null {
  return /^sessions\/([^/]+)(?:\/|$)/.exec(path)?.[1] ?? null;
}

/**
 * Files that no session's own commit takes along. What lies in the folder of a session
 * that is gone, or cannot be read, is among them.
 */
export async function besideSessions<T extends { readonly path: string }>(
  repository: Pick<VolumeRepository, 'text'>,
  files: readonly T[]
): Promise<readonly T[]> {
  const sessions = new Set<string>();
  for (const id of new Set(files.flatMap(({ path }) => sessionOf(path) ?? []))) {
    const session = await readSession(repository, id);
    if (session && 'name' in session) {
      sessions.add(id);
    }
  }
  return files.filter(({ path }) => !sessions.has(sessionOf(path) ?? ''));
}

/** Whether all that is not committed is of sessions, which have a commit of their own. */
export function areOfSessions(
  files: readonly { readonly path: string }[],
  edited: readonly string[]
): boolean {
  const isAnything = files.length + edited.length > 0;
  return isAnything && files.every(({ path }) => sessionOf(path) !== null);
}

/**
 * What is not committed, as people count it: a session is one thing, however many files
 * its runs have written. Empty when there is nothing.
 *
 * @param edited ids of sessions whose notebook, which stands elsewhere, has other cells
 */
export function uncommittedText(
  files: readonly { readonly path: string }[],
  edited: readonly string[],
  trans: TranslationBundle
): string {
  const ids = files.flatMap(({ path }) => sessionOf(path) ?? []);
  const sessions = new Set([...ids, ...edited]).size;
  const others = files.length - ids.length;
  if (sessions > 0 && others > 0) {
    return trans.__(
      '%1, %2 not committed',
      trans._n('%1 session', '%1 sessions', sessions),
      trans._n('%1 file', '%1 files', others)
    );
  }
  if (sessions > 0) {
    return trans._n('%1 session not committed', '%1 sessions not committed', sessions);
  }
  return others > 0
    ? trans._n('%1 file not committed', '%1 files not committed', others)
    : '';
}
