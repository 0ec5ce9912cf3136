import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** How long work tells how far it is, and hears that it is to stop. */
export interface IWatch {
  readonly signal: AbortSignal;
  /** `share` from 0 to 1. */
  progress(share: number): void;
}

/** So much more must be done before it is drawn again. */
const STEP = 0.05;

/** Milliseconds that its end is in sight; what came of it is told by who began it. */
const ENDED = 3000;

/**
 * Shows work with how far it is and a way to stop it, and for a moment how it ended.
 *
 * @returns what the work gives, or null when it was stopped
 */
export async function showProgress<T>(
  text: string,
  trans: TranslationBundle,
  work: (watch: IWatch) => Promise<T>
): Promise<T | null> {
  const stop = new AbortController();
  const actions = [{ label: trans.__('Stop'), callback: () => stop.abort() }];
  const id = Notification.emit(text, 'in-progress', { autoClose: false, actions });
  let shown = 0;
  const progress = (share: number): void => {
    if (share - shown >= STEP) {
      shown = share;
      const percent = Math.round(100 * Math.min(1, share));
      const message = trans.__('%1 %2 %', text, percent);
      Notification.update({ id, message, autoClose: false, actions });
    }
  };
  // Not dismissed: JupyterLab draws an update a moment later, and would bring it back.
  const end = (message: string, type: 'success' | 'info' | 'error'): void => {
    Notification.update({ id, message, type, autoClose: ENDED, actions: [] });
  };
  try {
    const result = await work({ signal: stop.signal, progress });
    end(trans.__('%1 done', text), 'success');
    return result;
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) {
      end(trans.__('%1 stopped', text), 'info');
      return null;
    }
    end(trans.__('%1 failed', text), 'error');
    throw error;
  }
}

/** A part of some work as work of its own. */
export function partOf(watch: IWatch, from: number, to: number): IWatch {
  return {
    signal: watch.signal,
    progress: share => watch.progress(from + share * (to - from))
  };
}
