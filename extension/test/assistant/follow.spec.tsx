import '../browser';

import * as React from 'react';
import { createRoot } from 'react-dom/client';

import { useFollow } from '../../src/assistant/panel/follow';

const { act } = React;

/** A list of 1,000 pixels, of which 100 are in sight. */
function List({ newest }: { readonly newest: string }): React.JSX.Element {
  const host = React.useRef<HTMLDivElement>(null);
  const follow = useFollow(host, newest);
  React.useLayoutEffect(follow.toEnd);
  return <div ref={host} className="list" {...follow.handlers} />;
}

describe('useFollow', () => {
  const host = document.createElement('div');
  const root = createRoot(host);
  const list = (): HTMLElement => host.querySelector<HTMLElement>('.list') ?? host;
  const show = (newest = 'a'): void =>
    act(() => root.render(<List {...{ newest }} key="list" />));
  const scrollTo = (top: number): void =>
    act(() => {
      list().scrollTop = top;
      list().dispatchEvent(new Event('scroll', { bubbles: true }));
    });
  const press = (type: string): void =>
    act(() => void list().dispatchEvent(new Event(type, { bubbles: true })));

  beforeAll(() => document.body.append(host));
  afterAll(() => act(() => root.unmount()));
  beforeEach(() => {
    show();
    Object.defineProperties(list(), {
      scrollHeight: { value: 1000, configurable: true },
      clientHeight: { value: 100, configurable: true }
    });
    scrollTo(900);
  });

  it('follows the end also after the list has scrolled by itself', () => {
    scrollTo(500);
    show();
    expect(list().scrollTop).toBe(1000);
  });

  it.each(['wheel', 'touchmove', 'keydown', 'pointerdown'])(
    'stays where the person has gone by %s, and follows once they are back',
    type => {
      press(type);
      scrollTo(500);
      show();
      expect(list().scrollTop).toBe(500);
      scrollTo(890);
      show();
      expect(list().scrollTop).toBe(1000);
    }
  );

  it('follows when a pointer was pressed and let go before the list scrolled', () => {
    press('pointerdown');
    act(() => void document.dispatchEvent(new Event('pointerup')));
    scrollTo(500);
    show();
    expect(list().scrollTop).toBe(1000);
  });

  it('shows a new message wherever the person is', () => {
    press('wheel');
    scrollTo(100);
    show('b');
    expect(list().scrollTop).toBe(1000);
  });
});
