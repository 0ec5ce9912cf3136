/** Steps of a kernel's start, each kept as a `performance.measure` named `llmos:…`. */
export type PhaseName =
  'pyodide' | 'python-bundle' | 'ipython' | 'snapshot' | 'kernel-ready';

/**
 * Puts a phase on this page's timeline. Start and end are milliseconds since the Unix
 * epoch, because a worker's own clock starts with the worker.
 */
export function recordPhase(name: PhaseName, start: number, end: number): void {
  const origin = performance.timeOrigin;
  performance.measure(`llmos:${name}`, {
    start: Math.max(0, start - origin),
    end: Math.max(0, end - origin)
  });
}

/** Now, in milliseconds since the Unix epoch, with sub-millisecond digits. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now();
}
