/** @jest-environment node */
import { staleNeeds } from '../../../src/graph/sweep/staleNeeds';
import type { ICellState } from '../../../src/graph/run/tokens';

it('runs above a sweep only what is not current', () => {
  const states = new Map<string, ICellState>([
    ['done', { status: 'done' }],
    ['cached', { status: 'cached' }],
    ['stale', { status: 'stale' }],
    ['idle', { status: 'idle' }],
    ['failed', { status: 'failed' }]
  ]);
  const needs = [...states.keys(), 'gone'];
  expect(staleNeeds({ needs }, { states })).toEqual([
    'stale',
    'idle',
    'failed',
    'gone'
  ]);
});
