import 'fake-indexeddb/auto';
import { ResultCache, ResultStore } from '../../src/host/cache';

let count = 0;

/** A cache over a database of its own, in memory. */
export function memoryCache(store = new ResultStore(`test-${count++}`)): ResultCache {
  return new ResultCache({
    store,
    channel: { postMessage: () => undefined, onmessage: null },
    now: () => Date.now(),
    log: message => {
      throw new Error(message);
    }
  });
}
