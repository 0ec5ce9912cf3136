import type { IStopSignal } from './learnOptions';

/** Ends work that was stopped, as the signals of browsers end theirs. */
export function stopIf(signal: IStopSignal): void {
  if (signal.aborted) {
    throw Object.assign(new Error('The run was stopped.'), { name: 'AbortError' });
  }
}
