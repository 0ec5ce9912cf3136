import type { Contents } from '@jupyterlab/services';
import { isRecord } from '@llmos-lab/skills';
import {
  strFromU8,
  strToU8,
  unzipSync,
  zipSync,
  type Unzipped,
  type Zippable
} from 'fflate';

import type { IVolumes } from '../tokens';
import { makeFolders } from '../volumes/copyToUser';

/** What a backup is made of, and put back to. */
export interface IBackupParts {
  readonly volumes: IVolumes;
  readonly contents: Contents.IManager;
}

/** What a backup says of itself, in `llmos-backup.json`. */
interface IBackupList {
  readonly v: 1;
  readonly made: string;
  readonly volumes: readonly string[];
}

const LIST = 'llmos-backup.json';
const FILES = 'files/';

/** All volumes with their history and uncommitted files, and the site's other files. */
export async function makeBackup(
  { volumes, contents }: IBackupParts,
  now: Date
): Promise<Uint8Array<ArrayBuffer>> {
  const files: Zippable = {};
  const names: string[] = [];
  for (const { name, repository } of volumes.volumes) {
    if (repository) {
      names.push(name);
      Object.assign(files, await repository.backup(`volumes/${name}`));
    }
  }
  await addFiles(contents, '', files);
  const list: IBackupList = { v: 1, made: now.toISOString(), volumes: names };
  files[LIST] = strToU8(JSON.stringify(list, null, 2));
  return zipSync(files, { level: 0 });
}

async function addFiles(
  contents: Contents.IManager,
  folder: string,
  files: Zippable
): Promise<void> {
  const { content } = (await contents.get(folder, { content: true })) as {
    content: readonly Contents.IModel[];
  };
  for (const { path, type } of content) {
    if (type === 'directory') {
      await addFiles(contents, path, files);
    } else {
      const { format, content: value } = (await contents.get(path, {
        content: true
      })) as { format: Contents.FileFormat; content: unknown };
      const text = JSON.stringify({ type, format, content: value });
      files[`${FILES}${path}.json`] = [strToU8(text), { level: 6 }];
    }
  }
}

/** What was put back. */
export interface IRestored {
  readonly volumes: readonly string[];
  /** Volumes of the backup that are not mounted here: their teams are not in the profile. */
  readonly skipped: readonly string[];
  readonly files: number;
}

/**
 * Puts everything of a backup back. What is damaged is found before anything of its
 * volume is changed.
 *
 * @throws Error when the file is no backup, or is damaged
 */
export async function restoreBackup(
  { volumes, contents }: IBackupParts,
  zip: Uint8Array
): Promise<IRestored> {
  const files = unzipSync(zip);
  const list = readList(files);
  const restored: string[] = [];
  const skipped: string[] = [];
  for (const name of list.volumes) {
    const repository = volumes.get(name)?.repository;
    if (repository) {
      await repository.restore(files, `volumes/${name}`);
      restored.push(name);
    } else {
      skipped.push(name);
    }
  }
  const others = Object.entries(files).filter(([path]) => path.startsWith(FILES));
  for (const [path, bytes] of others) {
    const target = path.slice(FILES.length, -'.json'.length);
    const model = JSON.parse(strFromU8(bytes)) as Partial<Contents.IModel>;
    await makeFolders(contents, target);
    await contents.save(target, model);
  }
  return { volumes: restored, skipped, files: others.length };
}

function readList(files: Unzipped): IBackupList {
  const bytes = files[LIST];
  const list: unknown = bytes && JSON.parse(strFromU8(bytes));
  if (!isRecord(list) || list.v !== 1 || !Array.isArray(list.volumes)) {
    throw new Error('This file is no backup of LLMos Lab. Choose a llmos-backup zip.');
  }
  const names = (list.volumes as unknown[]).map(String);
  return { v: 1, made: String(list.made), volumes: names };
}
