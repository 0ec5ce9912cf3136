import type { SimpleGit } from 'simple-git';
import { inParts } from './plumbing';

/**
 * Files between two trees that somebody has edited, staged or put there since the commit that
 * is checked out, as Git itself sees them.
 */
export async function editedPaths(
  git: SimpleGit,
  from: string,
  to: string
): Promise<readonly string[]> {
  const list = async (...args: string[]): Promise<readonly string[]> =>
    (await git.raw(...args)).split('\0').filter(path => path !== '');
  const touched = await list(
    ...['diff-tree', '-r', '-z', '--name-only', '--no-renames', from, to]
  );
  const found: string[] = [];
  for (const paths of inParts(touched)) {
    const lines = await list(
      ...['--literal-pathspecs', 'status', '--porcelain=v1', '-z', '--no-renames'],
      ...['--untracked-files=all', '--ignored', '--', ...paths]
    );
    // Two letters of what was done and a space stand before each.
    found.push(...lines.map(line => line.slice(3)));
  }
  return [...new Set(found)].sort();
}
