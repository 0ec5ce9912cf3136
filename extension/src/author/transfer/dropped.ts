import { Notification } from '@jupyterlab/apputils';
import { encodeBase64 } from '@llmos-lab/skills';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs } from '../../commands';
import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';
import type { IFileBytes } from '../skillFiles';

/** Files as the import command takes them: bytes as base64, paths with `/`. */
export function importArgs(files: readonly IFileBytes[]): ReadonlyPartialJSONObject {
  return {
    files: files.map(({ path, bytes }) => ({ path, base64: encodeBase64(bytes) }))
  };
}

/** Imports what was dropped, by the command; tells when it cannot be read. */
export async function importDropped(
  commands: CommandRegistry,
  dropped: DataTransfer
): Promise<void> {
  try {
    const files = await readDropped(dropped);
    await commands.execute(CommandIDs.importSkills, importArgs(files));
  } catch (error) {
    Notification.error(reasonOf(error), { autoClose: STAYS.error });
  }
}

/**
 * The files and folders of a drop. The browser empties the drop when its event ends, so
 * what was dropped is taken at once and read after.
 */
export function readDropped(dropped: DataTransfer): Promise<readonly IFileBytes[]> {
  const entries = [...dropped.items].flatMap(item => item.webkitGetAsEntry() ?? []);
  const loose = entries.length === 0 ? [...dropped.files] : [];
  return readAll([
    ...entries.map(entry => readEntry(entry)),
    ...loose.map(file => readFile(file, file.name))
  ]);
}

/** The files that a person chose; a folder's have their path in it. */
export function readChosen(files: Iterable<File>): Promise<readonly IFileBytes[]> {
  return readAll(
    [...files].map(async file => [
      ...(await readFile(file, file.webkitRelativePath || file.name))
    ])
  );
}

async function readAll(
  reads: readonly Promise<readonly IFileBytes[]>[]
): Promise<readonly IFileBytes[]> {
  return (await Promise.all(reads)).flat();
}

async function readFile(file: File, path: string): Promise<readonly IFileBytes[]> {
  return [{ path, bytes: new Uint8Array(await file.arrayBuffer()) }];
}

async function readEntry(entry: FileSystemEntry): Promise<readonly IFileBytes[]> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) {
    const file = await new Promise<File>((done, fail) => entry.file(done, fail));
    return readFile(file, path);
  }
  return isDirectory(entry) ? readDirectory(entry) : [];
}

/** A reader gives at most a hundred entries at a time, and none when it is done. */
async function readDirectory(
  directory: FileSystemDirectoryEntry
): Promise<readonly IFileBytes[]> {
  const reader = directory.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail)
    );
    if (batch.length === 0) {
      return readAll(found.map(entry => readEntry(entry)));
    }
    found.push(...batch);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
