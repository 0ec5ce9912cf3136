import type { PyodideInterface, loadPyodide as LoadPyodide } from 'pyodide';
import { mountBundle } from '../runtimes/pythonBundle';
import type { ConnectHost } from '../runtimes/pythonHost';
import { epochNow, type PhaseName } from './phases';
import type { IBootConfig } from './protocol';
import { fetchParts, snapshotAddresses } from './snapshot/fetchParts';
import { restore } from './snapshot/restore';

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
  readonly connect_host: ConnectHost;
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
  /** After a start from a snapshot; `language` as in the variable `LANG`. */
  after_snapshot(language: string): void;
}

/** Listens to how the boot goes. */
export interface IBootObserver {
  phase(name: PhaseName, start: number): void;
  log(level: 'info' | 'critical', text: string): void;
}

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

/** What `loadPyodide` is told however Python starts. */
function optionsOf(
  config: IBootConfig,
  observer: IBootObserver
): NonNullable<Parameters<typeof LoadPyodide>[0]> {
  return {
    indexURL: new URL('./', config.pyodideUrl).href,
    lockFileURL: config.lockUrl,
    stdout: text => observer.log('info', text),
    stderr: text => observer.log('critical', text)
  };
}

/**
 * Boots Pyodide and IPython with all that needs no notebook: this runs while the page
 * still loads. From the site's snapshot, and where that fails from nothing.
 */
export async function bootPython(
  config: IBootConfig,
  observer: IBootObserver
): Promise<IPython> {
  if (snapshotAddresses(config)) {
    try {
      return await restorePython(config, observer);
    } catch (reason) {
      observer.log('info', `Python starts without its snapshot: ${String(reason)}`);
    }
  }
  return startPython(config, observer);
}

/** As `LANG` has it. */
function languageOf(navigator: { readonly language: string }): string {
  return `${navigator.language.replace('-', '_')}.UTF-8`;
}

async function restorePython(
  config: IBootConfig,
  observer: IBootObserver
): Promise<IPython> {
  const started = epochNow();
  const addresses = snapshotAddresses(config);
  if (!addresses) {
    throw new Error('the site has none.');
  }
  const coming = fetchParts(addresses);
  const [{ loadPyodide }] = await Promise.all([
    import(config.pyodideUrl) as Promise<{ loadPyodide: typeof LoadPyodide }>,
    import(new URL('pyodide.asm.js', config.pyodideUrl).href)
  ]);
  const parts = await coming;
  const pyodide = await restore(loadPyodide, parts, optionsOf(config, observer));
  const boot = pyodide.pyimport('llmos_boot') as unknown as IBootModule;
  boot.after_snapshot(languageOf(navigator));
  observer.phase('snapshot', started);
  return { pyodide, boot };
}

/** The bundle and the runtime download side by side. */
async function startPython(
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
    ...optionsOf(config, observer),
    ...(config.stdlibUrl && { stdLibURL: config.stdlibUrl })
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
