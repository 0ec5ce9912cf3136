import { VolumeError, type IFileChange } from '@llmos-lab/skills';

import type { ISessionContext } from './context';
import { requireSaved } from './openDocuments';
import { showAnew } from './showAnew';
import type { VolumeSessions } from './store/volumeSessions';

/**
 * Puts files as they were before into a volume, in one commit: the way of undoing in the
 * history, which only grows. Documents that are open show it, but for those typed into meanwhile.
 *
 * @returns the commit's SHA-1, or `null` when nothing differs
 * @throws Error when one of the files has edits that are not saved or not committed;
 *   nothing is written
 */
export async function applyChanges(
  { trans, author, documents }: Pick<ISessionContext, 'trans' | 'author' | 'documents'>,
  { volume }: Pick<VolumeSessions, 'volume'>,
  changes: readonly IFileChange[],
  message: string
): Promise<string | null> {
  const name = (path: string): string => `${volume.name}:${path}`;
  requireSaved(
    { documents, trans },
    changes.map(({ path }) => name(path))
  );
  try {
    const oid = await volume.repository.apply({ changes, message, author: author() });
    for (const { path, content } of changes) {
      await (content && showAnew({ documents, trans }, name(path)));
    }
    return oid;
  } catch (error) {
    if (error instanceof VolumeError && error.code === 'dirty') {
      throw new Error(
        trans.__(
          'Not committed: %1. Commit it, or take the edits back with "Restore file…" in the history, and try again.',
          error.paths.join(', ')
        )
      );
    }
    throw error;
  }
}
