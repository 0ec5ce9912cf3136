import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const SKILLS = join(__dirname, '../..');
const BUNDLE = join(SKILLS, 'dist/llmos.mjs');

/** What a run of the command line gave. */
export interface IRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the bundle anew, as users get it. Call it once a test file. */
export function buildCommandLine(): void {
  const { status, stderr } = spawnSync('node', [join(SKILLS, 'scripts/bundle.mjs')]);
  if (status !== 0 || !existsSync(BUNDLE)) {
    throw new Error(`The bundle could not be built: ${String(stderr)}`);
  }
}

/** Runs the bundled command line as a process of its own. */
export function llmos(args: readonly string[], options: { input?: string } = {}): IRun {
  const { status, stdout, stderr } = spawnSync('node', [BUNDLE, ...args], {
    cwd: SKILLS,
    encoding: 'utf8',
    input: options.input ?? ''
  });
  return { code: status, stdout, stderr };
}
