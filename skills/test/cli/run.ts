import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const SKILLS = join(__dirname, '../..');
/** The command line in one file, which `globalSetup.mjs` has built. */
export const BUNDLE = join(SKILLS, 'dist/llmos.mjs');

/** What a run of the command line gave. */
export interface IRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from a plain one. */
export interface ILlmosOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the bundled command line as a process of its own. */
export function llmos(
  args: readonly string[],
  { input = '', env = {}, cwd = SKILLS }: ILlmosOptions = {}
): IRun {
  const { status, stdout, stderr } = spawnSync('node', [BUNDLE, ...args], {
    ...{ cwd, input, encoding: 'utf8' },
    env: { ...process.env, ...env }
  });
  return { code: status, stdout, stderr };
}
