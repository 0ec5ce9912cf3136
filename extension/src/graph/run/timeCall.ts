import type { IWorkerPool } from '@llmos-lab/kernel';

/**
 * Times a call that the pool is given now, from when a worker runs it: what that one needs
 * to start, or loads first, is no time of the call. What is returned ends it, and gives
 * the milliseconds: by the worker's own clock, since a busy page hears late of what it
 * does; those since now where no worker has told of the call.
 */
export function timeCall(
  pool: Pick<IWorkerPool, 'workers' | 'changed'> | null | undefined,
  key: string
): () => number {
  let begun: number | undefined;
  const asked = performance.now();
  // The same call may have run before: a worker tells of each with an object of its own.
  const before = new Set(pool?.workers.map(({ last }) => last));
  const onChanged = (): void => {
    const worker = pool?.workers.find(each => each.key === key);
    if (worker) {
      // A warm worker, too, may load packages first.
      begun = worker.loading === undefined ? (begun ?? performance.now()) : undefined;
    }
  };
  pool?.changed.connect(onChanged);
  return () => {
    pool?.changed.disconnect(onChanged);
    const told = pool?.workers
      .map(({ last }) => last)
      .find(last => last?.key === key && !before.has(last));
    return told?.ms ?? performance.now() - (begun ?? asked);
  };
}
