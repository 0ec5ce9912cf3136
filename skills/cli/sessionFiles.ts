/** Where the sessions of a volume are on this machine. */
import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isRepository, volumeAdvice } from './clone';
import { CommandFailure, WRONG_USAGE } from './failure';
import { placeIn } from './placeIn';
import { requireVolumeFolder } from './requireFolder';

/**
 * The folder of a volume's sessions; null for a repository that has none yet.
 *
 * @throws CommandFailure for another folder without one
 */
export async function sessionsFolder(volume: string): Promise<string | null> {
  requireVolumeFolder(volume);
  const folder = placeIn(volume, 'sessions');
  const info = lstatSync(folder, { throwIfNoEntry: false });
  if (info?.isDirectory()) {
    return folder;
  }
  const isVolume = await isRepository(volume);
  if (info === undefined && isVolume) {
    return null;
  }
  throw new CommandFailure(
    isVolume
      ? `${volume} has no folder "sessions": a file stands there. Take it away first.`
      : `${volume} is not a Git repository, and has no folder "sessions". ${volumeAdvice(volume)}`,
    WRONG_USAGE
  );
}

/**
 * Paths of each session's traces within the volume, in the order of the sessions' names.
 *
 * @throws CommandFailure where the folder is no volume, or one of the files is a link
 */
export async function tracePaths(volume: string): Promise<readonly string[]> {
  const folder = await sessionsFolder(volume);
  const entries = folder === null ? [] : await readdir(folder, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => `sessions/${name}/traces.jsonl`)
    .filter(path =>
      lstatSync(placeIn(volume, path), { throwIfNoEntry: false })?.isFile()
    )
    .sort();
}
