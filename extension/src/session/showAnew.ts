import { Notification } from '@jupyterlab/apputils';

import { tellError } from '../addCommand';
import { STAYS } from '../stays';
import { reloadUnedited, type IDocuments } from './openDocuments';

/**
 * Shows what was written to a file where it is open; edits that were typed there meanwhile
 * stay, and are told. What hinders showing it is told too: the file is written all the same.
 */
export async function showAnew(
  { documents, trans }: IDocuments,
  path: string
): Promise<void> {
  try {
    if (!(await reloadUnedited(documents, path))) {
      Notification.warning(
        trans.__(
          '"%1" has changed, and its tab keeps what you have typed meanwhile. Saving it asks which of the two stays.',
          path
        ),
        { autoClose: STAYS.warning }
      );
    }
  } catch (error) {
    const told = trans.__(
      '"%1" has changed, but its tab still shows the old text',
      path
    );
    tellError(trans, told, error);
  }
}
