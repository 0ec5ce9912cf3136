// @ts-check
/** JupyterLab as people install it, with the built wheels in it, for tests. */
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { step } from './log.mjs';
import { CACHE, PYTHON, VENV, WHEELS } from './paths.mjs';
import { run } from './run.mjs';
import { installRequirements, makeVenv } from './setup.mjs';

const FOLDER = join(CACHE, 'ordinary-venv');

/**
 * Makes the environment and puts the wheels of `dist/` into it.
 * @returns {Promise<{ python: string, bin: string }>} Its Python, and where its programs are.
 */
export async function setUpOrdinary() {
  const python = join(FOLDER, relative(VENV, PYTHON));
  await step('Python environment for JupyterLab', () => makeVenv(FOLDER));
  await step('JupyterLab', () =>
    installRequirements('requirements-ordinary.txt', { venv: FOLDER })
  );
  await step('Wheels in JupyterLab', async () => {
    const wheels = readdirSync(WHEELS).filter(name => name.endsWith('.whl'));
    await run(python, [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      // The same version as before may have other contents.
      ...['--no-deps', '--force-reinstall', ...wheels.map(name => join(WHEELS, name))]
    ]);
    // What they depend on is all there, in versions that fit.
    await run(python, ['-m', 'pip', 'check']);
    return wheels.join(', ');
  });
  return { python, bin: dirname(python) };
}
