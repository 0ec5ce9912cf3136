import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** How long work tells how far it is, and hears that it is to stop. */
export interface IWatch {
  readonly signal: AbortSignal;
  /** `share` from 0 to 1. */
  progress(share: number): void;
}

/** So much more must be done before it is drawn again. */
const STEP = 0.01;

/**
 * Shows work with how far it is and a way to stop it.
 *
 * @returns what the work gives, or null when it was stopped
 */
export async function showProgress<T>(
  text: string,
  trans: TranslationBundle,
  work: (watch: IWatch) => Promise<T>
): Promise<T | null> {
  const stop = new AbortController();
  const label = trans.__('Stop');
  const id = Notification.emit(text, 'in-progress', {
    ...{ autoClose: false, progress: 0 },
    actions: [{ label, callback: () => stop.abort() }]
  });
  let shown = 0;
  const progress = (share: number): void => {
    if (share - shown >= STEP) {
      shown = share;
      Notification.update({ id, message: text, progress: Math.min(1, share) });
    }
  };
  try {
    return await work({ signal: stop.signal, progress });
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) {
      return null;
    }
    throw error;
  } finally {
    Notification.dismiss(id);
  }
}

/** A part of some work as work of its own. */
export function partOf(watch: IWatch, from: number, to: number): IWatch {
  return {
    signal: watch.signal,
    progress: share => watch.progress(from + share * (to - from))
  };
}
