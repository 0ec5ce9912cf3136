import type { TranslationBundle } from '@jupyterlab/translation';
import { teamOf } from '@llmos-lab/skills';
import { DatabaseFileStore } from '../volumes/databaseStore';
import { storedVolumes, storeName } from '../volumes/storeName';

/** A volume that is in the browser, whether it is mounted or not. */
export type StoredVolume = Pick<DatabaseFileStore, 'repository' | 'dispose'>;

/** Volumes as databases: those of teams that were left too. */
export interface IStoredVolumes {
  /** Names of their drives; null where the browser does not list its databases. */
  names(): Promise<readonly string[] | null>;
  /** Opens one; made where it is not there. */
  open(name: string): StoredVolume;
}

/** Those of the site at this address. */
export function volumesInBrowser(
  baseUrl: string,
  trans: TranslationBundle
): IStoredVolumes {
  return {
    names: async () => {
      // Firefox lists them since version 126 only.
      const { databases } = indexedDB as Partial<Pick<IDBFactory, 'databases'>>;
      if (!databases) {
        return null;
      }
      const found = await databases.call(indexedDB);
      const names = found.flatMap(({ name }) => name ?? []);
      return storedVolumes(names, baseUrl).filter(name => isTeam(name));
    },
    open: name => new DatabaseFileStore(storeName(name, baseUrl), { trans })
  };
}

/** Whether a backup may bring a volume of this name that is not mounted. */
export function isTeam(name: string): boolean {
  return teamOf(name) !== null && /^[\w.-]{6,100}$/.test(name);
}
