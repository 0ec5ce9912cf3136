import { spawn } from 'node:child_process';
import { GitError } from 'simple-git';

/** How a Git ended. */
interface IEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly given: string;
  readonly said: string;
}

/**
 * Runs `git` in a process group of its own, which Ctrl-C at a terminal does not reach: for
 * the steps that must not stop half way (see `uninterrupted`).
 *
 * @throws GitError with what git said
 */
export async function detachedGit(
  folder: string,
  args: readonly string[],
  input = ''
): Promise<string> {
  const first = await runGit(folder, args, input);
  // Until the new process has its own group Ctrl-C reaches it: it has done nothing by then.
  const { code, signal, given, said } =
    first.signal === 'SIGINT' ? await runGit(folder, args, input) : first;
  if (code !== 0) {
    throw new GitError(
      undefined,
      signal === null ? said.trim() : `git ${args[0] ?? ''} was ended by ${signal}.`
    );
  }
  return given;
}

function runGit(folder: string, args: readonly string[], input: string): Promise<IEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: folder,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe']
    });
    let said = '';
    let given = '';
    child.stdout.on('data', (chunk: Buffer) => (given += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('error', reject);
    child.stdin.on('error', () => {
      // Git ended without reading it all; its exit code tells.
    });
    child.on('close', (code, signal) => resolve({ code, signal, given, said }));
    child.stdin.end(input);
  });
}
