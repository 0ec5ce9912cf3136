import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { flushSync } from 'react-dom';

/**
 * Body of a dialog, drawn before the dialog looks in it for the field that takes the focus.
 * JupyterLab's own draws when there is time: the dialog may look before that, find no field,
 * and leave the focus behind itself.
 */
export abstract class DialogBody extends ReactWidget {
  protected override onUpdateRequest(message: Message): void {
    // Right after this task: what is drawn may tell the dialog, which listens by then.
    this.renderPromise = Promise.resolve().then(() => {
      if (this.isAttached) {
        flushSync(() => super.onUpdateRequest(message));
      }
    });
  }
}
