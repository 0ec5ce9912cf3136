import { Notification } from '@jupyterlab/apputils';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IRuntimeHost } from '@llmos-lab/kernel';

import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';

/** Bytes of a megabyte, as storage counts them. */
const MEGABYTE = 1_000_000;

/** Workers when the setting leaves the number to the machine. */
const MOST_WORKERS = 3;

/** What the settings say, kept current. */
export interface IRunSettings {
  stopsAtFailure: boolean;
}

/** Applies the settings of runs to the pool, the cache and the runs, now and later. */
export function followRunSettings(
  registry: ISettingRegistry | null,
  plugin: string,
  host: IRuntimeHost | null,
  trans: TranslationBundle
): IRunSettings {
  const current: IRunSettings = { stopsAtFailure: false };
  const apply = (settings: ISettingRegistry.ISettings): void => {
    const { workers, cacheSize, onFailure } = settings.composite;
    current.stopsAtFailure = onFailure === 'stop';
    const { pool, cache } = (host ?? {}) as Partial<IRuntimeHost>;
    if (pool && typeof workers === 'number') {
      const automatic = Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1);
      pool.size = workers === 0 ? automatic : workers;
    }
    if (cache && typeof cacheSize === 'number') {
      cache.limit = cacheSize * MEGABYTE;
    }
  };
  registry?.load(plugin).then(
    settings => {
      settings.changed.connect(apply);
      apply(settings);
    },
    (error: unknown) => {
      const reason = reasonOf(error);
      Notification.warning(
        trans.__('The settings of graph runs could not be read: %1', reason),
        { autoClose: STAYS.warning }
      );
    }
  );
  return current;
}
