/**
 * `evolution`: how well planted patterns are found again, and how long that takes. Tuned on
 * seeds 1 to 20, reported on 1001 to 1010; see docs/benchmarks.md. `--parts growth,intact`
 * runs only these.
 */
import { join } from 'node:path';
import { createMiner, mine } from '../src/evolution/mine';
import { inTime } from '../src/evolution/traceGraph';
import { timeCommandLine } from './evolution/commandLine';
import type { IHistory, IHistoryOptions } from './evolution/generate';
import { generateHistory } from './evolution/generate';
import {
  connectedPairs,
  neighbourhoods,
  sequences,
  wholeWorkflows,
  type IBaselinePattern
} from './evolution/baselines';
import { createRandom } from './evolution/random';
import { codeOf, scorePatterns, type IScore } from './evolution/score';
import { shuffleTraces } from './evolution/shuffle';
import {
  compared,
  median,
  option,
  report,
  type IResult
} from '../../ui-tests/bench/report';

const SEEDS = Array.from({ length: 10 }, (_, index) => 1001 + index);
const TRACES = 10_000;

const results: IResult[] = [];
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What a prototype reached on three other seeds, with decoys in none of them: pattern
 * growth with a fixed least support, likelihood ratio and the θ-maximal filter. By noise:
 * exact recall, recall at Jaccard 0.8.
 */
const PROTOTYPE: Readonly<Record<string, readonly [number, number]>> = {
  '0.1': [0.93, 0.95],
  '0.2': [0.77, 0.8],
  '0.3': [0.37, 0.48]
};

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
  const add = (
    metric: string,
    value: number,
    unit: string,
    baseline?: number
  ): void => {
    const title = `${name}: ${metric}`;
    results.push(
      baseline === undefined
        ? { metric: title, value, unit }
        : compared(title, unit, value, baseline)
    );
  };
  const [exact, near] = PROTOTYPE[String(options.noise)] ?? [];
  const of = (value: (score: IScore) => number): number => mean(scores.map(value));
  add(
    'exact recall',
    of(score => score.recall),
    'share',
    exact
  );
  add(
    'recall at Jaccard 0.8',
    of(score => score.nearRecall),
    'share',
    near
  );
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

/** Of lists only the skills are known: right when a plant has the same ones. */
function listBaseline(): void {
  const recalls = SEEDS.slice(0, 3).map(seed => {
    const history = generateHistory({ seed, traces: TRACES, mode: 'intact' });
    const first = sequences(history.traces).slice(0, 20);
    const found = new Set(first.map(({ code }) => code));
    const isFound = ({ skills }: { readonly skills: readonly string[] }): boolean =>
      found.has([...skills].sort().join());
    return history.plants.filter(isFound).length / history.plants.length;
  });
  results.push({
    metric: 'baseline n-grams of a topological order, intact: skills of its first 20',
    value: mean(recalls),
    unit: 'share'
  });
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
  const times = new Map<number, number>();
  for (const traces of [1_000, 10_000, 100_000]) {
    const history = generateHistory({ seed: 1001, traces, mode: 'intact' });
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    mine(history.traces);
    const elapsed = performance.now() - start;
    const after = process.memoryUsage().heapUsed;
    times.set(traces, elapsed);
    results.push({ metric: `growth: ${traces} traces`, value: elapsed, unit: 'ms' });
    results.push({
      metric: `growth: ${traces} traces, heap in use after`,
      value: Math.max(0, after - before) / 2 ** 20,
      unit: 'MiB'
    });
  }
  results.push({
    metric: 'growth: each further trace, from 10,000 to 100,000',
    value: ((times.get(100_000) ?? 0) - (times.get(10_000) ?? 0)) / 90_000,
    unit: 'ms'
  });
}

/** What one more run costs in a history that was mined: to take it in, and to mine again. */
function oneMore(): void {
  for (const traces of [1_000, 10_000, 100_000]) {
    const history = generateHistory({
      seed: 1001,
      traces: traces + 50,
      mode: 'intact'
    });
    const runs = inTime(history.traces);
    const miner = createMiner();
    miner.add(runs.slice(0, traces));
    miner.find();
    const adding: number[] = [];
    const answering: number[] = [];
    for (const run of runs.slice(traces)) {
      const start = performance.now();
      miner.add([run]);
      const added = performance.now();
      miner.find();
      adding.push(added - start);
      answering.push(performance.now() - start);
    }
    const of = `after ${traces} traces`;
    results.push(
      { metric: `one more trace ${of}: taken in`, value: median(adding), unit: 'ms' },
      { metric: `one more trace ${of}: mined`, value: median(answering), unit: 'ms' }
    );
  }
}

/** All of the process: its start, reading 100 files, mining, writing JSON. */
function commandLine(): void {
  const bundle = join(process.cwd(), 'skills/dist/llmos.mjs');
  const times = timeCommandLine(bundle, SEEDS.slice(0, 5), TRACES);
  results.push({
    metric: 'command line, start to exit: 10,000 traces',
    value: median(times),
    unit: 'ms'
  });
}

/** The parts by name, in the order in which all of them run. */
const PARTS: Readonly<Record<string, () => void>> = {
  intact: () => quality('intact', { mode: 'intact' }),
  ...Object.fromEntries(
    [0.1, 0.2, 0.3].map(noise => [
      `damaged-${noise}`,
      () => quality(`damaged ν = ${noise}`, { mode: 'damaged', noise })
    ])
  ),
  baselines: () => {
    baselines();
    listBaseline();
  },
  shuffled: falseDiscoveries,
  growth,
  'one-more': oneMore,
  'command-line': commandLine
};

for (const name of option('parts')?.split(',') ?? Object.keys(PARTS)) {
  const part = PARTS[name];
  if (!part) {
    throw new Error(`There is no part "${name}": ${Object.keys(PARTS).join(', ')}.`);
  }
  part();
}
report('evolution', null, results);
