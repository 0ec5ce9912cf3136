// @ts-check
/**
 * Bytecode for the site's Python, made once at build time. Most of a kernel's start is
 * compiling: the standard library (Pyodide ships sources), IPython and what it imports.
 * Compiled ahead, the same imports take a quarter of the time.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

/** Name of the archive beside the runtime's files. */
export const BUNDLE = 'python-bundle.bin';
const STDLIB = 'python_stdlib.zip';

/** Where Python finds them in the worker; tracebacks show these paths. */
const STDLIB_MOUNT = '/lib/python312.zip';
const BUNDLE_MOUNT = '/lib/llmos.zip';

/** What the kernel imports before the first cell, and `llmos`. */
const BUNDLED = [
  ...['asttokens', 'comm', 'decorator', 'executing', 'ipykernel', 'ipython', 'llmos'],
  ...['matplotlib_inline', 'pure_eval', 'pygments', 'pyodide_kernel', 'six'],
  ...['stack_data', 'traitlets']
];

/** Packages whose sources go along, for tracebacks and `help`. */
const SOURCES_KEPT = ['llmos', 'qiskit_lite'];

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BOOT = fileURLToPath(new URL('../../kernel/lite/py', import.meta.url));

/**
 * Compiles what stands in the site's Python folder: the standard library in place, and
 * the kernel's wheels into one archive.
 * @param {string} folder The site's `pyodide/`, with all wheels in it.
 * @param {string} cache Folder that keeps the compiled standard library between builds.
 * @returns {Promise<string>} What was made, for the build's log.
 */
export async function bundlePython(folder, cache) {
  const script = readFileSync(join(HERE, 'pythonBundle.py'), 'utf8');
  const python = await loadPyodide();
  python.FS.mkdirTree('/build');
  python.FS.mount(
    python.FS.filesystems.NODEFS,
    { root: folder },
    mountAt(python, 'site')
  );
  python.FS.mount(
    python.FS.filesystems.NODEFS,
    { root: BOOT },
    mountAt(python, 'boot')
  );
  python.FS.writeFile('/build/pythonBundle.py', script);
  python.runPython('import sys; sys.path.insert(0, "/build")');
  const maker = python.pyimport('pythonBundle');

  compileStdlib(python, maker, folder, cache, script);
  const wheels = BUNDLED.map(name => findWheel(folder, name));
  const size = makeBundle(python, maker, wheels);
  return `${wheels.length} packages, ${(size / 1e6).toFixed(1)} MB of bytecode`;
}

/**
 * @param {import('pyodide').PyodideInterface} python
 * @param {string} name
 */
function mountAt(python, name) {
  python.FS.mkdirTree(`/build/${name}`);
  return `/build/${name}`;
}

/**
 * The compiled library depends on nothing but itself and the script, so it is kept.
 * @param {import('pyodide').PyodideInterface} python
 * @param {any} maker
 * @param {string} folder
 * @param {string} cache
 * @param {string} script
 */
function compileStdlib(python, maker, folder, cache, script) {
  const source = join(folder, STDLIB);
  const hash = createHash('sha256').update(script).update(readFileSync(source));
  const kept = join(cache, `stdlib-${hash.digest('hex').slice(0, 16)}.zip`);
  if (!existsSync(kept)) {
    maker.compile_stdlib(`/build/site/${STDLIB}`, '/build/stdlib.zip', STDLIB_MOUNT);
    mkdirSync(cache, { recursive: true });
    writeFileSync(kept, python.FS.readFile('/build/stdlib.zip'));
  }
  copyFileSync(kept, source);
}

/**
 * @param {import('pyodide').PyodideInterface} python
 * @param {any} maker
 * @param {readonly string[]} wheels
 * @returns {number} Its size in bytes.
 */
function makeBundle(python, maker, wheels) {
  const target = `/build/site/${BUNDLE}`;
  maker.make_bundle(
    python.toPy(wheels.map(file => `/build/site/${file}`)),
    '/build/boot',
    target,
    BUNDLE_MOUNT,
    python.toPy(SOURCES_KEPT)
  );
  return python.FS.stat(target).size;
}

/**
 * @param {string} folder
 * @param {string} name
 */
function findWheel(folder, name) {
  const file = readdirSync(folder).find(
    entry => entry.startsWith(`${name}-`) && entry.endsWith('.whl')
  );
  if (!file) {
    throw new Error(
      `The site's Python has no wheel of ${name}. Add it to lite/runtime.json.`
    );
  }
  return file;
}
