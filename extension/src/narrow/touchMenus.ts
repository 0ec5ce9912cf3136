/**
 * Lets a finger choose an item of a menu. The Lumino that JupyterLite brings takes only the
 * item under a pointer that has moved, which that of a tap has not
 * (https://github.com/jupyterlab/jupyterlab/issues/19124); a later one does so by itself.
 *
 * The tap's `click` is what is waited for, the last of its events: a menu that is gone
 * before would leave it to what is under the menu.
 *
 * @returns what ends it
 */
export function tapMenus(document: Document): () => void {
  const onClick = (event: MouseEvent): void => {
    const { target, pointerType } = event as PointerEvent;
    const item = target instanceof Element ? target.closest('.lm-Menu-item') : null;
    if (item && pointerType === 'touch') {
      event.preventDefault();
      event.stopPropagation();
      for (const type of ['pointermove', 'pointerup']) {
        const { clientX, clientY } = event;
        const init = { bubbles: true, cancelable: true, clientX, clientY };
        item.dispatchEvent(new PointerEvent(type, init));
      }
    }
  };
  document.addEventListener('click', onClick, true);
  return () => document.removeEventListener('click', onClick, true);
}
