import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { tellError } from '../addCommand';

/** Says what was done, with a button that takes it back; what then fails is told too. */
export function offerUndo(
  trans: TranslationBundle,
  text: string,
  undo: () => Promise<void>
): void {
  const label = trans.__('Undo');
  const callback = (): void => {
    undo().catch((error: unknown) => tellError(trans, label, error));
  };
  Notification.success(text, { autoClose: 10_000, actions: [{ label, callback }] });
}
