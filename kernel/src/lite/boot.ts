import { keepServiceWorker } from './keepServiceWorker';
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

mendWaitAsync(Atomics as IWaitAsync);
boot(document.currentScript);
keepServiceWorker(document.currentScript, navigator, localStorage);
