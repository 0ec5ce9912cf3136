import type { Notebook } from '@jupyterlab/notebook';

import { followCell } from '../../src/notebook/followCell';

describe('followCell', () => {
  let resize: () => void;
  const disconnect = jest.fn();
  const cells = [{}, {}, {}];
  const content = {
    isDisposed: false,
    viewportNode: document.createElement('div'),
    widgets: cells,
    scrollToItem: jest.fn((_index: number, _align: string) => Promise.resolve())
  };

  beforeEach(() => {
    jest.clearAllMocks();
    content.widgets = cells;
    globalThis.ResizeObserver = class {
      constructor(callback: ResizeObserverCallback) {
        resize = () => callback([], this);
      }
      // As in browsers, which tell of the first size.
      observe = () => resize();
      unobserve = jest.fn();
      disconnect = disconnect;
    };
    followCell(content as unknown as Notebook, 1);
  });

  afterEach(
    () => void document.body.dispatchEvent(new Event('wheel', { bubbles: true }))
  );

  it('shows a cell again while cells grow, also where others come above it', () => {
    resize();
    content.widgets = [{}, ...cells];
    resize();
    expect(content.scrollToItem.mock.calls).toEqual([
      [1, 'auto'],
      [1, 'auto'],
      [2, 'auto']
    ]);
    expect(disconnect).not.toHaveBeenCalled();
  });

  it.each(['keydown', 'pointerdown', 'wheel'])('ends with a %s', type => {
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
    expect(disconnect).toHaveBeenCalledTimes(1);
    document.body.dispatchEvent(new Event(type, { bubbles: true }));
    expect(disconnect).toHaveBeenCalledTimes(1);
  });

  it('ends with its cell', () => {
    content.widgets = [{}];
    resize();
    expect(disconnect).toHaveBeenCalledTimes(1);
    expect(content.scrollToItem).toHaveBeenCalledTimes(1);
  });
});
