import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { showProgress } from './archive/longWork';
import { download } from './download';
import { sizeText } from './size';
import { volumeName } from './skills/skillText';
import { STAYS } from './stays';
import type { VolumeRepository } from './volumes/repository';

/**
 * Downloads all commits of a volume as a bare Git repository in a zip, under way with how
 * far it is and a way to stop it.
 *
 * @param volume its name
 * @param file name of the zip
 */
export async function saveRepository(
  repository: Pick<VolumeRepository, 'export'>,
  volume: string,
  file: string,
  trans: TranslationBundle
): Promise<void> {
  const title = trans.__('Exporting "%1"…', volumeName(volume, trans));
  const zip = await showProgress(title, trans, watch =>
    repository.export(`${volume}.git`, watch)
  );
  if (zip) {
    download(zip, file);
    Notification.success(trans.__('Saved %1 (%2).', file, sizeText(zip.size)), {
      autoClose: STAYS.note
    });
  }
}
