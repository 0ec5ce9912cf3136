import { Notification } from '@jupyterlab/apputils';

import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import type { IAuthorContext } from './context';
import { writeSkillFiles, type ISkillFiles } from './skillFiles';

/**
 * Writes files of a skill as they were, and says so when that fails.
 *
 * @param after what is done once they are there
 */
export function writeBack(
  { contents, trans }: Pick<IAuthorContext, 'contents' | 'trans'>,
  name: string,
  files: ISkillFiles,
  after = (): Promise<void> => Promise.resolve()
): void {
  const written = writeSkillFiles(contents, files).then(after);
  written.catch((error: unknown) => {
    const reason = reasonOf(error);
    Notification.error(trans.__('"%1" could not be written back: %2', name, reason), {
      autoClose: STAYS.error
    });
  });
}
