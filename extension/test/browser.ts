/**
 * What JupyterLab's packages expect of a browser and jsdom lacks. Import it first in a
 * test that loads them.
 */
import { TextDecoder, TextEncoder } from 'node:util';

class DragEventStub extends MouseEvent {}

class PointerEventStub extends MouseEvent {
  constructor(type: string, init: PointerEventInit = {}) {
    super(type, init);
    this.pointerType = init.pointerType ?? '';
  }
  readonly pointerType: string;
}

class ObserverStub {
  observe(): void {
    // jsdom has no layout, so nothing is ever resized or scrolled into view
  }
  unobserve(): void {
    // nothing is observed
  }
  disconnect(): void {
    // nothing is observed
  }
}

const missing: Record<string, unknown> = {
  DragEvent: DragEventStub,
  PointerEvent: PointerEventStub,
  ResizeObserver: ObserverStub,
  IntersectionObserver: ObserverStub,
  TextDecoder,
  TextEncoder,
  structuredClone: (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown,
  matchMedia: () => ({
    matches: false,
    addListener: () => undefined,
    removeListener: () => undefined
  }),
  requestIdleCallback: (run: () => void) => setTimeout(run),
  IS_REACT_ACT_ENVIRONMENT: true
};
Object.defineProperty(navigator, 'clipboard', { value: {} });
for (const [name, value] of Object.entries(missing)) {
  if (!(name in globalThis)) {
    Object.defineProperty(globalThis, name, { value, writable: true });
  }
}
