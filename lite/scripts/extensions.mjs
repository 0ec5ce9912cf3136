// @ts-check
/** Compiles the workspaces and packs the three labextensions. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { run, tryRun } from './run.mjs';

/** Workspaces in the order of their imports. */
const WORKSPACES = ['skills', 'kernel', 'extension'];
/** Packages that become labextensions. */
export const LABEXTENSIONS = ['kernel', 'kernel/lite', 'extension'];

const BUILDER = join(ROOT, 'node_modules/@jupyter/builder/lib/build-labextension.js');
const CORE = join(ROOT, 'node_modules/@jupyterlab/core-meta/core.package.json');

/**
 * TypeScript of the workspaces and of the command line.
 * @param {{ keepGoing?: boolean }} [options] With `keepGoing`, for work in progress, type
 *   errors are counted and what they compile to is used.
 * @returns {Promise<string>}
 */
export async function compile(options = {}) {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-b', 'extension', 'kernel', 'kernel/src/lite', 'skills/cli'];
  if (!options.keepGoing) {
    await run(process.execPath, args);
    return '';
  }
  const { output } = await tryRun(process.execPath, args);
  const errors = output.match(/error TS\d+/g)?.length ?? 0;
  return errors ? `${errors} type errors passed over` : '';
}

/**
 * Runs the scripts of the workspaces whose names begin with `build:`, in the order they
 * stand there: what a package packs besides its TypeScript (workers, libraries, the
 * command line). Files that they leave in `lib/site/` go to `llmos/` in the site.
 * @returns {Promise<string>}
 */
export async function runHooks() {
  const done = [];
  for (const workspace of WORKSPACES) {
    const { name, scripts = {} } = readPackage(workspace);
    for (const script of Object.keys(scripts)) {
      if (script.startsWith('build:')) {
        await run('npm', ['run', '--silent', script, '-w', name]);
        done.push(`${workspace} ${script}`);
      }
    }
  }
  return done.join(', ');
}

/**
 * @param {string} folder
 * @returns {{ name: string, scripts?: Record<string, string> }}
 */
function readPackage(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

/**
 * Packs one labextension with the builder of JupyterLab.
 * @param {string} folder
 */
export async function packLabextension(folder) {
  const path = join(ROOT, folder);
  // The builder installs packages of its own where it finds no such folder.
  mkdirSync(join(path, 'node_modules'), { recursive: true });
  rmSync(join(path, 'labextension'), { recursive: true, force: true });
  await run(process.execPath, [BUILDER, '--core-package-file', CORE, path], {
    // Its licence report reads package.json files up from the current folder.
    cwd: path,
    env: { NODE_ENV: 'production' }
  });
}
