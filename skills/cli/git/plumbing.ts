/** Pieces of Git's plumbing that reading and writing a volume share. */
import type { ITreeEntry } from '@llmos-lab/skills';
import type { SimpleGit } from 'simple-git';

/** What stands for no commit, or no blob. */
export const NO_COMMIT = '0'.repeat(40);
/** Git's name of the tree with nothing in it. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** Mode of a commit of another repository that stands in a tree. */
export const SUBMODULE = '160000';
/**
 * The object that a name stands for, or `null` when there is none.
 *
 * @throws GitError when the repository cannot be read. Of a mere unknown name `--quiet`
 * writes nothing, which is no error to simple-git.
 */
export async function resolve(git: SimpleGit, name: string): Promise<string | null> {
  return (await git.raw('rev-parse', '--verify', '--quiet', name)).trim() || null;
}

/** A file, folder or submodule of a tree, with Git's mode of it. */
export interface ITreeItem extends ITreeEntry {
  readonly mode: string;
}

/** Lines `mode type oid TAB path`, each ended by NUL. */
export function parseTree(text: string): readonly ITreeItem[] {
  return text
    .split('\0')
    .filter(line => line !== '')
    .map(line => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', oid = ''] = line.slice(0, tab).split(' ');
      const kind = type === 'tree' ? 'folder' : 'file';
      return { path: line.slice(tab + 1), kind, oid, mode } as const;
    });
}

/** Most paths that one call of Git is given. */
const PATHS_A_CALL = 200;

/** Paths, or what stands for them, as so many as one call of Git takes. */
export function inParts(items: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(items.length / PATHS_A_CALL);
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * PATHS_A_CALL, (at + 1) * PATHS_A_CALL)
  );
}
