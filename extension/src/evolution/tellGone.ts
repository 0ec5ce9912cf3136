import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

/**
 * Says what a person has taken away, and what follows, with the way back.
 *
 * @returns the notification's id
 */
export function tellGone(
  words: readonly string[],
  undo: () => void,
  trans: TranslationBundle
): string {
  return Notification.success(words.join(' '), {
    autoClose: 15_000,
    actions: [{ label: trans.__('Undo'), callback: undo }]
  });
}

/** What follows for the workflow of a learned skill that is refused. */
export function notAgain(trans: TranslationBundle): string {
  return trans.__(
    'Its workflow is not proposed until you press Propose again in the panel.'
  );
}
