import { wrap, type Remote } from 'comlink';

import type { INetWorker } from './protocol';

/** The one worker, started at the first connection and kept with its tokens. */
let net: Remote<INetWorker> | null = null;

/** Starts `net.worker`, or gives the running one. */
export function startNet(): INetWorker {
  net ??= wrap<INetWorker>(
    new Worker(new URL('./net.worker.js', import.meta.url), { name: 'net.worker' })
  );
  return net;
}
