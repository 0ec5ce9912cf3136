import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure } from './failure';

/**
 * The place of a volume's file or folder on this machine, or of one in another folder that
 * others fill. A link in it could make a command read or write any file of the person.
 *
 * @param path within the volume, with slashes; nothing needs to be there
 * @throws CommandFailure when any part of it is a link, or it leads out of the volume
 */
export function placeIn(volume: string, path: string): string {
  let place = volume;
  for (const part of path.split('/')) {
    if (part === '..') {
      throw new CommandFailure(`${path} leads out of ${volume}.`);
    }
    place = join(place, part);
    if (isLink(place)) {
      throw new CommandFailure(
        `${place} is a link, which may lead out of ${volume}. Put the file or folder ` +
          'itself there.'
      );
    }
  }
  return place;
}

/** Whether a link stands there, wherever it leads. */
export function isLink(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
