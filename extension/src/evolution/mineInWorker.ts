import type { IMined, IMineTask, IPromotables, IPromoteTask } from '@llmos-lab/skills';

/** Workers kept, each with the history of a volume: some hundred megabytes when long. */
const MOST_KEPT = 2;

/** Workers that wait for the next task, by volume, the one used longest ago first. */
const kept = new Map<string, Worker>();

/**
 * Mines in the volume's own worker. It stays, and remembers what it has mined, so that the
 * next run reads only what has come; an aborted task, or one that fails, ends it.
 */
export async function mineInWorker(
  task: IMineTask,
  signal: AbortSignal,
  volume: string
): Promise<IMined> {
  signal.throwIfAborted();
  const worker = kept.get(volume) ?? startWorker();
  kept.delete(volume);
  try {
    const mined = await ask<IMined>(worker, task, signal);
    kept.get(volume)?.terminate();
    kept.set(volume, worker);
    for (const [name, old] of [...kept].slice(0, -MOST_KEPT)) {
      old.terminate();
      kept.delete(name);
    }
    return mined;
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

/** Finds skills of teams that have earned a place for everybody, in a worker of its own. */
export async function promoteInWorker(
  task: IPromoteTask,
  signal: AbortSignal
): Promise<IPromotables> {
  signal.throwIfAborted();
  const worker = startWorker();
  try {
    return await ask<IPromotables>(worker, task, signal);
  } finally {
    worker.terminate();
  }
}

function startWorker(): Worker {
  return new Worker(new URL('./mine.worker.js', import.meta.url), {
    name: 'evolution.worker'
  });
}

/** One task and its answer. */
function ask<T>(
  worker: Worker,
  task: IMineTask | IPromoteTask,
  signal: AbortSignal
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(new DOMException('Mining was stopped.', 'AbortError')),
      { once: true }
    );
    worker.onerror = event =>
      reject(new Error(event.message || 'The worker that mines could not be loaded.'));
    worker.onmessage = ({ data }: MessageEvent<T | { readonly failed: string }>) => {
      if (typeof data === 'object' && data !== null && 'failed' in data) {
        reject(new Error(data.failed));
      } else {
        resolve(data);
      }
    };
    worker.postMessage(task);
  });
}
