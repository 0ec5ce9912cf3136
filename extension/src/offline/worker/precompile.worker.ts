/**
 * Has a browser compile the scripts that start the application, for all later visits.
 * Chromium compiles scripts that come into Cache Storage while a service worker is being
 * installed, and keeps the code beside them (https://v8.dev/blog/code-caching-for-devs).
 * The site's own worker is installed while the first page starts, which seven megabytes
 * of compilation would hold up; so this worker does it once the page is at rest, and
 * answers nothing. Later builds are compiled as the site's worker brings them over.
 */
import { SCRIPT_PARAMETER } from '../protocol';
import { WHOLE } from './siteCache';
import { addressOf } from './siteServer';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', event => event.waitUntil(precompile()));

async function precompile(): Promise<void> {
  const { href } = self.location;
  const scripts = new URL(href).searchParams.getAll(SCRIPT_PARAMETER);
  const whole = addressOf(new URL('..', href).href, WHOLE);
  for (const cacheName of await caches.keys()) {
    // Asked so, a build that is dropped at this moment is not made anew.
    const note = await caches.match(whole, { cacheName });
    const found = await Promise.all(
      scripts.map(async script => ({
        script,
        kept: await caches.match(script, { cacheName })
      }))
    );
    if (note && found.some(({ kept }) => kept)) {
      // A worker that is ended meanwhile leaves a build that is not whole, to be filled.
      const cache = await caches.open(cacheName);
      await cache.delete(whole);
      for (const { script, kept } of found) {
        if (kept) {
          await cache.put(script, kept);
        }
      }
      await cache.put(whole, note);
    }
  }
}
