import { formatRecord, readApplied, REJECTIONS, rejectionOf } from '@llmos-lab/skills';

import type { IDriveFiles } from '../session/store/driveFiles';

/**
 * Remembers that a person has deleted a skill which was applied automatically, as if they
 * had rejected it: its workflow is not proposed again.
 *
 * @param id of its file
 * @returns how to forget that, for who takes the deletion back; null for any other skill
 */
export async function refuseDeleted(
  files: Pick<IDriveFiles, 'append' | 'change'>,
  { id, text }: { readonly id: string; readonly text: string },
  reason: string
): Promise<(() => Promise<void>) | null> {
  const applied = readApplied(id, text);
  if (!applied) {
    return null;
  }
  const line = formatRecord(rejectionOf(applied, reason, new Date().toISOString()));
  await files.append(REJECTIONS, line);
  return async () => {
    await files.change(REJECTIONS, now => now.replace(line, ''));
  };
}
