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

/**
 * An update of a toast is drawn three timers later, of 100 ms at most, and brings one back
 * that was closed meanwhile; one that was updated early may also never count down to its
 * end. As many turns of that length, and one more, end after it in any case, also where
 * the browser slows the timers of a page that is not in front.
 */
const [TURNS, TURN_MS] = [4, 100];

/**
 * Shows work with how far it is and a way to stop it, for as long as it lasts; what came
 * of it is told by who began it.
 *
 * @returns what the work gives, or null when it was stopped
 */
export async function showProgress<T>(
  text: string,
  trans: TranslationBundle,
  work: (watch: IWatch) => Promise<T>
): Promise<T | null> {
  const stop = new AbortController();
  const callback = (event: MouseEvent): void => {
    stop.abort();
    // Else JupyterLab closes it at once, before what is still to be drawn.
    event.preventDefault();
  };
  const actions = [{ label: trans.__('Stop'), callback }];
  const id = Notification.emit(text, 'in-progress', { autoClose: false, actions });
  let shown = 0;
  let isOver = false;
  const progress = (share: number): void => {
    if (!isOver && share - shown >= STEP) {
      shown = share;
      const percent = Math.round(100 * Math.min(1, share));
      const message = trans.__('%1 %2 %', text, percent);
      Notification.update({ id, message, autoClose: false, actions });
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
    isOver = true;
    void dismissLate(id);
  }
}

async function dismissLate(id: string): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise(done => setTimeout(done, TURN_MS));
  }
  Notification.dismiss(id);
}

/** A part of some work as work of its own. */
export function partOf(watch: IWatch, from: number, to: number): IWatch {
  return {
    signal: watch.signal,
    progress: share => watch.progress(from + share * (to - from))
  };
}
