import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import { partOf, type IWatch } from '../archive/longWork';
import { openZip, type IArchiveIn } from '../archive/zipReader';
import { ZipWriter } from '../archive/zipWriter';
import { reasonOf } from '../reasonOf';
import { exists, makeFolders } from '../volumes/copyToUser';
import type { VolumeRepository } from '../volumes/repository';

/** Folder in the archive of the files beside the volumes. */
export const FILES = 'files/';

/** One thing that is put back, and how it becomes again what it was. */
export interface IStep {
  /** Name of a volume, path of a file. */
  readonly what: string;
  write(): Promise<void>;
  undo(): Promise<void>;
}

/**
 * Puts one thing back after the other.
 *
 * @throws Error when one fails; those before it are taken back
 */
export async function writeAll(
  steps: readonly IStep[],
  trans: TranslationBundle
): Promise<void> {
  const done: IStep[] = [];
  for (const step of steps) {
    // The one that fails too: a file may be half written.
    done.unshift(step);
    try {
      await step.write();
    } catch (error) {
      const stayed: string[] = [];
      for (const each of done) {
        await each.undo().catch(() => stayed.push(each.what));
      }
      const reason = reasonOf(error);
      const outcome =
        stayed.length === 0
          ? trans.__('Everything is as it was.')
          : trans.__(
              'As it was is all but what could not be taken back: %1.',
              stayed.join(', ')
            );
      throw new Error(
        trans.__('"%1" could not be restored: %2 %3', step.what, reason, outcome)
      );
    }
  }
}

/** A volume is replaced in one transaction; taken back it is from a backup of it now. */
export async function volumeStep(
  {
    repository,
    name,
    trans
  }: {
    readonly repository: VolumeRepository;
    readonly name: string;
    readonly trans: TranslationBundle;
  },
  files: IArchiveIn,
  watch: IWatch
): Promise<IStep> {
  const folder = `volumes/${name}`;
  const write = await repository.readBackup(files, folder, partOf(watch, 0, 0.5));
  const now = new ZipWriter(trans);
  await repository.backup(folder, now, partOf(watch, 0.5, 1));
  const before = now.end();
  let isWritten = false;
  return {
    what: name,
    write: async () => {
      await write();
      isWritten = true;
    },
    undo: async () => {
      if (isWritten) {
        const { signal } = new AbortController();
        const quiet = { signal, progress: () => undefined };
        const zip = await openZip(before, trans);
        const back = await repository.readBackup(zip, folder, quiet);
        await back();
      }
    }
  };
}

/** A file beside the volumes. */
export async function fileStep(
  contents: Contents.IManager,
  files: IArchiveIn,
  path: string
): Promise<IStep> {
  const what = targetOf(path);
  const text = new TextDecoder().decode(await files.read(path));
  const model = JSON.parse(text) as Partial<Contents.IModel>;
  const before = (await exists(contents, what))
    ? await contents.get(what, { content: true })
    : null;
  return {
    what,
    write: async () => {
      await makeFolders(contents, what);
      await contents.save(what, model);
    },
    undo: async () => {
      if (before) {
        const { type, format } = before;
        const content = before.content as unknown;
        await contents.save(what, { type, format, content });
      } else if (await exists(contents, what)) {
        await contents.delete(what);
      }
    }
  };
}

/** Path of a file from that in the archive. */
export function targetOf(path: string): string {
  return path.slice(FILES.length, -'.json'.length);
}
