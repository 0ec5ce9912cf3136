import type { FromPython, IPythonPort } from '@llmos-lab/kernel';
import { DisposableDelegate } from '@lumino/disposable';
import { unwrapMessage, wrapMessage } from './protocol';

/** The part of a worker that messages need. */
export type WorkerPort = Pick<
  Worker,
  'postMessage' | 'addEventListener' | 'removeEventListener'
>;

/** A worker as the host answers it. */
export function answerPort(worker: WorkerPort): IPythonPort {
  return {
    post: message => worker.postMessage(wrapMessage(message)),
    listen: take => {
      const onMessage = (event: Event): void => {
        const { data } = event as MessageEvent<unknown>;
        const message = unwrapMessage<FromPython>(data);
        if (message) {
          take(message);
        }
      };
      worker.addEventListener('message', onMessage);
      return new DisposableDelegate(() =>
        worker.removeEventListener('message', onMessage)
      );
    }
  };
}
