// @ts-check
/**
 * Builds the wheel `llmos-lab`: the labextensions for anybody's JupyterLab, and what their
 * pages load besides; for sites of JupyterLite the kernel too, with its Python.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addedEntry, readOfficialLock, trimLock } from './lock.mjs';
import { CACHE, LITE, ROOT, SITE } from './paths.mjs';
import { buildProject } from './wheel.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */
/** @typedef {import('./wheel.mjs').Wheel} Wheel */

/** What JupyterLab shows to those who want to take an extension away. */
const INSTALLED = {
  packageManager: 'python',
  packageName: 'llmos_lab',
  uninstallInstructions: 'Use your Python package manager (pip uninstall llmos-lab)'
};

/** Of the site's own files, those that any page loads. */
const FOR_PAGES = ['sandbox', 'licences.json', 'oauth.html'];

/** And those that its Python kernel starts with. */
const FOR_KERNEL = ['coincident', 'comlink', 'pool']
  .map(name => `${name}.worker.js`)
  .concat('python.svg');

/** Of the site's Python, what its kernel cannot start without. */
const CORE = ['pyodide.mjs', 'pyodide.asm.js', 'pyodide.asm.wasm'];
const MADE = ['python_stdlib.zip', 'python-bundle.bin'];

/**
 * @param {Runtime} runtime
 * @param {Wheel} llmos The package that it depends on.
 * @returns {Promise<string>} What was made, for the build's log.
 */
export async function buildLabWheel(runtime, llmos) {
  const project = join(CACHE, 'lab-wheel');
  rmSync(project, { recursive: true, force: true });
  cpSync(join(LITE, 'wheel'), project, { recursive: true, filter: isSource });
  copyFileSync(join(ROOT, 'LICENSE'), join(project, 'LICENSE'));
  addLabextensions(join(project, 'share/jupyter/labextensions/@llmos-lab'));
  mkdirSync(join(project, 'share/llmos'), { recursive: true });
  const program = 'llmos.mjs';
  copyFileSync(
    join(ROOT, 'skills/dist', program),
    join(project, 'share/llmos', program)
  );
  addKernel(join(project, 'llmos_lab/kernel-lite'), runtime, llmos);
  const { file, bytes } = await buildProject(project, 'llmos_lab');
  rmSync(project, { recursive: true, force: true });
  return `${file}, ${(bytes.length / 1e6).toFixed(1)} MB`;
}

/** @param {string} path */
function isSource(path) {
  return basename(path) !== '__pycache__';
}

/**
 * A labextension without what only its build reads.
 * @param {string} from
 * @param {string} to
 */
function copyLabextension(from, to) {
  const needless = /\.map$|third-party-licenses\.json$|build_log\.json$/;
  cpSync(join(ROOT, from, 'labextension'), to, {
    recursive: true,
    filter: path => !needless.test(path)
  });
  writeFileSync(join(to, 'install.json'), `${JSON.stringify(INSTALLED, null, 2)}\n`);
}

/** @param {string} folder */
function addLabextensions(folder) {
  copyLabextension('extension', join(folder, 'extension'));
  copyLabextension('kernel', join(folder, 'kernel'));
  for (const name of FOR_PAGES) {
    cpSync(join(SITE, 'llmos', name), join(folder, 'kernel/llmos', name), {
      recursive: true
    });
  }
}

/**
 * The kernel that `llmos_lab.lite` copies into sites. Python and the packages of the kernel go along,
 * the others are left to Pyodide's own server, whose files have the official hashes.
 * @param {string} folder
 * @param {Runtime} runtime
 * @param {Wheel} llmos
 */
function addKernel(folder, runtime, llmos) {
  copyLabextension('kernel/lite', folder);
  const python = join(folder, 'llmos/pyodide');
  mkdirSync(python, { recursive: true });
  for (const name of FOR_KERNEL) {
    copyFileSync(join(SITE, 'llmos', name), join(folder, 'llmos', name));
  }
  const own = runtime.files.filter(({ role }) => role === 'kernel');
  const files = [...CORE, ...MADE, ...own.map(({ file }) => file), llmos.file];
  for (const file of files) {
    copyFileSync(join(SITE, 'pyodide', file), join(python, file));
  }
  const { version, file, sha256 } = llmos;
  const imports = ['llmos', 'qiskit_lite'];
  const entry = {
    name: 'llmos',
    version,
    file_name: file,
    sha256,
    depends: [],
    imports
  };
  const remote = new Set(
    runtime.files.filter(({ role }) => role === 'package').map(each => each.file)
  );
  const lock = trimLock(
    readOfficialLock(runtime),
    runtime,
    [addedEntry(entry)],
    remote
  );
  writeFileSync(join(python, 'pyodide-lock.json'), JSON.stringify(lock));
}
