import '../../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { Elapsed } from '../../../src/graph/status/Elapsed';

const trans = nullTranslator.load('llmos');

describe('Elapsed', () => {
  let node: HTMLElement;
  let root: Root;

  beforeAll(() => Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }));
  beforeEach(() => {
    jest.useFakeTimers();
    node = document.createElement('div');
    root = createRoot(node);
  });
  afterEach(() => {
    act(() => root.unmount());
    setHidden(false);
    jest.useRealTimers();
  });

  const setHidden = (isHidden: boolean): void => {
    Object.defineProperty(document, 'hidden', { value: isHidden, configurable: true });
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
  };
  const show = (expectedMs?: number): void =>
    act(() =>
      root.render(
        <Elapsed startedAt={Date.now()} expectedMs={expectedMs} trans={trans} />
      )
    );
  const wait = (ms: number): void => act(() => jest.advanceTimersByTime(ms));

  it('counts on each second, beside what is expected', () => {
    show(5000);
    expect(node.textContent).toBe('0 s of about 5 s');
    wait(2000);
    expect(node.textContent).toBe('2 s of about 5 s');
  });

  it('promises nothing once it takes longer, or where nothing is known', () => {
    show(1500);
    wait(3000);
    expect(node.textContent).toBe('3 s');
    show();
    expect(node.textContent).toBe('0 s');
  });

  it('stands still while the page is hidden', () => {
    show();
    setHidden(true);
    expect(jest.getTimerCount()).toBe(0);
    wait(4000);
    expect(node.textContent).toBe('0 s');
    setHidden(false);
    expect(node.textContent).toBe('4 s');
  });
});
