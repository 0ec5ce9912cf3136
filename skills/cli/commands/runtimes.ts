import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { CALLS_ARGUMENT } from '../executor/callsArgument';
import { isolate } from '../executor/isolation';
import { onInterrupt } from '../interrupt';
import { SITE } from '../places';

/**
 * `llmos runtimes`: for `python -m llmos run`, which gives calls of JavaScript, Three.js
 * and ngspice skills line by line. The process that answers them is shut in like the one
 * that replays, and has standard input and output of this one.
 */
export function addRuntimesCommand(program: Command): void {
  program
    .command('runtimes', { hidden: true })
    .description(
      'Answer calls of JavaScript, Three.js and ngspice skills, a line each.'
    )
    .option('--runtime <dir>', 'folder of a built site, whose ngspice is used', SITE)
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos runtimes --runtime lite/dist < calls.txt'
    )
    .action(runtimes);
}

async function runtimes(options: { readonly runtime: string }): Promise<void> {
  const script = realpathSync(fileURLToPath(import.meta.url));
  const site = existsSync(options.runtime)
    ? join(realpathSync(options.runtime), '/')
    : options.runtime;
  const { command, args } = await isolate(script, [script, site]);
  const child = spawn(command, [...args, CALLS_ARGUMENT, site], {
    // Nothing of this process's environment: tokens often stand there.
    env: {},
    stdio: 'inherit'
  });
  onInterrupt(() => child.kill('SIGKILL'));
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => resolve(code ?? 1));
  });
}
