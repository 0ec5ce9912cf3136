import { Notification } from '@jupyterlab/apputils';

import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import type { IAuthorContext } from './context';
import { writeSkillFiles, type ISkillFiles } from './skillFiles';

/** Writes files of a skill as they were, and says so when that fails. */
export function writeBack(
  { contents, trans }: Pick<IAuthorContext, 'contents' | 'trans'>,
  name: string,
  files: ISkillFiles
): void {
  writeSkillFiles(contents, files).catch((error: unknown) => {
    const reason = reasonOf(error);
    Notification.error(trans.__('"%1" could not be written back: %2', name, reason), {
      autoClose: STAYS.error
    });
  });
}
