import { basename, join, resolve } from 'node:path';
import { isBareRepository } from './clone';
import { CommandFailure } from './failure';
import { gitIn } from './git/gitIn';
import { withScratchFolder } from './scratchFolder';

/** Puts the places that a person gave where a text names those that are read instead. */
export type Named = (text: string) => string;

/**
 * Gives work the files of volumes: of a bare repository, which has none beside its history,
 * those of its newest commit, checked out elsewhere while the work goes on.
 *
 * @param work is given a folder for each volume, and how paths in them are told
 */
export async function withFolders<T>(
  volumes: readonly string[],
  work: (folders: readonly string[], named: Named) => Promise<T>
): Promise<T> {
  const bare = new Set<string>();
  for (const volume of volumes) {
    if (await isBareRepository(volume)) {
      bare.add(volume);
    }
  }
  if (bare.size === 0) {
    return work(volumes, text => text);
  }
  return withScratchFolder('llmos-read-', async scratch => {
    const folders = new Map<string, string>();
    for (const volume of bare) {
      // Told by its name where the whole volume is one skill.
      const name = basename(resolve(volume)).replace(/(?<=.)\.git$/, '');
      const folder = join(scratch, String(folders.size), name);
      const from = ['--', resolve(volume), folder];
      await gitIn().raw('clone', '--quiet', '--shared', ...from);
      folders.set(volume, folder);
    }
    const named: Named = text =>
      [...folders].reduce(
        (told, [volume, folder]) => told.replaceAll(folder, volume),
        text
      );
    try {
      return await work(
        volumes.map(volume => folders.get(volume) ?? volume),
        named
      );
    } catch (error) {
      throw error instanceof CommandFailure
        ? new CommandFailure(named(error.message), error.exitCode)
        : error;
    }
  });
}
