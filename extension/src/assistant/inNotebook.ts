import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { isReadOnly, readOnlyReason } from '../notebook/readOnly';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';

/** Inserts something into the notebook in front; a failure is told here. */
export function inNotebook(
  {
    notebooks,
    trans
  }: {
    readonly notebooks: Pick<INotebookTracker, 'currentWidget'>;
    readonly trans: TranslationBundle;
  },
  insert: (panel: NotebookPanel) => unknown
): void {
  const panel = notebooks.currentWidget;
  if (!panel) {
    Notification.warning(trans.__('No notebook is open. Open one and try again.'), {
      autoClose: STAYS.warning
    });
    return;
  }
  try {
    if (isReadOnly(panel)) {
      throw new Error(readOnlyReason(trans));
    }
    insert(panel);
  } catch (error) {
    const reason = reasonOf(error);
    Notification.error(trans.__('Nothing was inserted: %1', reason), {
      autoClose: STAYS.error
    });
  }
}
