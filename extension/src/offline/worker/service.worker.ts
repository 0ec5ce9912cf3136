/**
 * The site's one service worker, in place of JupyterLite's: it answers kernels through
 * their page as that one does, and keeps the site so that it opens without a network.
 * The build writes which files there are in front of it (`lite/scripts/offline.mjs`).
 */
import {
  isPageMessage,
  type INoRoom,
  type IOutdated,
  type WorkerAnswer
} from '../protocol';
import { Filling } from './filling';
import { Guests } from './guests';
import { isForPage, isHeartbeat, PAGE_CHANNEL, PageDrive } from './pageDrive';
import { Rest } from './rest';
import { pathInSite, type ISiteBuild } from './siteBuild';
import { SiteAnswers } from './siteAnswers';
import { isFull, SiteCache } from './siteCache';
import { OtherBuildError, SiteServer } from './siteServer';

declare const self: ServiceWorkerGlobalScope;
/** Written in front of the bundle by the build. */
declare const LLMOS_SITE: ISiteBuild;

const scope = self.registration.scope;
const drive = new PageDrive(new BroadcastChannel(PAGE_CHANNEL));
const server = new SiteServer({
  ...{ build: LLMOS_SITE, scope },
  fetch: (request, init) => fetch(request, init)
});
const site = new SiteCache({ build: LLMOS_SITE, scope, caches, server, room });
const guests = new Guests(site);
const answers = new SiteAnswers({
  ...{ site, server, guests, onFault: reasonOf },
  fetch: request => fetch(request)
});
const rest = new Rest();
const filling = new Filling(site, reasonOf, () => rest.wait());

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(activate()));

self.addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (isHeartbeat(url)) {
    event.respondWith(new Response('ok'));
  } else if (url.origin === self.location.origin && isForPage(url)) {
    event.respondWith(drive.ask(request));
  } else if (request.method === 'GET' && !request.headers.has('range')) {
    const path = pathInSite(request.url, scope);
    if (path !== null) {
      rest.disturb();
      event.respondWith(answers.answer(event, path));
    }
  }
});

self.addEventListener('message', event => {
  const [port] = event.ports;
  if (!isPageMessage(event.data)) {
    return;
  }
  const tell = (answer: WorkerAnswer): void => port?.postMessage(answer);
  if (event.data.type === 'take-over') {
    event.waitUntil(self.skipWaiting());
  } else if (event.data.type === 'stop') {
    filling.stop();
  } else if (event.data.type === 'ask') {
    event.waitUntil(site.kept().then(kept => tell({ type: 'kept', kept })));
  } else {
    event.waitUntil(filling.join(tell));
  }
});

/**
 * The first worker of a browser takes its pages at once: kernels need it. A later one
 * first brings all that the one before had, then waits until a person lets it. One for
 * which there is no room is tried again when a page is loaded.
 */
async function install(): Promise<void> {
  try {
    await site.takeOver();
  } catch (error) {
    if (isFull(error)) {
      await tellNoRoom();
    }
    throw error;
  }
  if (!self.registration.active) {
    await self.skipWaiting();
  }
}

async function room(): Promise<number> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? Infinity : quota - usage;
}

/** These pages are another worker's; and other sites of this origin are none of ours. */
async function tellNoRoom(): Promise<void> {
  const told: INoRoom = { type: 'llmos-no-room' };
  const pages = await self.clients.matchAll({
    type: 'window',
    includeUncontrolled: true
  });
  pages
    .filter(({ url }) => url.startsWith(scope))
    .forEach(page => page.postMessage(told));
}

/** Pages that another registration's worker serves stay with it until they load anew. */
async function activate(): Promise<void> {
  await site.use();
  if (await site.isOnly()) {
    await self.clients.claim();
  }
}

/** Why a file cannot be had; pages hear of it when the server has another build. */
async function reasonOf(error: unknown): Promise<string> {
  if (error instanceof OtherBuildError) {
    const told: IOutdated = { type: 'llmos-outdated', path: error.path };
    const pages = await self.clients.matchAll({ type: 'window' });
    for (const page of pages) {
      if (!(await guests.has(page.id))) {
        page.postMessage(told);
      }
    }
    await self.registration.update();
  }
  return error instanceof Error ? error.message : String(error);
}
