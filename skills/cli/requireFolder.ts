import { existsSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { CommandFailure, WRONG_USAGE } from './failure';

/**
 * Stops where a folder that a person named is not there.
 *
 * @param use what it is for, such as `to write to`
 * @throws CommandFailure
 */
export function requireFolder(folder: string, use = ''): void {
  if (!isFolder(folder)) {
    const what = use === '' ? folder : `${folder} ${use}`;
    throw new CommandFailure(`There is no folder ${what}.`, WRONG_USAGE);
  }
}

/** How a volume is made of a folder, for a shell to run as it stands. */
export function initAdvice(folder: string): string {
  const isPlain = /^[\w@%+=:,./-]+$/.test(folder);
  const word = isPlain ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return `Make one with: llmos volume init ${word}`;
}

/**
 * Stops where the folder of a volume is not there, and tells how one is made.
 *
 * @throws CommandFailure
 */
export function requireVolumeFolder(folder: string): void {
  if (!existsSync(folder)) {
    throw new CommandFailure(
      `There is no folder ${folder}. ${initAdvice(folder)}`,
      WRONG_USAGE
    );
  }
  requireFolder(folder);
}

/**
 * Stops where no file can be written.
 *
 * @throws CommandFailure
 */
export function requireFilePlace(file: string): void {
  requireFolder(dirname(resolve(file)), 'to write to');
  refuseFolder(file);
}

/**
 * Stops where a folder is named for a file.
 *
 * @throws CommandFailure
 */
export function refuseFolder(file: string): void {
  if (isFolder(file)) {
    throw new CommandFailure(`${file} is a folder. Name a file in it.`, WRONG_USAGE);
  }
  if (file.endsWith('/') || file.endsWith(sep)) {
    throw new CommandFailure(
      `${file} names a folder, and none is there. Name a file.`,
      WRONG_USAGE
    );
  }
}

/** Unlike `statSync` alone, `existsSync` takes a path through a file as one that is not there. */
function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
