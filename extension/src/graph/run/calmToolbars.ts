/** How long a toolbar waits with what it does after changes, in milliseconds. */
const REST_MS = 400;

/** The element of a toolbar, which is one of `@jupyter/web-components`. */
interface IToolbarElement extends HTMLElement {
  /** Finds the items that arrow keys reach. */
  reduceFocusableElements: () => void;
}

/**
 * Lets toolbars look for the items that arrow keys reach a few times a second only. Each
 * does so at every change of any element in it, by measuring all of them, which lays the
 * whole page out: dozens of times while the page starts, in side bars that nobody has
 * opened too, and with every cell that runs, as the kernel's indicator changes.
 */
export function calmToolbars(): void {
  const prototype = customElements.get('jp-toolbar')?.prototype as
    Partial<IToolbarElement> | undefined;
  const reduce = prototype?.reduceFocusableElements;
  if (!prototype || !reduce) {
    return;
  }
  /** The toolbars that have looked once, and whether they are to look again. */
  const waits = new WeakMap<IToolbarElement, boolean>();
  prototype.reduceFocusableElements = function (this: IToolbarElement): void {
    const waiting = waits.get(this);
    if (waiting === undefined) {
      waits.set(this, false);
      reduce.call(this);
    } else if (!waiting) {
      waits.set(this, true);
      setTimeout(() => {
        waits.set(this, false);
        if (this.isConnected) {
          reduce.call(this);
        }
      }, REST_MS);
    }
  };
}
