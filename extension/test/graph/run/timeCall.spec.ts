/** @jest-environment node */
import type { IPoolWorkerState } from '@llmos-lab/kernel';
import { Signal } from '@lumino/signaling';

import { timeCall } from '../../../src/graph/run/timeCall';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

/** Milliseconds of a call whose worker goes through these states, a second each. */
function timed(...states: readonly IPoolWorkerState[]): number {
  return timedAs({}, ...states);
}

/** The same; at its end the worker stands as `rested`. */
function timedAs(
  rested: IPoolWorkerState,
  ...states: readonly IPoolWorkerState[]
): number {
  const pool = {
    workers: [] as readonly IPoolWorkerState[],
    changed: new Signal<never, void>({} as never)
  };
  const stop = timeCall(pool, 'k');
  for (const state of states) {
    pool.workers = [state];
    pool.changed.emit();
    jest.advanceTimersByTime(1000);
  }
  // A worker rests, and says so, before its call is answered.
  pool.workers = [rested];
  pool.changed.emit();
  return Math.round(stop());
}

it('counts the time of a call from when its worker runs it', () => {
  expect(timed({ key: 'k', loading: '' }, { key: 'k' })).toBe(1000);
  expect(timed({ key: 'k' }, { key: 'k' })).toBe(2000);
});

it('leaves out what a warm worker loads first', () => {
  expect(timed({ key: 'k' }, { key: 'k', loading: 'numpy' }, { key: 'k' })).toBe(1000);
});

it('takes the worker’s own clock, where a busy page hears of all at once', () => {
  expect(timedAs({ last: { key: 'k', ms: 190 } }, { key: 'k', loading: 'scipy' })).toBe(
    190
  );
  expect(timedAs({ last: { key: 'other', ms: 190 } }, { key: 'k' })).toBe(1000);
});

it('takes no time that a worker told of an earlier call with the same key', () => {
  const earlier: IPoolWorkerState = { last: { key: 'k', ms: 190 } };
  const pool = {
    workers: [earlier] as readonly IPoolWorkerState[],
    changed: new Signal<never, void>({} as never)
  };
  const stop = timeCall(pool, 'k');
  jest.advanceTimersByTime(1000);
  pool.workers = [{ ...earlier }, {}];
  expect(Math.round(stop())).toBe(1000);
  pool.workers = [{ ...earlier }, { last: { key: 'k', ms: 250 } }];
  expect(stop()).toBe(250);
});

it('counts all of a call of which no worker tells', () => {
  expect(timed({ key: 'another' }, {})).toBe(2000);
});
