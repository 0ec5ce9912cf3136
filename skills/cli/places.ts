/** Where volumes and the built site are, when nobody says it. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailure, WRONG_USAGE } from './failure';
import { warn } from './output';

/** Folder of the bundle, `skills/dist`. */
const HERE = dirname(fileURLToPath(import.meta.url));

/** The library that comes with the command line. */
export const SYSTEM_LIBRARY = join(HERE, '../library/system');
/** Whether a folder is that library, by whatever path. */
export function isShipped(folder: string): boolean {
  return placeOf(folder) === placeOf(SYSTEM_LIBRARY);
}

/** The site that `npm run build` makes beside it. */
export const SITE = join(HERE, '../../lite/dist');

/**
 * The volumes in which skills are looked for, nearest first: those of
 * `LLMOS_VOLUMES_PATH`, each a volume or a folder of volumes, else the system library.
 */
export function defaultVolumes(): readonly string[] {
  const folders = pathFolders();
  return folders.length > 0 ? folders : [SYSTEM_LIBRARY];
}

/** A volume, those of `LLMOS_VOLUMES_PATH` and the system library, each once. */
export function volumesFrom(volume?: string): readonly string[] {
  const all = [...(volume === undefined ? [] : [volume]), ...pathFolders()];
  const seen = new Set<string>();
  return [...all, SYSTEM_LIBRARY].filter(folder => {
    const place = placeOf(folder);
    return !seen.has(place) && seen.add(place);
  });
}

/** A folder behind all links; as it is given where there is none. */
export function placeOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/**
 * The one volume that a command works on.
 *
 * @throws CommandFailure where none was named
 */
export function volumeOr(given: string | undefined): string {
  const volume = given ?? pathFolders()[0];
  if (volume === undefined) {
    throw new CommandFailure(
      'Which volume? Give its folder with --volume DIR, or set LLMOS_VOLUMES_PATH.',
      WRONG_USAGE
    );
  }
  return volume;
}

function pathFolders(): readonly string[] {
  return (process.env['LLMOS_VOLUMES_PATH'] ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(expand);
}

/** A volume itself, else the volumes in it, the user's first and the system's last. */
function expand(root: string): readonly string[] {
  if (existsSync(join(root, 'skills')) || !existsSync(root)) {
    return [root];
  }
  const folders = readdirSync(root)
    .sort()
    .map(name => join(root, name));
  const inner = folders.filter(folder => existsSync(join(folder, 'skills')));
  folders.filter(folder => basename(folder) !== '.git').forEach(tellBare);
  const near = [...inner].sort((a, b) => distance(a) - distance(b));
  return near.length > 0 ? near : [root];
}

/** Says once that a bare repository in a folder of volumes is no volume of it. */
function tellBare(folder: string): void {
  const isBare = ['HEAD', 'objects'].every(name => existsSync(join(folder, name)));
  if (isBare && !told.has(folder)) {
    told.add(folder);
    warn(
      `${folder} of LLMOS_VOLUMES_PATH has no files beside its history, so it is left ` +
        'out. Put a clone of it there.'
    );
  }
}

const told = new Set<string>();

function distance(folder: string): number {
  const words = basename(folder).split('-');
  return words.includes('user') ? 0 : words.includes('system') ? 2 : 1;
}
