// @ts-check
/** Bundles a TypeScript program of a workspace and runs it in Node. */
import { spawn } from 'node:child_process';
import { basename, join } from 'node:path';
import { bundleCommandLine as bundle } from '../../skills/scripts/bundle.mjs';
import { CACHE, ROOT } from './paths.mjs';

/** Programs that carry files or workers of their own: left to Node. */
const EXTERNAL = [
  '@playwright/*',
  'playwright*',
  '@jupyterlab/galata',
  'pyodide',
  'eecircuit-engine',
  'esbuild',
  'typescript'
];

/**
 * Bundles one program with what it imports from the workspaces and from npm.
 * @param {string} path
 * @param {string} outfile
 * @param {{ sourcemap?: 'inline' }} [options]
 */
async function bundleProgram(path, outfile, options = {}) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: EXTERNAL,
    alias: {
      '@llmos-lab/skills': join(ROOT, 'skills/src/index.ts'),
      '@llmos-lab/kernel': join(ROOT, 'kernel/src/host/index.ts')
    },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
    },
    ...options
  });
}

/**
 * Bundles a program into the cache and runs it.
 * @param {string} path
 * @param {readonly string[]} args
 * @returns {Promise<number>} Its exit code.
 */
export async function runProgram(path, args) {
  const outfile = join(CACHE, 'bench', `${basename(path, '.ts')}.mjs`);
  await bundleProgram(path, outfile, { sourcemap: 'inline' });
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--expose-gc', outfile, ...args],
      { cwd: ROOT, stdio: 'inherit' }
    );
    child.on('error', fail);
    child.on('close', code => done(code ?? 1));
  });
}

/** The `llmos` command: one file that runs wherever the repository stands. */
export async function bundleCommandLine() {
  await bundle();
}
