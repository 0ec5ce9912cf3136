import type { Contents } from '@jupyterlab/services';
import { isRecord } from '@llmos-lab/skills';

import { partOf, type IWatch } from '../archive/longWork';
import { openZip, type IArchiveIn } from '../archive/zipReader';
import { ZipWriter } from '../archive/zipWriter';
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

const encode = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));

/** All volumes with their history and uncommitted files, and the site's other files. */
export async function makeBackup(
  { volumes, contents }: IBackupParts,
  now: Date,
  watch: IWatch
): Promise<Blob> {
  const zip = new ZipWriter();
  const kept = volumes.volumes.flatMap(({ name, repository }) =>
    repository ? [{ name, repository }] : []
  );
  const parts = kept.length + 1;
  for (const [index, { name, repository }] of kept.entries()) {
    const part = partOf(watch, index / parts, (index + 1) / parts);
    await repository.backup(`volumes/${name}`, zip, part);
  }
  await addFiles(contents, '', zip, watch.signal);
  const names = kept.map(({ name }) => name);
  const list: IBackupList = { v: 1, made: now.toISOString(), volumes: names };
  zip.add(LIST, encode(list));
  return zip.end();
}

async function addFiles(
  contents: Contents.IManager,
  folder: string,
  zip: ZipWriter,
  signal: AbortSignal
): Promise<void> {
  const { content } = (await contents.get(folder, { content: true })) as {
    content: readonly Contents.IModel[];
  };
  for (const { path, type } of content) {
    signal.throwIfAborted();
    if (type === 'directory') {
      await addFiles(contents, path, zip, signal);
    } else {
      const { format, content: value } = (await contents.get(path, {
        content: true
      })) as { format: Contents.FileFormat; content: unknown };
      const bytes = encode({ type, format, content: value });
      await zip.addCompressed(`${FILES}${path}.json`, bytes);
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
 * Puts everything of a backup back. All volumes are read and checked before the first is
 * changed; until then it can be stopped.
 *
 * @throws Error when the file is no backup, or is damaged
 */
export async function restoreBackup(
  { volumes, contents }: IBackupParts,
  zip: Blob,
  watch: IWatch
): Promise<IRestored> {
  const files = await openZip(zip);
  const names = await readNames(files);
  const restored: string[] = [];
  const skipped: string[] = [];
  const writes: (() => Promise<void>)[] = [];
  for (const [index, name] of names.entries()) {
    const repository = volumes.get(name)?.repository;
    if (repository) {
      const part = partOf(watch, index / names.length, (index + 1) / names.length);
      writes.push(await repository.readBackup(files, `volumes/${name}`, part));
      restored.push(name);
    } else {
      skipped.push(name);
    }
  }
  watch.signal.throwIfAborted();
  for (const write of writes) {
    await write();
  }
  const others = files.paths.filter(path => path.startsWith(FILES));
  for (const path of others) {
    const target = path.slice(FILES.length, -'.json'.length);
    const text = new TextDecoder().decode(await files.read(path));
    const model = JSON.parse(text) as Partial<Contents.IModel>;
    await makeFolders(contents, target);
    await contents.save(target, model);
  }
  return { volumes: restored, skipped, files: others.length };
}

async function readNames(files: IArchiveIn): Promise<readonly string[]> {
  const text = files.paths.includes(LIST) ? await files.read(LIST) : undefined;
  const list: unknown = text && JSON.parse(new TextDecoder().decode(text));
  if (!isRecord(list) || list.v !== 1 || !Array.isArray(list.volumes)) {
    throw new Error('This file is no backup of LLMos Lab. Choose a llmos-backup zip.');
  }
  return (list.volumes as unknown[]).map(String);
}
