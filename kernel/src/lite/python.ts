import type { PyodideInterface, loadPyodide as LoadPyodide } from 'pyodide';
import { epochNow, type PhaseName } from './phases';
import type { IBootConfig } from './protocol';

/** Python booted up to a live IPython shell, with no notebook yet. */
export interface IPython {
  readonly pyodide: PyodideInterface;
  /** The Python module `llmos_boot`. */
  readonly boot: IBootModule;
}

/** What the page's side calls of the Python module `llmos_boot`. */
export interface IBootModule {
  start(): void;
  offer_index(text: string): void;
  connect_host(run: unknown, read: unknown, store: unknown): void;
  /** JSON of the values of an execute request's expressions, given as JSON. */
  evaluate(expressions: string): Promise<string>;
  /** Runs a call in a worker of the pool; gives a `PoolOutcome`. */
  run_call(
    skill: string,
    version: string,
    text: string,
    buffers: readonly ArrayBuffer[]
  ): Promise<unknown>;
  /** Runs a learned skill again, with its entry and inputs as JSON. */
  replay_call(entry: string, inputs: string): Promise<unknown>;
  /** Cancels what the running cell waits for; nothing where none runs. */
  interrupt(): void;
  configure_pip(urls: readonly string[], disableFallback: boolean): void;
  warm_completion(): Promise<void>;
}

/** Listens to how the boot goes. */
export interface IBootObserver {
  phase(name: PhaseName, start: number): void;
  log(level: 'info' | 'critical', text: string): void;
}

/** Packages that stand in the bundle; Pyodide must not load their wheels again. */
const BUNDLED_KEY = 'llmos_packages.json';
const BUNDLE_PATH = '/lib/llmos.zip';

/** Wheels that the kernel needs where no bundle was built. */
const KERNEL_WHEELS = ['ipython', 'comm', 'ipykernel', 'pyodide-kernel', 'llmos'];

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(
      `${url} could not be loaded (${response.status}). Reload the page.`
    );
  }
  return new Uint8Array(await response.arrayBuffer());
}

/** Puts the bundle on Python's path as it is: modules are read out of the zip. */
function mountBundle(pyodide: PyodideInterface, bytes: Uint8Array): void {
  pyodide.FS.writeFile(BUNDLE_PATH, bytes);
  const names = pyodide.runPython(`
import sys, zipfile
sys.path.append("${BUNDLE_PATH}")
with zipfile.ZipFile("${BUNDLE_PATH}") as _bundle:
    _names = _bundle.read("${BUNDLED_KEY}").decode()
del _bundle
_names`) as string;
  const loaded = pyodide.loadedPackages as Record<string, string>;
  for (const name of JSON.parse(names) as string[]) {
    loaded[name] = 'default channel';
  }
}

/**
 * Boots Pyodide and IPython with all that needs no notebook: this runs while the page
 * still loads. The bundle and the runtime download side by side.
 */
export async function bootPython(
  config: IBootConfig,
  observer: IBootObserver
): Promise<IPython> {
  const started = epochNow();
  const bundle = config.bundleUrl ? fetchBytes(config.bundleUrl) : null;
  bundle?.catch(() => undefined);
  const { loadPyodide } = (await import(config.pyodideUrl)) as {
    loadPyodide: typeof LoadPyodide;
  };
  const pyodide = await loadPyodide({
    indexURL: config.pyodideUrl.slice(0, config.pyodideUrl.lastIndexOf('/') + 1),
    lockFileURL: config.lockUrl,
    ...(config.stdlibUrl && { stdLibURL: config.stdlibUrl }),
    stdout: text => observer.log('info', text),
    stderr: text => observer.log('critical', text)
  });
  observer.phase('pyodide', started);

  const unpacking = epochNow();
  if (bundle) {
    mountBundle(pyodide, await bundle);
  } else {
    await pyodide.loadPackage(KERNEL_WHEELS, { messageCallback: () => undefined });
  }
  observer.phase('python-bundle', unpacking);

  const importing = epochNow();
  const boot = pyodide.pyimport('llmos_boot') as unknown as IBootModule;
  boot.start();
  observer.phase('ipython', importing);
  return { pyodide, boot };
}
