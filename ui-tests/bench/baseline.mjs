/**
 * Builds what the benchmarks and the safety story compare with, into `lite/.cache`:
 *
 * - `baseline-site`: a plain JupyterLite of the same versions with the same vendored
 *   Python, and a notebook whose first cell finds what our first cell finds, without
 *   the skill. Its kernel's wheels stand in Pyodide's lock file
 *   and are preloaded, which is JupyterLite's own way to start faster.
 * - `floor-site`: a bare page that loads Pyodide and numpy in a worker and runs that
 *   code: nothing in a browser page can be faster without leaving something out.
 *
 * Run as `node ui-tests/bench/baseline.mjs`; it does nothing when both are up to date.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASELINE_CELL, hostileNotebook } from './baselineNotebooks.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const CACHE = join(ROOT, 'lite', '.cache');

/** The wheels that JupyterLite's kernel wants, in the order in which it asks for them. */
const KERNEL_WHEELS = ['piplite', 'ipykernel', 'comm', 'pyodide-kernel'];
const PRELOADED = ['micropip', ...KERNEL_WHEELS, 'jedi', 'ipython'];

/** Lock file entries of the wheels that Pyodide's own lock file does not know. */
const EXTRA_ENTRIES = {
  piplite: { imports: ['piplite'], depends: ['micropip'] },
  ipykernel: { imports: ['ipykernel'], depends: [] },
  comm: { imports: ['comm'], depends: ['traitlets'] },
  'pyodide-kernel': {
    imports: ['pyodide_kernel'],
    depends: ['ipykernel', 'comm', 'ipython', 'jedi', 'traitlets']
  }
};

/** Where the vendored Pyodide lies: the build's cache, or a folder given by name. */
function vendoredFolder() {
  const at = process.env.LLMOS_PYODIDE_DIR ?? join(CACHE, 'pyodide');
  if (!existsSync(join(at, 'pyodide.asm.wasm'))) {
    throw new Error(
      `No vendored Pyodide in ${at}. Run "npm run build" first, which fetches it.`
    );
  }
  return at;
}

/** The Python that has jupyterlite-core. */
function jupyter() {
  const python = process.env.LLMOS_PYTHON ?? join(ROOT, '.venv', 'bin', 'python');
  if (!existsSync(python)) {
    throw new Error(`No Python at ${python}. Run "npm run build" first.`);
  }
  return python;
}

/** Pyodide's lock file, cut to the files at hand and with the kernel's wheels added. */
function lockFile(folder) {
  const lock = JSON.parse(
    readFileSync(join(ROOT, 'node_modules', 'pyodide', 'pyodide-lock.json'), 'utf8')
  );
  const files = readdirSync(folder);
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (!files.includes(entry.file_name)) {
      delete lock.packages[name];
    }
  }
  for (const name of KERNEL_WHEELS) {
    const file = files.find(
      entry =>
        entry.startsWith(`${name.replaceAll('-', '_')}-`) && entry.endsWith('.whl')
    );
    if (!file) {
      throw new Error(`No wheel of ${name} in ${folder}.`);
    }
    lock.packages[name] = {
      name,
      version: file.split('-')[1],
      file_name: file,
      install_dir: 'site',
      package_type: 'package',
      sha256: createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
      unvendored_tests: false,
      ...EXTRA_ENTRIES[name]
    };
  }
  return lock;
}

/** Puts the vendored files beside the site, as links where the disk allows it. */
function placePyodide(folder, target, lock) {
  mkdirSync(target, { recursive: true });
  const wanted = new Set(Object.values(lock.packages).map(entry => entry.file_name));
  for (const core of ['pyodide.mjs', 'pyodide.asm.js', 'pyodide.asm.wasm']) {
    wanted.add(core);
  }
  wanted.add('python_stdlib.zip');
  for (const file of wanted) {
    try {
      linkSync(join(folder, file), join(target, file));
    } catch {
      // Another file system: a copy does as well as a link.
      copyFileSync(join(folder, file), join(target, file));
    }
  }
  writeFileSync(join(target, 'pyodide-lock.json'), JSON.stringify(lock));
}

/** A notebook with the given cells, for the kernel that plain JupyterLite offers. */
function notebook(cells, metadata = {}) {
  return JSON.stringify({
    cells,
    metadata: {
      kernelspec: {
        name: 'python',
        display_name: 'Python (Pyodide)',
        language: 'python'
      },
      language_info: { name: 'python' },
      ...metadata
    },
    nbformat: 4,
    nbformat_minor: 5
  });
}

/** JupyterLite's settings for a kernel that finds everything on its own host. */
const SITE_CONFIG = {
  'jupyter-lite-schema-version': 0,
  'jupyter-config-data': {
    appName: 'Baseline',
    litePluginSettings: {
      '@jupyterlite/pyodide-kernel-extension:kernel': {
        pyodideUrl: './static/pyodide/pyodide.mjs',
        disablePyPIFallback: true,
        loadPyodideOptions: {
          lockFileURL: './static/pyodide/pyodide-lock.json',
          packages: PRELOADED
        }
      }
    }
  }
};

function buildBaseline(folder, lock, site) {
  const work = `${site}.work`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'files'), { recursive: true });
  writeFileSync(join(work, 'jupyter-lite.json'), JSON.stringify(SITE_CONFIG));
  const code = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [] };
  writeFileSync(
    join(work, 'files', 'h2-vqe.ipynb'),
    notebook([{ ...code, id: 'first', source: BASELINE_CELL }])
  );
  writeFileSync(join(work, 'files', 'hostile.ipynb'), hostileNotebook());
  const python = jupyter();
  const prefix = execFileSync(python, ['-c', 'import sys; print(sys.prefix)'], {
    encoding: 'utf8'
  }).trim();
  const kernelExtension = join(
    prefix,
    'share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension'
  );
  execFileSync(
    python,
    [
      ...['-m', 'jupyter', 'lite', 'build', '--lite-dir', work],
      ...['--contents', join(work, 'files'), '--output-dir', join(work, 'out')],
      ...['--apps', 'lab', '--no-sourcemaps', '--ignore-sys-prefix'],
      `--LiteBuildConfig.federated_extensions=${kernelExtension}`
    ],
    { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] }
  );
  placePyodide(folder, join(work, 'out', 'static', 'pyodide'), lock);
  rmSync(site, { recursive: true, force: true });
  renameSync(join(work, 'out'), site);
  rmSync(work, { recursive: true, force: true });
}

function buildFloor(folder, lock, site) {
  rmSync(site, { recursive: true, force: true });
  placePyodide(folder, join(site, 'pyodide'), lock);
  const page = join(dirname(fileURLToPath(import.meta.url)), 'floor');
  cpSync(page, site, { recursive: true });
  writeFileSync(join(site, 'cell.py'), BASELINE_CELL);
}

/** What the sites are made of: when this changes they are built again. */
function stampOf(lock) {
  const parts = ['baseline.mjs', 'baselineNotebooks.mjs', 'floor/floor.worker.js'].map(
    file => readFileSync(join(ROOT, 'ui-tests', 'bench', file), 'utf8')
  );
  return createHash('sha256')
    .update(JSON.stringify([parts, lock, BASELINE_CELL]))
    .digest('hex');
}

const folder = vendoredFolder();
const lock = lockFile(folder);
const stamp = stampOf(lock);
const stampFile = join(CACHE, 'baseline-site.stamp');
const upToDate =
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === stamp &&
  existsSync(join(CACHE, 'baseline-site', 'lab', 'index.html')) &&
  existsSync(join(CACHE, 'floor-site', 'index.html'));
if (!upToDate) {
  console.log('Building the baseline: a plain JupyterLite and a bare page.');
  rmSync(stampFile, { force: true });
  mkdirSync(CACHE, { recursive: true });
  buildBaseline(folder, lock, join(CACHE, 'baseline-site'));
  buildFloor(folder, lock, join(CACHE, 'floor-site'));
  writeFileSync(stampFile, stamp);
}
