import type { ILabShell } from '@jupyterlab/application';
import type { Widget } from '@lumino/widgets';

/**
 * Makes a document that is seen current where none is, or where the current one is hidden
 * behind it. In JupyterLab 4.6 the shell and the trackers of documents
 * (`application/src/shell.ts`, `apputils/src/widgettracker.ts`) go by Lumino's
 * `FocusTracker` alone, which hears the event `focus` of each document's node. A page whose
 * window lies behind another one, or whose browser has the focus in its address bar, gets
 * none: Save, the status bar and whoever waits for a first document would act on the one
 * before, if any, until somebody clicks. Nothing public of the shell makes a document
 * current otherwise, so that event is sent to its node.
 */
export function keepCurrent(
  shell: Pick<ILabShell, 'currentWidget' | 'layoutModified' | 'widgets'>
): void {
  let before: readonly Widget[] = [];
  shell.layoutModified.connect(() => {
    const seen = [...shell.widgets('main')].filter(({ isVisible }) => isVisible);
    if (!shell.currentWidget?.isVisible) {
      const opened = seen.find(each => !before.includes(each)) ?? seen[0];
      // It tells of a focus and gives none: who types elsewhere goes on there.
      opened?.node.dispatchEvent(new FocusEvent('focus'));
    }
    before = seen;
  });
}
