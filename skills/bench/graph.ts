/**
 * `graph`: how long the analysis of a notebook takes, from scratch and after an edit,
 * beside marimo's own analysis of the same cells (`compile_cell` and
 * `DirectedGraph.register_cell`, from PyPI into a virtual environment of its own).
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { analyseCell, buildGraph, type ICellSource } from '../src/index';
import { compared, median, report, type IResult } from '../../ui-tests/bench/report';
import { createLongCell, createNotebook } from './graph/notebook';

const ROUNDS = 15;
const EDITS = 200;
const CELLS = 1000;

function time(step: () => unknown): number {
  const start = performance.now();
  step();
  return performance.now() - start;
}

function rounds(count: number, step: (round: number) => unknown): readonly number[] {
  return Array.from({ length: count }, (_, round) => time(() => step(round)));
}

/** Edits another cell each time and draws the graph anew from the one before. */
function timeEdits(cells: readonly ICellSource[]): readonly number[] {
  let graph = buildGraph(cells);
  let current = cells;
  return rounds(EDITS, round => {
    const at = (round * 37) % cells.length;
    current = current.map((cell, index) =>
      index === at ? { ...cell, source: `${cell.source}\nextra${round} = v1` } : cell
    );
    graph = buildGraph(current, graph);
  });
}

/** marimo's times for the same cells, or null with the reason when it cannot be had. */
function timeMarimo(cells: readonly ICellSource[]): readonly number[] | null {
  const folder = join('lite', '.cache', 'bench', 'marimo');
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  const requirements = join('skills', 'bench', 'graph', 'requirements.txt');
  const run = (command: string, args: readonly string[], input = ''): string | null => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      input,
      maxBuffer: 1 << 28
    });
    if (status !== 0) {
      console.log(`marimo left out: ${command} failed. ${(stderr ?? '').slice(-300)}`);
    }
    return status === 0 ? stdout : null;
  };
  const ready = existsSync(bin) || run('python3', ['-m', 'venv', folder]) !== null;
  if (!ready || run(bin, ['-m', 'pip', 'install', '-q', '-r', requirements]) === null) {
    return null;
  }
  const script = join('skills', 'bench', 'graph', 'baseline.py');
  const answer = run(bin, [script], JSON.stringify(cells));
  return answer === null ? null : (JSON.parse(answer) as number[]);
}

const cells = createNotebook(CELLS);
const longCell = createLongCell(1000);
const cold = time(() => buildGraph(cells));
const coldLong = time(() => analyseCell(longCell));
const scratch = rounds(ROUNDS, () => buildGraph(cells));
const results: IResult[] = [
  { metric: '1,000 cells, first in the process', value: cold, unit: 'ms' },
  {
    metric: 'update after an edit of one cell',
    value: median(timeEdits(cells)),
    unit: 'ms'
  },
  { metric: 'cell of 1,000 lines, first', value: coldLong, unit: 'ms' },
  {
    metric: 'cell of 1,000 lines',
    value: median(rounds(ROUNDS, () => analyseCell(longCell))),
    unit: 'ms'
  }
];
const marimo = timeMarimo(cells);
const whole = median(scratch);
results.unshift(
  marimo
    ? compared('1,000 cells from scratch, against marimo', 'ms', whole, median(marimo))
    : { metric: '1,000 cells from scratch', value: whole, unit: 'ms' }
);
if (marimo) {
  const times = { value: median(marimo) / whole, unit: 'times' };
  results.push({ metric: 'faster than marimo', ...times });
  const atFirst = { value: (marimo[0] ?? 0) / cold, unit: 'times' };
  results.push({ metric: 'faster than marimo, first in the process', ...atFirst });
}
report('graph', null, results);
