import type { Toolbar } from '@jupyterlab/ui-components';

/** How long a toolbar waits with what it does after changes, in milliseconds. */
const REST_MS = 400;

/** The toolbar's element, which is one of `@jupyter/web-components`. */
interface IToolbarElement {
  /** Finds the items that arrow keys reach. */
  reduceFocusableElements: () => void;
}

/**
 * Lets a toolbar look for the items that arrow keys reach a few times a second only. It
 * does so at each change of any element in it, by measuring all of them, which lays the
 * whole page out; and the kernel's indicator in it changes with every cell that runs.
 */
export function calmToolbar(toolbar: Toolbar): void {
  const element = toolbar.node as Partial<IToolbarElement>;
  const { reduceFocusableElements: reduce } = element;
  if (!reduce) {
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  element.reduceFocusableElements = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      reduce.call(element);
    }, REST_MS);
  };
  toolbar.disposed.connect(() => clearTimeout(timer));
}
