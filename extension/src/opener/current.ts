import type { ILabShell } from '@jupyterlab/application';
import type { Widget } from '@lumino/widgets';

/**
 * Makes a document that is seen current where none is, or where the current one is hidden
 * behind it. JupyterLab's shell goes by the focus alone, and a page whose window lies behind
 * another one, or whose browser has the focus in its address bar, is told of none: Save, the
 * status bar and whoever waits for a first document would act on the one before, if any,
 * until somebody clicks.
 */
export function keepCurrent(
  shell: Pick<ILabShell, 'currentWidget' | 'layoutModified' | 'widgets'>
): void {
  let before: readonly Widget[] = [];
  shell.layoutModified.connect(() => {
    const seen = [...shell.widgets('main')].filter(({ isVisible }) => isVisible);
    if (!shell.currentWidget?.isVisible) {
      const opened = seen.find(each => !before.includes(each)) ?? seen[0];
      // What all trackers of the shell listen for; nothing of the page gets the focus by it.
      opened?.node.dispatchEvent(new FocusEvent('focus'));
    }
    before = seen;
  });
}
