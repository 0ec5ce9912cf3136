import type { IAuthor, IFileChange } from '@llmos-lab/skills';

import type { VolumeSessions } from './store/volumeSessions';

/**
 * Puts files as they were before into a volume and commits them: the way of undoing in
 * the history, which only grows.
 *
 * @returns the commit's SHA-1, or `null` when nothing differs
 * @throws Error when one of the files has edits that are not committed; nothing is written
 */
export async function applyChanges(
  { files, volume }: Pick<VolumeSessions, 'files' | 'volume'>,
  changes: readonly IFileChange[],
  message: string,
  { author }: { readonly author: IAuthor }
): Promise<string | null> {
  const paths = changes.map(({ path }) => path);
  const dirty = (await volume.repository.status()).find(({ path }) =>
    paths.includes(path)
  );
  if (dirty) {
    throw new Error(
      `"${dirty.path}" has edits that are not committed. Commit or discard them first.`
    );
  }
  for (const { path, content } of changes) {
    await (content === null ? files.remove(path) : files.write(path, content));
  }
  return volume.repository.commit({ paths, message, author });
}
