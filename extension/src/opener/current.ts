import type { ILabShell } from '@jupyterlab/application';

/**
 * Makes the document that is seen current where nothing is. JupyterLab's shell goes by the
 * focus alone, and a page whose window lies behind another one, or whose browser has the
 * focus in its address bar, is told of none: Save, the status bar and whoever waits for a
 * first document would stay as they are until somebody clicks.
 */
export function keepCurrent(
  shell: Pick<ILabShell, 'currentWidget' | 'layoutModified' | 'widgets'>
): void {
  shell.layoutModified.connect(() => {
    if (shell.currentWidget) {
      return;
    }
    const seen = [...shell.widgets('main')].find(({ isVisible }) => isVisible);
    // What all trackers of the shell listen for; nothing of the page gets the focus by it.
    seen?.node.dispatchEvent(new FocusEvent('focus'));
  });
}
