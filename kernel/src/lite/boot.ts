import { mendWaitAsync, type IWaitAsync } from './waitAsync';
import { startWorker } from './warmWorker';

/**
 * Runs in the page's head, before JupyterLab: starts the kernel worker, so that Python
 * boots while the application still loads. Expects to be loaded as
 * `<script src="…/boot.js" data-config='{…}' data-version="…">`, the configuration's URLs
 * relative to it, the version JupyterLite's.
 */
function boot(script: HTMLOrSVGScriptElement | null): void {
  if (!(script instanceof HTMLScriptElement)) {
    return;
  }
  const given = JSON.parse(script.dataset.config ?? '{}') as Record<string, string>;
  const resolve = (url: string): string => new URL(url, script.src).href;
  const config = {
    siteUrl: resolve('./'),
    pyodideUrl: resolve(given.pyodideUrl ?? './pyodide.mjs'),
    lockUrl: resolve(given.lockUrl ?? './pyodide-lock.json'),
    ...(given.stdlibUrl && { stdlibUrl: resolve(given.stdlibUrl) }),
    ...(given.bundleUrl && { bundleUrl: resolve(given.bundleUrl) }),
    ...(given.snapshotUrl && { snapshotUrl: resolve(given.snapshotUrl) })
  };
  globalThis.llmosBoot = { config, warm: startWorker(config) };
}

/**
 * Leaves the site's service worker registered. JupyterLite unregisters it on a browser's
 * second visit, and on the first one after each of its releases, to register it anew: a
 * page without a network, or a second tab, may lose it that way, and ours brings itself up
 * to date. See `ServiceWorkerManager` of `@jupyterlite/apputils`, which looks for this mark.
 */
function keepServiceWorker(script: HTMLOrSVGScriptElement | null): void {
  const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
  const url = serviceWorker?.controller?.scriptURL;
  const version = script?.dataset.version;
  if (url && version) {
    localStorage.setItem(`${url}-version`, version);
  }
}

mendWaitAsync(Atomics as IWaitAsync);
boot(document.currentScript);
keepServiceWorker(document.currentScript);
