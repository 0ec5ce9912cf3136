/** Where the sessions of a volume are on this machine. */
import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { CommandFailure } from './failure';
import { placeIn } from './placeIn';

/**
 * The folder of a volume's sessions.
 *
 * @throws CommandFailure where there is none
 */
export function sessionsFolder(volume: string): string {
  const folder = placeIn(volume, 'sessions');
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CommandFailure(
      `${volume} has no folder "sessions". Give the folder of a volume that has sessions in it.`,
      2
    );
  }
  return folder;
}

/**
 * Paths of each session's traces within the volume, in the order of the sessions' names.
 *
 * @throws CommandFailure where there are no sessions, or one of the files is a link
 */
export async function tracePaths(volume: string): Promise<readonly string[]> {
  const entries = await readdir(sessionsFolder(volume), { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(({ name }) => `sessions/${name}/traces.jsonl`)
    .filter(path =>
      lstatSync(placeIn(volume, path), { throwIfNoEntry: false })?.isFile()
    )
    .sort();
}
