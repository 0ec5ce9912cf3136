/** The border between the page and the ngspice worker. */

import type { IDeck } from '../runtimes/deck';
import type { IFailure } from '../runtimes/failure';
import type { IDeckResult } from '../runtimes/ngspiceEngine';

/** How a run ended; failures are data, for classes do not cross the border. */
export type NgspiceAnswer =
  { readonly result: IDeckResult } | { readonly failure: IFailure };

/** What the worker offers, by comlink. */
export interface INgspiceWorker {
  /** Loads the engine, some 20 MB, where that has not been done; null when it is there. */
  prepare(engineUrl: string): Promise<IFailure | null>;
  run(deck: IDeck): Promise<NgspiceAnswer>;
}
