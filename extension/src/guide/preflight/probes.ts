/**
 * What a browser has of what the product uses, found out by using it. Nothing here
 * imports anything: the page that must work where the application cannot start has it too.
 */

/** A capability that is tried. */
export type ProbeId =
  | 'webassembly'
  | 'workers'
  | 'indexeddb'
  | 'secure'
  | 'serviceworker'
  | 'cache'
  | 'webgl'
  | 'locks'
  | 'isolation'
  | 'suspension'
  | 'persistence';

/**
 * How much goes without it. `needed`: nothing runs. `important`: a part of the product
 * does not work. `useful`: all works, something is slower or has a detour.
 */
export type ProbeWeight = 'needed' | 'important' | 'useful';

/** One capability as it was found. */
export interface IFinding {
  readonly id: ProbeId;
  readonly weight: ProbeWeight;
  readonly isThere: boolean;
  /** What the browser said, where it said something. */
  readonly detail?: string;
}

interface IProbe {
  readonly id: ProbeId;
  readonly weight: ProbeWeight;
  /** Whether trying it takes so little that it may be done at each start. */
  readonly isCheap: boolean;
  /** Resolves to whether it is there; throws what the browser says against it. */
  readonly test: (worker?: string) => boolean | Promise<boolean>;
}

/** How the browser is tried. */
export interface IProbeOptions {
  /** Only what takes next to nothing. */
  readonly cheapOnly?: boolean;
  /** Address of a script to try as a service worker, where the site has such. */
  readonly worker?: string;
}

const PROBES: readonly IProbe[] = [
  { id: 'webassembly', weight: 'needed', isCheap: true, test: runsWebAssembly },
  { id: 'workers', weight: 'needed', isCheap: true, test: startsModuleWorker },
  { id: 'indexeddb', weight: 'needed', isCheap: true, test: keepsInDatabase },
  { id: 'secure', weight: 'important', isCheap: true, test: () => isSecureContext },
  { id: 'serviceworker', weight: 'important', isCheap: true, test: hasServiceWorker },
  { id: 'cache', weight: 'important', isCheap: true, test: keepsInCache },
  { id: 'webgl', weight: 'important', isCheap: false, test: drawsOffScreen },
  { id: 'locks', weight: 'important', isCheap: true, test: takesLock },
  { id: 'isolation', weight: 'useful', isCheap: true, test: sharesMemory },
  { id: 'suspension', weight: 'useful', isCheap: true, test: canSuspend },
  { id: 'persistence', weight: 'useful', isCheap: true, test: isPersistent }
];

/** Tries everything, or only what takes next to nothing. */
export async function probeBrowser({
  cheapOnly = false,
  worker
}: IProbeOptions = {}): Promise<readonly IFinding[]> {
  const probes = PROBES.filter(({ isCheap }) => isCheap || !cheapOnly);
  return Promise.all(
    probes.map(async ({ id, weight, test }): Promise<IFinding> => {
      try {
        return { id, weight, isThere: await test(worker) };
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { id, weight, isThere: false, detail };
      }
    })
  );
}

/** `(func (export "f") (param i64 i64) (result i64) …add)`: numbers of 64 bits too. */
const ADD = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 126, 126, 1, 126, 3, 2, 1, 0],
  ...[7, 5, 1, 1, 102, 0, 0, 10, 9, 1, 7, 0, 32, 0, 32, 1, 124, 11]
];

async function runsWebAssembly(): Promise<boolean> {
  const { instance } = await WebAssembly.instantiate(Uint8Array.from(ADD));
  const add = instance.exports['f'] as (a: bigint, b: bigint) => bigint;
  return add(1n, 2n) === 3n;
}

/** A worker that is a module says so; one that takes it for a classic script fails. */
function startsModuleWorker(): Promise<boolean> {
  const source = 'postMessage(typeof import.meta.url === "string")';
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  return new Promise<boolean>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data === true);
    worker.onerror = ({ message }) => reject(new Error(message || 'It did not start.'));
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(url);
  });
}

/** Name of what is made to try something, and taken away again. */
const TRIAL = 'llmos-preflight';

async function keepsInDatabase(): Promise<boolean> {
  const opened = indexedDB.open(TRIAL, 1);
  opened.onupgradeneeded = () => opened.result.createObjectStore('rows');
  const database = await answerOf(opened);
  const rows = database.transaction('rows', 'readwrite').objectStore('rows');
  await answerOf(rows.put('kept', 'row'));
  const isKept = (await answerOf(rows.get('row'))) === 'kept';
  database.close();
  await answerOf(indexedDB.deleteDatabase(TRIAL));
  return isKept;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('It cannot be opened.'));
  });
}

/**
 * Some browsers refuse one only when it is to start: where the certificate of the site was
 * let through by hand, or an extension blocks it. Without a network none starts, but the
 * one that is there works.
 */
async function hasServiceWorker(worker?: string): Promise<boolean> {
  const { serviceWorker } = navigator as Partial<Pick<Navigator, 'serviceWorker'>>;
  // Throws where the person, or a private window, does not allow it.
  const own = await serviceWorker?.getRegistration();
  if (!serviceWorker || own || worker === undefined) {
    return serviceWorker !== undefined;
  }
  const scope = new URL(TRIAL, worker).href;
  return (await serviceWorker.register(worker, { scope })).unregister();
}

async function keepsInCache(): Promise<boolean> {
  const cache = await caches.open(TRIAL);
  await cache.put('/trial', new Response('kept'));
  const found = await cache.match('/trial');
  const isKept = (await found?.text()) === 'kept';
  await caches.delete(TRIAL);
  return isKept;
}

function drawsOffScreen(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

function takesLock(): Promise<boolean> {
  return navigator.locks.request(TRIAL, { mode: 'shared' }, lock => lock !== null);
}

function sharesMemory(): boolean {
  return crossOriginIsolated && new SharedArrayBuffer(1).byteLength === 1;
}

function canSuspend(): boolean {
  return 'Suspending' in WebAssembly;
}

async function isPersistent(): Promise<boolean> {
  return navigator.storage.persisted();
}
