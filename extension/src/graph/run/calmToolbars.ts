import { whenIdle } from '../../whenIdle';

/** How long a toolbar waits with what it does after changes, in milliseconds. */
const REST_MS = 400;

/** The element of a toolbar, which is one of `@jupyter/web-components`. */
interface IToolbarElement extends HTMLElement {
  /** Finds the items that arrow keys reach. */
  reduceFocusableElements: () => void;
}

/**
 * Lets toolbars look for the items that arrow keys reach a few times a second only, when
 * the page has nothing else to do. Each does so at every change of any element in it, by
 * measuring all of them, which lays the whole page out: dozens of times while the page
 * starts, in side bars that nobody has opened too, in the bar of each cell that is turned
 * to, and with every cell that runs, as the kernel's indicator changes. Until it has
 * looked, each of its items is reached by Tab.
 */
export function calmToolbars(): void {
  const prototype = customElements.get('jp-toolbar')?.prototype as
    Partial<IToolbarElement> | undefined;
  const reduce = prototype?.reduceFocusableElements;
  if (!prototype || !reduce) {
    return;
  }
  const waiting = new WeakSet<IToolbarElement>();
  prototype.reduceFocusableElements = function (this: IToolbarElement): void {
    if (!waiting.has(this)) {
      waiting.add(this);
      void rested().then(() => {
        waiting.delete(this);
        if (this.isConnected) {
          reduce.call(this);
        }
      });
    }
  };
}

async function rested(): Promise<void> {
  await new Promise(done => setTimeout(done, REST_MS));
  await whenIdle();
}
