/**
 * `native`: `python -m llmos run` of a notebook with two independent calls, each some
 * three seconds of computing, on every engine with two workers, in turns. The work is
 * counted, not clocked: on one core all engines take the same time. Cells: from the first
 * cell's start to the last one's end, as the trace has it; command: with the start of
 * Python, the workers and the cluster. Then a sweep of 24 calls of a quarter of a second.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  compared,
  median,
  option,
  report,
  type IResult
} from '../../ui-tests/bench/report';
import { WORK_SKILL } from '../../ui-tests/bench/work';

const PYTHON = resolve(
  process.platform === 'win32' ? '.venv/Scripts/python.exe' : '.venv/bin/python'
);
const PACKAGES = resolve('kernel/py');
const ENGINES = ['local', 'processes', 'dask'] as const;
const ROUNDS = Number(option('rounds') ?? 3);
const POINTS = 24;

type Engine = (typeof ENGINES)[number];

/** Prints how many steps the skill does in a second. */
const CALIBRATE = `
import time
from llmos import skill
times = []
for seed in range(4):
    start = time.perf_counter()
    skill("work").sync(steps=1_000_000, seed=seed)
    times.append(time.perf_counter() - start)
print(round(1_000_000 / min(times)))
`;

interface ITimes {
  /** Milliseconds. */
  readonly cells: number;
  readonly command: number;
}

function runPython(folder: string, args: readonly string[]): string {
  const env = { ...process.env, PYTHONPATH: PACKAGES, LLMOS_VOLUMES_PATH: folder };
  return execFileSync(PYTHON, args, { cwd: folder, env, encoding: 'utf8' });
}

function writeNotebook(path: string, sources: readonly string[]): void {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    id: `c${index}`,
    metadata: {},
    source,
    outputs: [],
    execution_count: null
  }));
  const notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(path, JSON.stringify(notebook));
}

/** Runs the notebook with nothing cached. */
function time(folder: string, engine: Engine, more: readonly string[] = []): ITimes {
  const start = performance.now();
  runPython(folder, [
    ...['-m', 'llmos', 'run', 'n.ipynb', '--engine', engine, '--workers', '2'],
    ...['--quiet', '--no-cache', ...more]
  ]);
  const command = performance.now() - start;
  const traces = join(folder, 'n.run.traces.jsonl');
  const [first] = readFileSync(traces, 'utf8').split('\n');
  rmSync(traces);
  return { cells: (JSON.parse(first ?? '') as { ms: number }).ms, command };
}

function middle(times: readonly ITimes[], key: keyof ITimes): number {
  return median(times.map(each => each[key]));
}

/** Two calls side by side against one after the other. */
function branches(folder: string, perSecond: number): IResult[] {
  const steps = Math.round(3 * perSecond);
  const call = (name: string, seed: number): string =>
    `${name} = await skill("work")(steps=${steps}, seed=${seed})`;
  const sources = ['from llmos import skill', call('a', 1), call('b', 2)];
  writeNotebook(join(folder, 'n.ipynb'), sources);
  const times = new Map<Engine, ITimes[]>(ENGINES.map(engine => [engine, []]));
  for (let round = 0; round < ROUNDS; round++) {
    times.forEach((list, engine) => list.push(time(folder, engine)));
  }
  const local = times.get('local') ?? [];
  return ENGINES.slice(1).flatMap(engine =>
    (['cells', 'command'] as const).map(key => {
      const value = middle(times.get(engine) ?? [], key);
      const name = `two 3 s calls, ${engine}, ${key}, against local`;
      return compared(name, 'ms', value, middle(local, key));
    })
  );
}

/** A sweep, as a whole command. */
function sweep(folder: string, perSecond: number): IResult[] {
  const steps = Math.round(perSecond / 4);
  const sources = [
    'from llmos import skill',
    `a = await skill("work")(steps=${steps})`
  ];
  writeNotebook(join(folder, 'n.ipynb'), sources);
  const more = ['--sweep', `a.seed=1:${POINTS}:${POINTS}`];
  const local = time(folder, 'local', more).command;
  return ENGINES.slice(1).map(engine => {
    const { command } = time(folder, engine, more);
    const name = `sweep of ${POINTS} calls of 0.25 s, ${engine}, command, against local`;
    return compared(name, 'ms', command, local);
  });
}

const folder = mkdtempSync(join(tmpdir(), 'llmos-native-'));
try {
  mkdirSync(join(folder, 'skills'));
  writeFileSync(join(folder, 'skills', 'work.md'), WORK_SKILL);
  const perSecond = Number(runPython(folder, ['-c', CALIBRATE]));
  report('native', null, [...branches(folder, perSecond), ...sweep(folder, perSecond)]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
