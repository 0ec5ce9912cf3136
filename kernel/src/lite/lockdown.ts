/**
 * Takes storage and further contexts away from a kernel worker before any user code
 * runs: through them notebook code could read stored tokens and write to volumes past
 * the access rule. Files still go through Contents, which asks that rule.
 */

/** Names on the worker's global object. */
export const LOCKED_GLOBALS = [
  'indexedDB',
  'caches',
  'BroadcastChannel',
  'Worker',
  'SharedWorker',
  'cookieStore',
  'webkitRequestFileSystem',
  'webkitRequestFileSystemSync',
  'webkitResolveLocalFileSystemURL',
  'webkitResolveLocalFileSystemSyncURL'
] as const;

/** Names on `navigator`. */
export const LOCKED_NAVIGATOR = [
  'storage',
  'storageBuckets',
  'webkitTemporaryStorage',
  'webkitPersistentStorage',
  'locks',
  'serviceWorker'
] as const;

/** Removes the name from the object and its whole prototype chain, for good. */
function removeProperty(target: object, name: string): void {
  for (
    let holder: object | null = target;
    holder;
    holder = Reflect.getPrototypeOf(holder)
  ) {
    if (Object.hasOwn(holder, name)) {
      Reflect.deleteProperty(holder, name);
    }
  }
  const done = Reflect.defineProperty(target, name, {
    value: undefined,
    writable: false,
    configurable: false,
    enumerable: false
  });
  if (!done || Reflect.get(target, name) !== undefined) {
    throw new Error(`The kernel could not be closed off: "${name}" stays reachable.`);
  }
}

/** Locks a worker's global object; throws when a name resists. */
export function lockDown(scope: object & { readonly navigator?: object }): void {
  LOCKED_GLOBALS.forEach(name => removeProperty(scope, name));
  const navigator = scope.navigator;
  if (navigator) {
    LOCKED_NAVIGATOR.forEach(name => removeProperty(navigator, name));
  }
}
