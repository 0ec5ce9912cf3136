import type { TranslationBundle } from '@jupyterlab/translation';
import { wrap } from 'comlink';

import { guardNet } from './guardNet';
import type { INetWorker } from './protocol';

/** The one worker, started at the first connection and kept with its tokens. */
let net: INetWorker | null = null;

/** Starts `net.worker`, or gives the running one; one that could not start is forgotten. */
export function startNet(trans: TranslationBundle): INetWorker {
  if (!net) {
    const worker = new Worker(new URL('./net.worker.js', import.meta.url), {
      name: 'net.worker'
    });
    const forget = (): void => {
      net = null;
    };
    net = guardNet(wrap<INetWorker>(worker), worker, forget, trans);
  }
  return net;
}
