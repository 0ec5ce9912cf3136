import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { Ago } from '../../src/session/panel/Ago';
import { areOfSessions, uncommittedText } from '../../src/session/uncommitted';

const trans = nullTranslator.load('llmos');
const files = (...paths: string[]) => paths.map(path => ({ path }));
const RUN = ['sessions/s-1/session.json', 'sessions/s-1/traces.jsonl'];

describe('uncommittedText', () => {
  it('counts a session once, however many files a run has written', () => {
    expect(uncommittedText(files(...RUN), [], trans)).toBe('1 session not committed');
    expect(areOfSessions(files(...RUN), ['s-1'])).toBe(true);
  });

  it('counts sessions with an edited notebook too, each once', () => {
    const text = uncommittedText(files(...RUN), ['s-1', 's-3'], trans);
    expect(text).toBe('2 sessions not committed');
    expect(uncommittedText([], ['s-3'], trans)).toBe('1 session not committed');
    expect(areOfSessions([], ['s-3'])).toBe(true);
    expect(areOfSessions([], [])).toBe(false);
  });

  it('counts files beside the sessions', () => {
    const mixed = files(...RUN, 'sessions/s-2/chat.jsonl', 'notes.md');
    expect(uncommittedText(mixed, [], trans)).toBe('2 sessions, 1 file not committed');
    expect(areOfSessions(mixed, [])).toBe(false);
    expect(uncommittedText(files('a.md', 'b.md'), [], trans)).toBe(
      '2 files not committed'
    );
  });
});

describe('Ago', () => {
  let seen: ((entries: readonly { isIntersecting: boolean }[]) => void) | undefined;

  beforeEach(() => {
    jest.useFakeTimers();
    class Observer {
      constructor(callback: NonNullable<typeof seen>) {
        seen = callback;
      }
      observe(): void {
        // the test says what is in sight
      }
      disconnect(): void {
        seen = undefined;
      }
    }
    Object.assign(globalThis, { IntersectionObserver: Observer });
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('follows the clock while it is in sight, and not else', () => {
    const host = document.createElement('div');
    const root = createRoot(host);
    act(() => root.render(<Ago time={Date.now()} />));
    expect(host.textContent).toBe('now');
    act(() => {
      seen?.([{ isIntersecting: true }]);
      jest.advanceTimersByTime(120_000);
    });
    expect(host.textContent).toBe('2 minutes ago');
    act(() => {
      seen?.([{ isIntersecting: false }]);
    });
    expect(jest.getTimerCount()).toBe(0);
    act(() => root.unmount());
    expect(seen).toBeUndefined();
  });
});
