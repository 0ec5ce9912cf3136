import type { TranslationBundle } from '@jupyterlab/translation';
import { teamOf } from '@llmos-lab/skills';

import { SYSTEM_VOLUME, USER_VOLUME } from '../../volumes/copyToUser';

/** A volume as the panel names it. */
export function volumeName(volume: string, trans: TranslationBundle): string {
  return volume === USER_VOLUME
    ? trans.__('Your volume')
    : volume === SYSTEM_VOLUME
      ? trans.__('For everybody')
      : trans.__('Team %1', teamOf(volume) ?? volume);
}
