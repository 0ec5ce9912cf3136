import { withoutLogin } from '@llmos-lab/skills';
import { GitError } from 'simple-git';
import { startProgress } from '../progress';
import { gitIn } from './gitIn';

/** What is copied. */
export interface ICloneFromOptions {
  /** A new or empty folder. */
  readonly folder: string;
  /** Only so many commits; by default all. */
  readonly depth?: number;
}

/**
 * Copies a repository from a Git server, with progress on a terminal. A name and password in
 * its address are used for that alone, and not kept.
 *
 * @throws GitError with what git said
 */
export async function cloneFrom(
  address: string,
  { folder, depth }: ICloneFromOptions
): Promise<void> {
  const isShown = process.stderr.isTTY;
  const line = startProgress();
  const git = gitIn(undefined, {
    ...(isShown && {
      progress: ({ stage, progress }) => line.show(`Cloning: ${stage} ${progress} %`)
    })
  });
  try {
    await git.raw(
      'clone',
      // Settings of Git may give the server another name.
      ...['--origin', 'origin'],
      ...(isShown ? [] : ['--quiet']),
      ...(depth === undefined ? [] : ['--depth', String(depth)]),
      ...['--', address, folder]
    );
    const place = withoutLogin(address);
    if (place !== address) {
      // Git has written the password to the settings of the clone.
      await gitIn(folder).raw('remote', 'set-url', 'origin', place);
    }
  } catch (error) {
    throw error instanceof GitError
      ? new GitError(undefined, withoutProgress(error.message))
      : error;
  } finally {
    line.end();
  }
}

/** Git writes its progress where it writes its complaints. */
function withoutProgress(said: string): string {
  return said
    .split(/[\r\n]+/)
    .filter(line => line !== '' && !/^Cloning into |:\s+\d+% \(|, done\.$/.test(line))
    .join('\n');
}
