/**
 * The name of an error's class. The site's kernel gives the class as Python prints it,
 * `<class 'ZeroDivisionError'>`, where others give the name alone.
 */
export function errorName(name: string): string {
  return /^<class '(?:[^']*\.)?([^'.]+)'>$/.exec(name)?.[1] ?? name;
}

/** JupyterLite's error of a request that was interrupted before the kernel had it. */
export const QUEUE_INTERRUPT = 'Kernel Interrupt';

const STOPS: ReadonlySet<string> = new Set([
  'KeyboardInterrupt',
  QUEUE_INTERRUPT,
  // ipykernel's, where a cell awaits.
  'CancelledError'
]);

/** Whether an error of this name says that somebody has stopped the code: no fault. */
export function isStop(name: string): boolean {
  return STOPS.has(name);
}
