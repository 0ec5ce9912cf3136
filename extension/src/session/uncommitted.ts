import type { TranslationBundle } from '@jupyterlab/translation';

/** Id of the session that a file of a volume belongs to; null for other files. */
function sessionOf(path: string): string | null {
  return /^sessions\/([^/]+)(?:\/|$)/.exec(path)?.[1] ?? null;
}

/** Whether all of these files belong to sessions, which have a commit of their own. */
export function areOfSessions(files: readonly { readonly path: string }[]): boolean {
  return files.length > 0 && files.every(({ path }) => sessionOf(path) !== null);
}

/**
 * What is not committed, as people count it: a session is one thing, however many files
 * its runs have written. Empty when there is nothing.
 */
export function uncommittedText(
  files: readonly { readonly path: string }[],
  trans: TranslationBundle
): string {
  const ids = files.flatMap(({ path }) => sessionOf(path) ?? []);
  const sessions = new Set(ids).size;
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
