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
  renameSync,
  writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

/** Name of the archive beside the runtime's files. */
export const BUNDLE = 'python-bundle.bin';
export const STDLIB = 'python_stdlib.zip';
const LOCK = 'pyodide-lock.json';

/** Where Python finds them in the worker; tracebacks show these paths. */
const STDLIB_MOUNT = '/lib/python312.zip';
const BUNDLE_MOUNT = '/lib/llmos.zip';

/** What the kernel imports before the first cell, and `llmos`. */
export const BUNDLED = [
  ...['asttokens', 'comm', 'decorator', 'executing', 'ipykernel', 'ipython', 'llmos'],
  ...['matplotlib_inline', 'pure_eval', 'pygments', 'pyodide_kernel', 'six'],
  ...['stack_data', 'traitlets']
];

/** What cells import: these wheels carry their bytecode too. */
const COMPILED = [
  ...['contourpy', 'cycler', 'jedi', 'kiwisolver', 'matplotlib', 'matplotlib_pyodide'],
  ...['micropip', 'numpy', 'packaging', 'pandas', 'parso', 'pillow', 'piplite'],
  ...['pyparsing', 'python_dateutil', 'pytz', 'scipy']
];

/** Where Pyodide's matplotlib looks for what it knows of its fonts. */
const FONT_LIST = 'matplotlib/fontlist.json';

/** Packages whose sources go along, for tracebacks and `help`. */
const SOURCES_KEPT = ['llmos', 'qiskit_lite'];

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BOOT = fileURLToPath(new URL('../../kernel/lite/py', import.meta.url));

/**
 * Compiles what stands in the site's Python folder: the standard library in place, the
 * kernel's wheels into one archive, and the wheels that cells import beside their sources.
 * @param {string} folder The site's `pyodide/`, with all wheels in it.
 * @param {string} cache Folder that keeps what was compiled between builds.
 * @returns {Promise<string>} What was made, for the build's log.
 */
export async function bundlePython(folder, cache) {
  const script = readFileSync(join(HERE, 'pythonBundle.py'), 'utf8');
  mkdirSync(cache, { recursive: true });
  const python = await loadPyodide();
  mountAt(python, 'site', folder);
  mountAt(python, 'boot', BOOT);
  const maker = makerIn(python, script);

  await compileStdlib(python, maker, folder, cache, script);
  await compileWheels(python, maker, folder, cache, script);
  const wheels = BUNDLED.map(name => findWheel(folder, name));
  const size = makeBundle(python, maker, wheels);
  return `${wheels.length} packages, ${(size / 1e6).toFixed(1)} MB of bytecode`;
}

/**
 * The helper in Python.
 * @param {import('pyodide').PyodideInterface} python
 * @param {string} script
 * @returns {any}
 */
function makerIn(python, script) {
  python.FS.mkdirTree('/build');
  python.FS.writeFile('/build/pythonBundle.py', script);
  python.runPython('import sys; sys.path.insert(0, "/build")');
  return python.pyimport('pythonBundle');
}

/**
 * @param {import('pyodide').PyodideInterface} python
 * @param {string} name
 * @param {string} root
 */
function mountAt(python, name, root) {
  python.FS.mkdirTree(`/build/${name}`);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, `/build/${name}`);
}

/**
 * A file that depends on nothing but its sources and the script is kept between builds.
 * @param {string} cache
 * @param {string} name With `*` where the hash goes.
 * @param {readonly (string | Uint8Array)[]} sources
 * @param {() => string | Uint8Array | Promise<string | Uint8Array>} make
 * @returns {Promise<string>} Its path.
 */
async function keep(cache, name, sources, make) {
  const hash = createHash('sha256');
  sources.forEach(source => hash.update(source));
  const kept = join(cache, name.replace('*', hash.digest('hex').slice(0, 16)));
  if (!existsSync(kept)) {
    const made = await make();
    writeFileSync(`${kept}.new`, made);
    renameSync(`${kept}.new`, kept);
  }
  return kept;
}

/**
 * @param {import('pyodide').PyodideInterface} python
 * @param {any} maker
 * @param {string} folder
 * @param {string} cache
 * @param {string} script
 */
async function compileStdlib(python, maker, folder, cache, script) {
  const source = join(folder, STDLIB);
  const kept = await keep(cache, 'stdlib-*.zip', [script, readFileSync(source)], () => {
    maker.compile_stdlib(`/build/site/${STDLIB}`, '/build/stdlib.zip', STDLIB_MOUNT);
    return python.FS.readFile('/build/stdlib.zip');
  });
  copyFileSync(kept, source);
}

/**
 * Puts bytecode into the wheels that cells import, and their new hashes into the lock
 * file. A wheel that is left to the official CDN stays as it is there.
 * @param {import('pyodide').PyodideInterface} python
 * @param {any} maker
 * @param {string} folder
 * @param {string} cache
 * @param {string} script
 */
async function compileWheels(python, maker, folder, cache, script) {
  const lockPath = join(folder, LOCK);
  const lock = JSON.parse(readFileSync(lockPath, 'utf8'));
  for (const entry of Object.values(lock.packages)) {
    const { file_name: file } = entry;
    const path = join(folder, file);
    if (!COMPILED.some(name => file.startsWith(`${name}-`)) || !existsSync(path)) {
      continue;
    }
    const make = async () => {
      const more = file.startsWith('matplotlib-') ? await listFonts(folder) : {};
      maker.compile_wheel(`/build/site/${file}`, '/build/wheel.whl', python.toPy(more));
      return python.FS.readFile('/build/wheel.whl');
    };
    const sources = [script, readFileSync(path)];
    const kept = await keep(cache, `wheel-*-${file}`, sources, make);
    copyFileSync(kept, path);
    entry.sha256 = createHash('sha256').update(readFileSync(kept)).digest('hex');
  }
  writeFileSync(lockPath, JSON.stringify(lock));
}

/**
 * What matplotlib knows of its own fonts, so that it need not look at each of them in
 * every session, and warn of that. Asks the very matplotlib of the site.
 * @param {string} folder
 * @returns {Promise<Record<string, string>>}
 */
async function listFonts(folder) {
  const python = await loadPyodide({ indexURL: folder, stderr: () => undefined });
  await python.loadPackage('matplotlib', { messageCallback: () => undefined });
  const path = python.runPython(`
import matplotlib, matplotlib.font_manager
f"{matplotlib.__path__[0]}/fontlist.json"`);
  return { [FONT_LIST]: new TextDecoder().decode(python.FS.readFile(path)) };
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
export function findWheel(folder, name) {
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
