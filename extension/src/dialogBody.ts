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

/** The same, of an element that says by itself when it changes. */
export function bodyOf(element: JSX.Element): DialogBody {
  return new ElementBody(element);
}

class ElementBody extends DialogBody {
  constructor(private readonly _element: JSX.Element) {
    super();
  }

  protected override render(): JSX.Element {
    return this._element;
  }
}
