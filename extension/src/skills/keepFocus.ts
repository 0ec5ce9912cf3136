import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { Widget } from '@lumino/widgets';

/**
 * Lets a person who types in the panel while the page starts keep on typing there.
 *
 * When nothing is open JupyterLab shows its Launcher at the end of the start and gives
 * it the focus, so that keys meant for the panel would be lost. A Launcher that takes
 * the focus away from the panel at the start gives it back, unless it was clicked.
 */
export function keepFocusAtStart(app: JupyterFrontEnd, panel: Widget): void {
  let wasClicked = false;
  const onPress = (event: Event): void => {
    wasClicked = isInLauncher(event.target);
  };
  const onFocus = ({ target, relatedTarget: left }: FocusEvent): void => {
    if (isInLauncher(target)) {
      stop();
      if (!wasClicked && left instanceof HTMLElement && panel.node.contains(left)) {
        left.focus();
      }
    }
  };
  const stop = (): void => {
    document.removeEventListener('pointerdown', onPress, true);
    document.removeEventListener('focusin', onFocus);
  };
  document.addEventListener('pointerdown', onPress, true);
  document.addEventListener('focusin', onFocus);
  void app.restored.then(() => {
    const open = [...app.shell.widgets('main')];
    if (open.some(widget => !widget.node.querySelector('.jp-Launcher'))) {
      stop(); // With a document open no Launcher comes by itself.
    }
  });
}

function isInLauncher(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.jp-Launcher') !== null;
}
