import { GitError, simpleGit, type SimpleGit, type SimpleGitOptions } from 'simple-git';

/**
 * The `git` command in a folder, by default the current one. A Git that a signal ended has
 * failed: simple-git would take what it had written so far for its whole answer.
 */
export function gitIn(
  folder?: string,
  options: Partial<SimpleGitOptions> = {}
): SimpleGit {
  return simpleGit({
    ...options,
    ...(folder !== undefined && { baseDir: folder }),
    errors: (error, { exitCode }) =>
      (exitCode as number | null) === null
        ? new GitError(undefined, 'it was ended by a signal.')
        : error
  });
}
