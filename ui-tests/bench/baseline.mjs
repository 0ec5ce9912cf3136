// @ts-check
/**
 * Builds what the benchmarks and the safety story compare with, into `lite/.cache`:
 *
 * - `baseline-site`: a plain JupyterLite of the same versions with the same vendored
 *   Python, and a notebook whose first cell finds what our first cell finds, without
 *   the skill. Its kernel's wheels stand in Pyodide's lock file and are preloaded, which
 *   is JupyterLite's own way to start faster.
 * - `floor-site`: a bare page that loads Pyodide and numpy in a worker and runs that
 *   code: nothing in a browser page can be faster without leaving something out.
 *
 * Run as `node ui-tests/bench/baseline.mjs`; it does nothing when both are up to date.
 */
import {
  cpSync,
  linkSync,
  copyFileSync,
  mkdirSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOfficialLock, trimLock } from '../../lite/scripts/lock.mjs';
import { runMain, step } from '../../lite/scripts/log.mjs';
import { CACHE, JUPYTER, PYTHON } from '../../lite/scripts/paths.mjs';
import { run } from '../../lite/scripts/run.mjs';
import { readRuntime } from '../../lite/scripts/runtime.mjs';
import { setUp } from '../../lite/scripts/setup.mjs';
import { replaceSite } from '../../lite/scripts/site.mjs';
import { hashInputs, isCurrent, writeStamp } from '../../lite/scripts/stamp.mjs';
import { RUNTIME_CACHE, vendor } from '../../lite/scripts/vendor.mjs';
import { BASELINE_CELL, hostileNotebook } from './baselineNotebooks.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const BASELINE = join(CACHE, 'baseline-site');
const FLOOR = join(CACHE, 'floor-site');
/** JupyterLite's own Python kernel, apart from what our site is built with. */
const KERNEL = join(CACHE, 'baseline-kernel');

/** What decides how the two sites are made, besides the runtime. */
const INPUTS = [
  ...['baseline.mjs', 'baselineNotebooks.mjs', 'baseline-requirements.txt', 'floor']
].map(name => join(HERE, name));

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
          packages: [
            ...['micropip', 'piplite', 'ipykernel', 'comm'],
            ...['pyodide-kernel', 'jedi', 'ipython']
          ]
        }
      }
    }
  }
};

/**
 * Puts the vendored Python beside a site, as links where the disk allows it.
 * @param {string} target
 * @param {import('../../lite/scripts/runtime.mjs').Runtime} runtime
 */
function placePython(target, runtime) {
  mkdirSync(target, { recursive: true });
  for (const { file } of runtime.files) {
    try {
      linkSync(join(RUNTIME_CACHE, file), join(target, file));
    } catch {
      // Another file system: a copy does as well as a link.
      copyFileSync(join(RUNTIME_CACHE, file), join(target, file));
    }
  }
  const lock = trimLock(readOfficialLock(runtime), runtime, []);
  writeFileSync(join(target, 'pyodide-lock.json'), JSON.stringify(lock));
}

/** The notebook to time, for the kernel that plain JupyterLite offers. */
function timedNotebook() {
  const first = {
    ...{ cell_type: 'code', id: 'first', execution_count: null, metadata: {} },
    ...{ outputs: [], source: BASELINE_CELL }
  };
  const kernelspec = { name: 'python', display_name: 'Python (Pyodide)' };
  const metadata = { kernelspec, language_info: { name: 'python' } };
  return JSON.stringify({ cells: [first], metadata, nbformat: 4, nbformat_minor: 5 });
}

/** @param {import('../../lite/scripts/runtime.mjs').Runtime} runtime */
async function buildBaseline(runtime) {
  const work = `${BASELINE}.work`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, 'files'), { recursive: true });
  writeFileSync(join(work, 'jupyter-lite.json'), JSON.stringify(SITE_CONFIG));
  writeFileSync(join(work, 'files', 'h2-vqe.ipynb'), timedNotebook());
  writeFileSync(join(work, 'files', 'hostile.ipynb'), hostileNotebook());
  const requirements = join(HERE, 'baseline-requirements.txt');
  rmSync(KERNEL, { recursive: true, force: true });
  await run(PYTHON, [
    ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--require-hashes'],
    ...['--disable-pip-version-check', '--target', KERNEL, '-r', requirements]
  ]);
  const extension = 'share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension';
  await run(
    JUPYTER,
    [
      ...['lite', 'build', '--lite-dir', work, '--output-dir', join(work, 'out')],
      ...['--contents', join(work, 'files'), '--apps', 'lab', '--no-sourcemaps'],
      ...['--no-libarchive', '--ignore-sys-prefix', 'True'],
      `--LiteBuildConfig.federated_extensions=${join(KERNEL, extension)}`
    ],
    { cwd: work }
  );
  placePython(join(work, 'out', 'static', 'pyodide'), runtime);
  replaceSite(join(work, 'out'), BASELINE);
  rmSync(work, { recursive: true, force: true });
}

/** @param {import('../../lite/scripts/runtime.mjs').Runtime} runtime */
function buildFloor(runtime) {
  rmSync(FLOOR, { recursive: true, force: true });
  placePython(join(FLOOR, 'pyodide'), runtime);
  cpSync(join(HERE, 'floor'), FLOOR, { recursive: true });
  writeFileSync(join(FLOOR, 'cell.py'), BASELINE_CELL);
}

await runMain(async () => {
  const runtime = readRuntime();
  const hash = hashInputs(INPUTS, JSON.stringify(runtime), process.version);
  const results = [join(BASELINE, 'lab/index.html'), join(FLOOR, 'cell.py')];
  if (isCurrent('baseline', hash, results)) {
    return;
  }
  await setUp();
  await vendor(runtime, { allowCdn: false });
  await step('Baseline: a plain JupyterLite', () => buildBaseline(runtime));
  await step('Floor: a bare page', () => buildFloor(runtime));
  writeStamp('baseline', hash);
});
