import { statSync } from 'node:fs';
import { CommandFailure, WRONG_USAGE } from './failure';

/**
 * Stops where a folder that a person named is not there.
 *
 * @param use what it is for, such as `to write to`
 * @throws CommandFailure
 */
export function requireFolder(folder: string, use = ''): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    const what = use === '' ? folder : `${folder} ${use}`;
    throw new CommandFailure(`There is no folder ${what}.`, WRONG_USAGE);
  }
}
