import { relative, resolve, sep } from 'node:path';
import { changedPaths, isRepository, openClone } from '../clone';
import { CommandFailure, REFUSED } from '../failure';
import { detachedGit } from '../git/detachedGit';
import { gitIn } from '../git/gitIn';
import { inParts, parseTree } from '../git/plumbing';
import type { IRunningVolume } from '../library';
import { listBeside } from '../skillFilesBeside';

/**
 * Stops before skills of others are run. Those are of others that the history of their
 * volume has from another author, or that no history says whose they are.
 *
 * @param volumes all whose skills may run, but the system library
 * @param what makes them run
 * @param instead how to go on without running them, as a sentence
 * @throws CommandFailure that names them
 */
export async function requireTrust(
  volumes: readonly IRunningVolume[],
  what: string,
  instead = ''
): Promise<void> {
  for (const volume of volumes) {
    const why = await whyNotOwn(volume);
    if (why !== null) {
      throw new CommandFailure(
        `${volume.folder} ${why}, and ${what}. Add --trust if you trust them.` +
          (instead && ` ${instead}`),
        REFUSED
      );
    }
  }
}

/** Why the skills of a volume may be of others; null when all are the person's own. */
async function whyNotOwn({ folder, paths }: IRunningVolume): Promise<string | null> {
  if (!(await isRepository(folder))) {
    return 'has no history that says whose its skills are';
  }
  const clone = await openClone(folder);
  const head = await clone.store.head();
  if (head === null) {
    return 'has no commit yet that says whose its skills are';
  }
  const files = await readFiles(folder, paths);
  const changed = clone.isBare ? [] : await changedPaths(clone, ['skills']);
  const unsure = await looseFiles(folder, head, files);
  const loose = [...new Set([...changed, ...unsure])];
  if (loose.length > 0) {
    return `has skills that are not committed (${loose.slice(0, 3).join(', ')}), so that nobody knows whose they are`;
  }
  // The folder too: a skill that was renamed there is still of who wrote it.
  const authors = await authorsOf(folder, head, ['skills', ...files]);
  authors.delete(clone.profile.email);
  return authors.size === 0
    ? null
    : `has skills by others (${[...authors].sort().join(', ')})`;
}

/** Skills and the files beside them, as paths in their volume. */
async function readFiles(
  folder: string,
  paths: readonly string[]
): Promise<readonly string[]> {
  const beside = await Promise.all(paths.map(listBeside));
  const found = [...paths, ...beside.flat().map(({ file }) => file)].map(file =>
    relative(resolve(folder), resolve(file)).split(sep).join('/')
  );
  // Beside a SKILL.md at the root stands the repository itself.
  return [...new Set(found)].filter(path => !path.startsWith('.git/')).sort();
}

/** Those that are not regular files of the commit with these very contents. */
async function looseFiles(
  folder: string,
  head: string,
  files: readonly string[]
): Promise<readonly string[]> {
  const text = await gitIn(folder).raw('ls-tree', '-r', '-z', '--full-tree', head);
  const committed = new Map(
    parseTree(text)
      .filter(({ mode }) => mode.startsWith('100'))
      .map(({ path, oid }) => [path, oid])
  );
  const known = files.filter(path => committed.has(path) && !path.includes('\n'));
  // Not from the index, which can be told to take files for unchanged.
  const oids = await detachedGit(
    folder,
    ['hash-object', '--stdin-paths'],
    known.map(path => `${path}\n`).join('')
  );
  const names = oids.split('\n');
  const same = new Set(known.filter((path, at) => names[at] === committed.get(path)));
  return files.filter(path => !same.has(path));
}

async function authorsOf(
  folder: string,
  head: string,
  paths: readonly string[]
): Promise<Set<string>> {
  const authors = new Set<string>();
  for (const some of inParts(paths)) {
    const text = await gitIn(folder).raw(
      ...['--literal-pathspecs', 'log', '--format=%ae', head, '--', ...some]
    );
    text
      .split('\n')
      .filter(line => line !== '')
      .forEach(author => authors.add(author));
  }
  return authors;
}
