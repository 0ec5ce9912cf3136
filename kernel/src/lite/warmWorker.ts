import { recordPhase } from './phases';
import {
  unwrapMessage,
  wrapMessage,
  type FromWorker,
  type IBootConfig,
  type ToWorker
} from './protocol';

/** A kernel worker that boots Python, and what it has said of itself so far. */
export interface IKernelWorker {
  readonly worker: Worker;
  /** Python's and Pyodide's versions, once the worker has told them. */
  versions?: { readonly python: string; readonly pyodide: string };
  /** Writing 2 to its first byte raises KeyboardInterrupt; only on isolated pages. */
  readonly interrupts?: Uint8Array;
}

/** What the boot script leaves on the page for the kernel plugin. */
export interface IBootState {
  readonly config: IBootConfig;
  /** The worker started with the page; the first kernel takes it. */
  warm: IKernelWorker | null;
}

declare global {
  var llmosBoot: IBootState | undefined;
}

/**
 * Starts a worker that boots Python at once. The configuration travels in the worker's
 * name, where it is readable from the first line on, whatever transport comes later.
 */
export function startWorker(config: IBootConfig): IKernelWorker {
  const file = crossOriginIsolated ? 'coincident.worker.js' : 'comlink.worker.js';
  const url = new URL(file, config.siteUrl);
  url.search = new URL(config.siteUrl).search;
  const worker = new Worker(url, { type: 'module', name: JSON.stringify(config) });
  const state: IKernelWorker = {
    worker,
    ...(crossOriginIsolated && { interrupts: shareInterrupts(worker) })
  };
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = unwrapMessage<FromWorker>(event.data);
    if (message?.type === 'phase') {
      recordPhase(message.name, message.start, message.end);
    } else if (message?.type === 'versions') {
      state.versions = { python: message.python, pyodide: message.pyodide };
    }
  });
  return state;
}

function shareInterrupts(worker: Worker): Uint8Array {
  const buffer = new SharedArrayBuffer(1);
  const message: ToWorker = { type: 'interrupts', buffer };
  worker.postMessage(wrapMessage(message));
  return new Uint8Array(buffer);
}

/** The page's warm worker, if no kernel has taken it yet; else a fresh one. */
export function takeWorker(config: IBootConfig): IKernelWorker {
  const warm = globalThis.llmosBoot?.warm;
  if (warm) {
    globalThis.llmosBoot = { config, warm: null };
    return warm;
  }
  return startWorker(config);
}
