import type { Notebook } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import { keepInSight } from '../../src/notebook/keepInSight';

describe('keepInSight', () => {
  let resize: () => void;
  const disconnect = jest.fn();

  beforeEach(() => {
    disconnect.mockClear();
    globalThis.ResizeObserver = class {
      constructor(callback: ResizeObserverCallback) {
        resize = () => callback([], this);
      }
      observe = jest.fn();
      unobserve = jest.fn();
      disconnect = disconnect;
    };
  });

  /** A notebook seen from 100 down whose last cell ends at a place. */
  function notebookTo(bottom: number, height = 500) {
    const outerNode = document.createElement('div');
    const node = document.createElement('div');
    outerNode.append(node);
    document.body.replaceChildren(outerNode);
    Object.defineProperty(outerNode, 'clientHeight', { value: height });
    outerNode.getBoundingClientRect = () => new DOMRect(0, 100, 10, height);
    node.getBoundingClientRect = () => new DOMRect(0, bottom - 40, 10, 40);
    const content = {
      ...{ outerNode, viewportNode: node, widgets: [{}, { node }] },
      ...{ activeCellIndex: 1, scrollToItem: jest.fn(() => Promise.resolve()) }
    };
    const disposed = new Signal<object, void>(content);
    keepInSight(Object.assign(content, { disposed }) as unknown as Notebook);
    return { ...content, disposed };
  }

  it.each([
    ['above the sight', 60, 1],
    ['in sight by a few pixels', 105, 1],
    ['in sight', 130, 0],
    ['below it', 900, 0]
  ])('scrolls where the last cell ends %s: %d', (_, bottom, times) => {
    const { scrollToItem } = notebookTo(bottom);
    resize();
    expect(scrollToItem).toHaveBeenCalledTimes(times);
  });

  it('leaves a notebook alone that is hidden', () => {
    const { scrollToItem } = notebookTo(60, 0);
    resize();
    expect(scrollToItem).not.toHaveBeenCalled();
  });

  it('ends with the notebook', () => {
    notebookTo(60).disposed.emit();
    expect(disconnect).toHaveBeenCalledTimes(1);
  });
});
