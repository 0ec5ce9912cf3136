import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';

const SKILLS = join(__dirname, '../..');
/** The command line in one file, which `globalSetup.mjs` has built. */
export const BUNDLE = join(SKILLS, 'dist/llmos.mjs');

/** A program of Python, whose terminal it is that the arguments run on: Node has none to give. */
export const ON_TERMINAL =
  'import os, pty, sys\nsys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

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

/** As {@link llmos}, while this process goes on, such as a server of the test. */
export async function llmosBeside(
  args: readonly string[],
  { input = '', env = {}, cwd = SKILLS }: ILlmosOptions = {}
): Promise<IRun> {
  const child = spawn('node', [BUNDLE, ...args], {
    cwd,
    env: { ...process.env, ...env }
  });
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
