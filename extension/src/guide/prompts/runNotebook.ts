import type { NotebookPanel } from '@jupyterlab/notebook';

import type { INotebookRun } from '../../graph/run/tokens';
import { formatDuration } from '../../graph/status/statuses';
import { giveRoom } from '../../narrow/sides';
import { showCell } from '../../skills/insertSkill';
import type {
  IGuideContext,
  IPromptProgress,
  IPromptResult,
  IPromptRun
} from './prompt';

/** How a run of all cells went. */
interface IEndedRun {
  readonly cells: number;
  readonly ms: number;
}

/**
 * Runs all cells by the graph, as its command does, and tells how far that is.
 *
 * @throws Error with what the first failed cell says
 */
export async function runAll(
  { runs, trans }: IGuideContext,
  panel: NotebookPanel,
  { signal, report }: IPromptRun
): Promise<IEndedRun> {
  const run = runs.of(panel);
  const tell = (): void => report(progressOf(run, trans));
  const stop = (): void => run.stop();
  const startedAt = performance.now();
  run.changed.connect(tell);
  signal.addEventListener('abort', stop);
  try {
    report({ text: trans.__('Starting Python…'), fraction: null });
    signal.throwIfAborted();
    await run.run({ kind: 'all' });
  } finally {
    run.changed.disconnect(tell);
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  throwFault(run, trans);
  const ms = performance.now() - startedAt;
  return { cells: run.states.size, ms };
}

/** The result of a run: how long it took, and the way to one of its cells. */
export function resultOf(
  { app, shell, trans }: IGuideContext,
  panel: NotebookPanel,
  { cells, ms }: IEndedRun,
  shown: number
): IPromptResult {
  return {
    text: trans._n('%1 cell in %2', '%1 cells in %2', cells, formatDuration(ms)),
    show: () => {
      giveRoom(shell);
      app.shell.activateById(panel.id);
      void showCell(panel.content, codeIndex(panel, shown));
    }
  };
}

/** The index among all cells of the n-th code cell, from 0; the last cell where none is. */
function codeIndex({ content }: NotebookPanel, code: number): number {
  const indices = content.widgets.flatMap(({ model }, index) =>
    model.type === 'code' ? index : []
  );
  return indices[code] ?? Math.max(content.widgets.length - 1, 0);
}

function progressOf(
  { progress }: INotebookRun,
  trans: IGuideContext['trans']
): IPromptProgress {
  if (!progress) {
    return { text: trans.__('Starting Python…'), fraction: null };
  }
  const { ended, total, note, fraction } = progress;
  const count = trans.__('Cell %1 of %2', Math.min(ended + 1, total), total);
  return { text: note === undefined ? count : `${count} · ${note}`, fraction };
}

/** What a person would see in the notebook as an error is the prompt's error too. */
function throwFault(
  { states }: Pick<INotebookRun, 'states'>,
  trans: IGuideContext['trans']
): void {
  const all = [...states.values()];
  const failed = all.find(({ status }) => status === 'failed');
  if (failed) {
    throw new Error(failed.message ?? trans.__('A cell failed. See the notebook.'));
  }
  if (all.some(({ status }) => status === 'cancelled')) {
    throw new DOMException(trans.__('The run was stopped.'), 'AbortError');
  }
  if (!all.every(({ status }) => status === 'done' || status === 'cached')) {
    throw new Error(
      trans.__('Python did not run every cell. Restart the kernel and try again.')
    );
  }
}
