import type { IMined, IMineTask, IPromotables, IPromoteTask } from '@llmos-lab/skills';

/** Mines in a worker of its own, which ends with the task or when it is aborted. */
export function mineInWorker(task: IMineTask, signal: AbortSignal): Promise<IMined> {
  return inWorker<IMined>(task, signal);
}

/** As `mineInWorker`, for skills of teams that have earned a place for everybody. */
export function promoteInWorker(
  task: IPromoteTask,
  signal: AbortSignal
): Promise<IPromotables> {
  return inWorker<IPromotables>(task, signal);
}

function inWorker<T>(task: IMineTask | IPromoteTask, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./mine.worker.js', import.meta.url), {
    name: 'evolution.worker'
  });
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
  }).finally(() => worker.terminate());
}
