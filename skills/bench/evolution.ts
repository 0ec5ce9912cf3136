/**
 * `evolution`: how well planted patterns are found again, and how long that takes. Tuned on
 * seeds 1 to 20, reported on 1001 to 1010; see docs/benchmarks.md.
 */
import { mine } from '../src/evolution/mine';
import type { IHistory, IHistoryOptions } from './evolution/generate';
import { generateHistory } from './evolution/generate';
import {
  connectedPairs,
  neighbourhoods,
  wholeWorkflows,
  type IBaselinePattern
} from './evolution/baselines';
import { createRandom } from './evolution/random';
import { codeOf, scorePatterns, type IScore } from './evolution/score';
import { shuffleTraces } from './evolution/shuffle';
import { median, report, type IResult } from '../../ui-tests/bench/report';

const SEEDS = Array.from({ length: 10 }, (_, index) => 1001 + index);
const TRACES = 10_000;

const results: IResult[] = [];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mines the histories of all seeds and notes quality and time. */
function quality(
  name: string,
  options: Omit<IHistoryOptions, 'seed' | 'traces'>
): void {
  const scores: IScore[] = [];
  const times: number[] = [];
  for (const seed of SEEDS) {
    const history = generateHistory({ ...options, seed, traces: TRACES });
    const start = performance.now();
    const patterns = mine(history.traces);
    times.push(performance.now() - start);
    scores.push(scorePatterns(history, patterns));
  }
  const add = (metric: string, value: number, unit: string): void => {
    results.push({ metric: `${name}: ${metric}`, value, unit });
  };
  add('exact recall', mean(scores.map(score => score.recall)), 'share');
  add('recall at Jaccard 0.8', mean(scores.map(score => score.nearRecall)), 'share');
  add('precision', mean(scores.map(score => score.precision)), 'share');
  add(
    'precision of the first 20',
    mean(scores.map(score => score.precision20)),
    'share'
  );
  add(
    'decoys reported, all seeds',
    scores.reduce((sum, s) => sum + s.decoys, 0),
    'of 60'
  );
  add('time for 10,000 traces', median(times), 'ms');
  if (options.mode === 'intact') {
    add(
      'worst learned default',
      Math.max(...scores.map(s => s.worstDefault)),
      'relative'
    );
  }
}

/** Recall and precision of simpler miners, their 20 most frequent patterns. */
function baselines(): void {
  const miners: readonly [
    string,
    (history: IHistory) => readonly IBaselinePattern[]
  ][] = [
    ['whole workflows', ({ traces }) => wholeWorkflows(traces)],
    ['connected pairs', ({ traces }) => connectedPairs(traces)],
    ['node and what it feeds', ({ traces }) => neighbourhoods(traces)]
  ];
  for (const [name, miner] of miners) {
    const recalls = SEEDS.slice(0, 3).map(seed => {
      const history = generateHistory({ seed, traces: TRACES, mode: 'intact' });
      const codes = new Set(
        miner(history)
          .slice(0, 20)
          .map(({ code }) => code)
      );
      return history.plants.filter(plant => codes.has(codeOf(plant))).length / 20;
    });
    results.push({
      metric: `baseline ${name}, intact: exact recall of its first 20`,
      value: mean(recalls),
      unit: 'share'
    });
  }
}

/** What is found where there is nothing to find. */
function falseDiscoveries(): void {
  const found = SEEDS.map(seed => {
    const { traces } = generateHistory({ seed, traces: TRACES, mode: 'intact' });
    return mine(shuffleTraces(traces, createRandom(seed))).length;
  });
  results.push({
    metric: 'shuffled traces: patterns found',
    value: mean(found),
    unit: 'mean of 10 histories'
  });
}

/** Time and memory as the history grows. */
function growth(): void {
  for (const traces of [1_000, 10_000, 100_000]) {
    const history = generateHistory({ seed: 1001, traces, mode: 'intact' });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    mine(history.traces);
    const elapsed = performance.now() - start;
    const after = process.memoryUsage().heapUsed;
    results.push({ metric: `growth: ${traces} traces`, value: elapsed, unit: 'ms' });
    results.push({
      metric: `growth: ${traces} traces, heap in use after`,
      value: Math.max(0, after - before) / 2 ** 20,
      unit: 'MiB'
    });
  }
}

quality('intact', { mode: 'intact' });
for (const noise of [0.1, 0.2, 0.3]) {
  quality(`damaged ν = ${noise}`, { mode: 'damaged', noise });
}
baselines();
falseDiscoveries();
growth();
report('evolution', null, results);
