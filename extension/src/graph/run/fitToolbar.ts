import type { Toolbar } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

/** The toolbar drops resizes that follow another within half a second. */
const QUIET_MS = 600;

/**
 * Tells a toolbar its size once more when that has settled. Without it the items that have
 * no room, when side panels open while a notebook loads, fall onto the first cell.
 */
export function fitToolbar(toolbar: Toolbar): void {
  const { node } = toolbar;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fit = (): void => {
    if (toolbar.isVisible) {
      const message = new Widget.ResizeMessage(node.offsetWidth, node.offsetHeight);
      MessageLoop.sendMessage(toolbar, message);
    }
  };
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(fit, QUIET_MS);
  });
  observer.observe(node);
  toolbar.disposed.connect(() => {
    clearTimeout(timer);
    observer.disconnect();
  });
}
