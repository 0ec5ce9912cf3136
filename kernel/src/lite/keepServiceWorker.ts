/**
 * Leaves the site's service worker registered. JupyterLite unregisters it on a browser's
 * second visit, and on the first one after each of its releases, to register it anew: a
 * page without a network, or a second tab, may lose it that way, and ours brings itself up
 * to date. See `ServiceWorkerManager` of `@jupyterlite/apputils`, which looks for this mark.
 * The worker of a site around this one gets none, so that ours is registered beside it.
 *
 * @param script the boot script: beside its folder stands our worker, and `data-version`
 *   is JupyterLite's
 */
export function keepServiceWorker(
  script: HTMLOrSVGScriptElement | null,
  // Absent in private windows of some browsers, and without HTTPS.
  {
    serviceWorker
  }: { readonly serviceWorker?: Pick<ServiceWorkerContainer, 'controller'> },
  marks: Pick<Storage, 'setItem'>
): void {
  const url = serviceWorker?.controller?.scriptURL;
  if (!(script instanceof HTMLScriptElement) || url === undefined) {
    return;
  }
  const { version } = script.dataset;
  const own = new URL('../service-worker.js', script.src);
  if (version && new URL(url).pathname === own.pathname) {
    marks.setItem(`${url}-version`, version);
  }
}
