import type { Contents } from '@jupyterlab/services';
import {
  decodeBase64,
  encodeBase64,
  endLine,
  isRecord,
  type ISessionFiles
} from '@llmos-lab/skills';

import { makeFolders } from '../../volumes/copyToUser';
import type { Exclusively } from '../../volumes/merging';

/** What this needs of a drive. */
export type FilesDrive = Pick<Contents.IDrive, 'name' | 'get' | 'save' | 'delete'>;

/** The files of a volume as they are now, with paths within the volume. */
export interface IDriveFiles extends ISessionFiles {
  /** Files and folders in a folder, sorted by path; empty where there is none. */
  entries(folder: string): Promise<readonly Contents.IModel[]>;
  /** The content of a notebook file, or null where there is none. */
  notebook(path: string): Promise<unknown>;
  /** A file's content, or null where there is none. */
  bytes(path: string): Promise<Uint8Array | null>;
  /** Writes a file and the folders that it needs. */
  write(path: string, content: string | Uint8Array): Promise<void>;
  /**
   * Adds whole lines to a file, one caller at a time over all tabs.
   *
   * @throws unknown what the drive says, "not found" when the folder is gone
   */
  append(path: string, lines: string): Promise<void>;
  /**
   * Makes a file's text another, one caller at a time over all tabs; a file that is not
   * there is empty.
   *
   * @returns the text that is there now
   * @throws unknown as `append`
   */
  change(path: string, edit: (text: string) => string): Promise<string>;
  /** Removes a file or folder; nothing when it is not there. */
  remove(path: string): Promise<void>;
}

/**
 * Reads and writes a drive; what is not there is null or empty, other faults throw.
 *
 * @param exclusively in order with whatever else changes these files as a whole
 */
export function driveFiles(
  drive: FilesDrive,
  exclusively: Exclusively = work => exclusivelyIn(drive.name, work)
): IDriveFiles {
  const entries = async (folder: string): Promise<readonly Contents.IModel[]> => {
    const model = await orNull(drive.get(folder, { type: 'directory', content: true }));
    const content: unknown = model?.content;
    return Array.isArray(content) ? (content as Contents.IModel[]) : [];
  };
  const text = async (path: string): Promise<string | null> => {
    const wanted = { type: 'file', format: 'text', content: true } as const;
    const content: unknown = (await orNull(drive.get(path, wanted)))?.content;
    return typeof content === 'string' ? content : null;
  };
  const change = (path: string, edit: (text: string) => string): Promise<string> =>
    exclusively(async () => {
      const before = (await text(path)) ?? '';
      const content = edit(before);
      if (content !== before) {
        await drive.save(path, { type: 'file', format: 'text', content });
      }
      return content;
    });
  return {
    ...{ entries, text, change },
    list: async folder => (await entries(folder)).map(({ name }) => name),
    async notebook(path) {
      const content = await text(path);
      return content === null ? null : readJson(content);
    },
    async bytes(path) {
      const wanted = { type: 'file', format: 'base64', content: true } as const;
      const content: unknown = (await orNull(drive.get(path, wanted)))?.content;
      return typeof content === 'string' ? decodeBase64(content) : null;
    },
    async write(path, content) {
      await makeFolders(drive, path);
      const format = typeof content === 'string' ? 'text' : 'base64';
      await drive.save(path, {
        ...{ type: 'file', format },
        content: typeof content === 'string' ? content : encodeBase64(content)
      });
    },
    async append(path, lines) {
      await change(path, before => endLine(before) + lines);
    },
    async remove(path) {
      await orNull(drive.delete(path).then(() => true));
    }
  };
}

/** Runs work while no other tab does the same; where locks are missing, just runs it. */
async function exclusivelyIn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks ? locks.request(`llmos:${name}`, work) : work();
}

/** The value, or null when the drive answers that there is nothing (404). */
export async function orNull<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    const response = isRecord(error) ? error['response'] : undefined;
    if (isRecord(response) && response['status'] === 404) {
      return null;
    }
    throw error;
  }
}

/** JSON, or the text itself where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A damaged file is shown and kept as the text that it is.
    return text;
  }
}
