import type { IMined, IMineTask, MineAnswer } from './mineTask';

/** Mines in a worker of its own, which ends with the task or when it is aborted. */
export function mineInWorker(task: IMineTask, signal: AbortSignal): Promise<IMined> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./mine.worker.js', import.meta.url), {
    name: 'evolution.worker'
  });
  return new Promise<IMined>((resolve, reject) => {
    signal.addEventListener(
      'abort',
      () => reject(new DOMException('Mining was stopped.', 'AbortError')),
      { once: true }
    );
    worker.onerror = event =>
      reject(new Error(event.message || 'The worker that mines could not be loaded.'));
    worker.onmessage = ({ data }: MessageEvent<MineAnswer>) => {
      if ('failed' in data) {
        reject(new Error(data.failed));
      } else {
        resolve(data);
      }
    };
    worker.postMessage(task);
  }).finally(() => worker.terminate());
}
