import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { isRecord } from '@llmos-lab/skills';

import { partOf, type IWatch } from '../archive/longWork';
import { openZip, type IArchiveIn } from '../archive/zipReader';
import { ZipWriter } from '../archive/zipWriter';
import type { IVolumes } from '../tokens';
import type { VolumeRepository } from '../volumes/repository';
import {
  formatSettings,
  parseSettings,
  readSettings,
  writeSettings,
  type ISettingsPlace,
  type KeptSettings
} from './keptSettings';
import {
  FILES,
  fileStep,
  targetOf,
  volumeStep,
  writeAll,
  type IStep
} from './restoreSteps';
import { isTeam, type IStoredVolumes, type StoredVolume } from './storedVolumes';

/** What a backup is made of, and put back to. */
export interface IBackupParts {
  readonly volumes: IVolumes;
  readonly contents: Contents.IManager;
  /** For volumes of teams that are not in the profile: they are kept and put back too. */
  readonly stored: IStoredVolumes;
  /** Null where the site keeps none. */
  readonly settings: ISettingsPlace | null;
  readonly trans: TranslationBundle;
}

/** What a backup says of itself, in `llmos-backup.json`. */
interface IBackupList {
  readonly v: 1;
  readonly made: string;
  readonly volumes: readonly string[];
}

const LIST = 'llmos-backup.json';
const SETTINGS = 'settings.json';

const encode = (value: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(value));

/**
 * All volumes with their history and uncommitted files, the site's other files, and what
 * the person has set, without keys and where they are sent.
 */
export async function makeBackup(
  { volumes, contents, stored, settings, trans }: IBackupParts,
  now: Date,
  watch: IWatch
): Promise<Blob> {
  const zip = new ZipWriter(trans);
  const mounted = volumes.volumes.flatMap(({ name, repository }) =>
    repository ? [name] : []
  );
  const found = (await stored.names()) ?? [];
  const others = found.filter(name => !mounted.includes(name));
  const names = [...mounted, ...others];
  const parts = names.length + 1;
  for (const [index, name] of names.entries()) {
    const part = partOf(watch, index / parts, (index + 1) / parts);
    await withRepository({ volumes, stored }, name, repository =>
      repository.backup(`volumes/${name}`, zip, part)
    );
  }
  await addFiles(contents, '', zip, watch.signal);
  if (settings) {
    const text = formatSettings(await readSettings(settings));
    zip.add(SETTINGS, new TextEncoder().encode(text));
  }
  const list: IBackupList = { v: 1, made: now.toISOString(), volumes: names };
  zip.add(LIST, encode(list));
  return zip.end();
}

/** Works with a volume, mounted or not; one that is not is closed again. */
async function withRepository<T>(
  { volumes, stored }: Pick<IBackupParts, 'volumes' | 'stored'>,
  name: string,
  work: (repository: VolumeRepository) => Promise<T>
): Promise<T> {
  const mounted = volumes.get(name)?.repository;
  if (mounted) {
    return work(mounted);
  }
  const opened = stored.open(name);
  try {
    return await work(opened.repository);
  } finally {
    opened.dispose();
  }
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
  /** Those of them that are not mounted here: their teams are not in the profile. */
  readonly unseen: readonly string[];
  /** Paths of the other files. */
  readonly files: readonly string[];
  /** Settings that could not be put back, and why, a line each. */
  readonly unset: readonly string[];
}

/**
 * Puts everything of a backup back. All of it is read and checked before anything is
 * changed; until then it can be stopped. What fails after that, as on a full disk, is
 * taken back as a whole; settings come last, and one that is refused stays as it was.
 *
 * @throws Error when the file is no backup, is damaged, or cannot be written
 */
export async function restoreBackup(
  parts: IBackupParts,
  zip: Blob,
  watch: IWatch
): Promise<IRestored> {
  const files = await openZip(zip, parts.trans);
  const names = await readNames(files, parts.trans);
  const mounted = new Set(
    parts.volumes.volumes.flatMap(each => (each.repository ? [each.name] : []))
  );
  const kept = names.filter(name => mounted.has(name) || isTeam(name));
  const settings = await readKept(files, parts.trans);
  const others = kept.filter(name => !mounted.has(name));
  const opened = new Map(others.map(name => [name, parts.stored.open(name)]));
  try {
    const paths = await restoreParts(parts, files, { kept, opened, watch });
    const unset = await writeSettings(parts, settings);
    // The profile may have mounted them by now.
    const unseen = others.filter(name => !parts.volumes.get(name));
    return { volumes: kept, unseen, files: paths, unset };
  } finally {
    opened.forEach(each => each.dispose());
  }
}

/** Backups of earlier versions have no settings. */
async function readKept(
  files: IArchiveIn,
  trans: TranslationBundle
): Promise<KeptSettings> {
  return files.paths.includes(SETTINGS)
    ? parseSettings(new TextDecoder().decode(await files.read(SETTINGS)), trans)
    : {};
}

/** @returns the paths of the files beside the volumes */
async function restoreParts(
  { volumes, contents, trans }: IBackupParts,
  files: IArchiveIn,
  wanted: {
    readonly kept: readonly string[];
    readonly opened: ReadonlyMap<string, StoredVolume>;
    readonly watch: IWatch;
  }
): Promise<readonly string[]> {
  const { kept, opened, watch } = wanted;
  const steps: IStep[] = [];
  for (const [index, name] of kept.entries()) {
    const part = partOf(watch, index / kept.length, (index + 1) / kept.length);
    const repository = (opened.get(name) ?? volumes.get(name))?.repository;
    if (repository) {
      steps.push(await volumeStep({ repository, name, trans }, files, part));
    }
  }
  const others = files.paths.filter(path => path.startsWith(FILES));
  for (const path of others) {
    steps.push(await fileStep(contents, files, path));
  }
  watch.signal.throwIfAborted();
  await writeAll(steps, trans);
  return others.map(targetOf);
}

async function readNames(
  files: IArchiveIn,
  trans: TranslationBundle
): Promise<readonly string[]> {
  const text = files.paths.includes(LIST) ? await files.read(LIST) : undefined;
  const list: unknown = text && JSON.parse(new TextDecoder().decode(text));
  if (!isRecord(list) || list.v !== 1 || !Array.isArray(list.volumes)) {
    throw new Error(
      trans.__('This file is no backup of LLMos Lab. Choose a llmos-backup zip.')
    );
  }
  return (list.volumes as unknown[]).map(String);
}
