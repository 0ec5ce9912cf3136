import type { TranslationBundle } from '@jupyterlab/translation';
import type { Remote } from 'comlink';

import type { INetWorker } from './protocol';

/**
 * A worker whose script does not load (the server is away, the site has a new build) says
 * so by an event, and never answers: what waits for it then fails in place of waiting.
 *
 * @param onGone told once; the next one may ask for another worker
 */
export function guardNet(
  net: Remote<INetWorker>,
  worker: Pick<Worker, 'addEventListener' | 'terminate'>,
  onGone: () => void,
  trans: TranslationBundle
): INetWorker {
  let hasAnswered = false;
  const gone = new Promise<never>((_, fail) => {
    worker.addEventListener('error', () => {
      // Later it is a fault of one request, which its own answer tells of.
      if (!hasAnswered) {
        onGone();
        worker.terminate();
        const message = trans.__(
          'The part that reaches servers did not load. Reload the page.'
        );
        fail(new Error(message));
      }
    });
  });
  // Whoever waits is told; there may be nobody.
  gone.catch(() => undefined);
  return new Proxy(net, {
    get: (target, name) => {
      const method: unknown = name === 'then' ? undefined : Reflect.get(target, name);
      return typeof method !== 'function'
        ? undefined
        : (...args: readonly unknown[]) => {
            const answer = Promise.resolve(
              Reflect.apply(method, target, args) as unknown
            );
            return Promise.race([answer.finally(() => (hasAnswered = true)), gone]);
          };
    }
  });
}
