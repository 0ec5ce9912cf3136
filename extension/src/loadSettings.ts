import { Notification } from '@jupyterlab/apputils';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import { reasonOf } from './reasonOf';
import { STAYS } from './stays';

/**
 * Settings of a plugin, or `null` where there are none to read: the plugin goes on with
 * what it has, and the person hears why.
 *
 * @param tell such as `Your profile could not be read: %1`, of the reason
 */
export async function loadSettings(
  registry: ISettingRegistry | null,
  id: string,
  tell: (reason: string) => string
): Promise<ISettingRegistry.ISettings | null> {
  try {
    return registry ? await registry.load(id) : null;
  } catch (error) {
    Notification.error(tell(reasonOf(error)), { autoClose: STAYS.error });
    return null;
  }
}
