/** Runs the cells of a notebook one after another, in the process that runs skills. */
import {
  buildGraph,
  isRecord,
  type IGraph,
  type IGraphCell,
  type INotebookCell
} from '@llmos-lab/skills';
import { Executor, type IExecutorOptions } from '../executor/executor';
import { hearSignals } from '../interrupt';
import { readCellOutcome, type CellOutput } from '../executor/protocol';
import { CellOutputs } from './cellOutputs';
import { WrittenFiles, type IWrittenFile } from './writtenFiles';

/** A skill call of a cell, as `llmos` tells it. */
export type CallRecord = Readonly<Record<string, unknown>>;

/** How a cell ended. */
export interface IRunCell {
  readonly cell: IGraphCell;
  readonly status: 'success' | 'failed' | 'blocked' | 'cancelled';
  readonly ms: number;
  readonly outputs: readonly CellOutput[];
  readonly calls: readonly CallRecord[];
  readonly error?: { readonly name: string; readonly message: string };
}

/** A run that has ended. */
export interface INotebookRun {
  readonly graph: IGraph;
  /** In document order; blank cells are left out. */
  readonly cells: readonly IRunCell[];
  readonly versions: Readonly<Record<string, string>>;
  /** What the cells wrote; their bytes only where `fileRoom` asks for them. */
  readonly files: readonly IWrittenFile[];
}

/** What a run is told, and asks for. */
export interface IRunOptions extends Omit<
  IExecutorOptions,
  'shell' | 'onOutput' | 'onCalled' | 'onWrote' | 'onLost'
> {
  /** Most that one cell may take. */
  readonly seconds: number;
  readonly onProgress: (done: number, total: number) => void;
  /** Ends the run: the cell that runs and those below it are cancelled. */
  readonly stop: AbortSignal;
}

/**
 * Runs all code cells from top to bottom. What needs a cell that failed is blocked, the
 * others run on; a cell that takes too long ends the run, since it takes Python with it, and
 * so does `stop`.
 */
export async function runNotebook(
  notebook: readonly INotebookCell[],
  options: IRunOptions
): Promise<INotebookRun> {
  const sources = notebook.filter(
    ({ type, source }) => type === 'code' && source.trim() !== ''
  );
  const graph = buildGraph(sources);
  const bad = new Set<string>();
  const cells: IRunCell[] = [];
  let shown = new CellOutputs();
  let calls: CallRecord[] = [];
  const written = new WrittenFiles();
  const executor = new Executor({
    ...options,
    shell: true,
    onOutput: output => shown.add(output),
    onCalled: record => calls.push(parsed(record)),
    onWrote: (path, base64) => written.add(path, base64),
    onLost: (path, why) => written.lose(path, why)
  });
  const { stop } = options;
  const endNow = (): void => executor.dispose();
  stop.addEventListener('abort', endNow);
  let isOver = false;
  let versions: INotebookRun['versions'] = {};
  let files: readonly string[] = [];
  try {
    await executor.start();
    for (const [index, cell] of graph.cells.entries()) {
      options.onProgress(index, graph.cells.length);
      const needs = graph.edges.filter(({ to, late }) => to === cell.id && !late);
      if (isOver || needs.some(({ from }) => bad.has(from))) {
        bad.add(cell.id);
        const status = stop.aborted ? 'cancelled' : 'blocked';
        cells.push({ cell, status, ms: 0, outputs: [], calls: [] });
        continue;
      }
      [shown, calls] = [new CellOutputs(), []];
      const started = performance.now();
      const end = await runCell(executor, cell.source, options.seconds);
      const ms = Math.round(performance.now() - started);
      versions = end.isOver ? versions : executor.versions;
      files = end.files ?? files;
      isOver = end.isOver;
      const isStopped = isOver && stop.aborted;
      if (end.error) {
        bad.add(cell.id);
      }
      const status = isStopped ? 'cancelled' : end.error ? 'failed' : 'success';
      const error = !isStopped && end.error && { error: end.error };
      cells.push({ cell, status, ms, outputs: shown.all, calls, ...error });
    }
  } finally {
    stop.removeEventListener('abort', endNow);
    executor.dispose();
  }
  return { graph, cells, versions, files: written.of(files) };
}

async function runCell(
  executor: Executor,
  source: string,
  seconds: number
): Promise<{
  readonly isOver: boolean;
  readonly error?: { readonly name: string; readonly message: string };
  readonly files?: readonly string[];
}> {
  const answer = await executor.run({ type: 'cell', source }, seconds);
  if (answer.kind === 'ended') {
    await hearSignals(); // Ctrl-C ends the process that runs skills too.
  }
  switch (answer.kind) {
    case 'answer': {
      const { error, files } = readCellOutcome(answer.outcome);
      return { isOver: false, files, ...(error && { error }) };
    }
    case 'late': {
      const message = `The cell took longer than ${seconds} s. Allow more with --cell-seconds.`;
      return { isOver: true, error: { name: 'TimeoutError', message } };
    }
    case 'ended':
      return { isOver: true, error: { name: 'RuntimeError', message: answer.why } };
  }
}

function parsed(record: string): CallRecord {
  try {
    const value: unknown = JSON.parse(record);
    return isRecord(value) ? value : {};
  } catch {
    return {}; // Not what `llmos` tells: a cell can send what it likes.
  }
}
