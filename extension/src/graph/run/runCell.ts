import type { ISessionContext, ISessionContextDialogs } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import {
  NotebookActions,
  type INotebookCellExecutor,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { runWhenReady } from '../../notebook/runWhenReady';
import { whenTold } from '../../ordinary/kernels';
import type { CellFuture } from './executions';
import { holdMessages } from './heldMessages';

/** A cell that was run. */
export interface ILaunchedCell {
  /** Its request; null where the application follows the request itself. */
  readonly future: CellFuture | null;
  /** Lets the notebook show what the cell has put out, and will put out. */
  show(): void;
  /** Resolves when the cell has ended, in whatever way. */
  readonly ended: Promise<void>;
}

/** Runs a cell as JupyterLab does when a person presses Shift+Enter. */
export type RunCell = (panel: NotebookPanel, cell: CodeCell) => ILaunchedCell;

/**
 * Runs cells by the application's own executor. `NotebookActions.runCells` would also
 * leave edit mode and scroll to the active cell, under the hands of someone who types
 * elsewhere in the notebook while it runs; its signals are sent here as it sends them.
 *
 * The request goes out at once, and the notebook shows its cell when `show` is called:
 * clearing and drawing outputs takes longer than many a cell, and the page's one thread
 * also hands the kernel its next cell. Not so where another executor runs the cells, or
 * where the times of messages are recorded in the notebook.
 */
export function cellRunner(
  executor: INotebookCellExecutor | null,
  dialogs: ISessionContextDialogs | null,
  translator: ITranslator | null
): RunCell {
  const { runCell: execute } = executor ?? runWhenReady;
  const run = async (
    { content: notebook, context }: NotebookPanel,
    cell: CodeCell,
    sessionContext: ISessionContext
  ): Promise<void> => {
    const tell = (signal: unknown, args: object): void => {
      if (signal instanceof Signal) {
        signal.emit({ notebook, ...args });
      }
    };
    try {
      await execute({
        cell,
        notebook: context.model,
        notebookConfig: notebook.notebookConfig,
        onCellExecuted: args => tell(NotebookActions.executed, args),
        onCellExecutionScheduled: args =>
          tell(NotebookActions.executionScheduled, args),
        sessionContext,
        ...(dialogs && { sessionDialogs: dialogs }),
        ...(translator && { translator })
      });
    } catch {
      // The cell shows its error, and its end is told by what the kernel answered.
    }
  };
  return (panel, cell) => {
    const future = execute === runWhenReady.runCell ? send(panel, cell) : null;
    if (!future) {
      const ended = run(panel, cell, panel.sessionContext);
      return { future: null, show: () => undefined, ended };
    }
    const release = holdMessages(future, () => show());
    const before = cell.outputArea.future;
    let isShown = false;
    const show = (): void => {
      // Whoever has run the cell again meanwhile sees that run.
      if (!isShown && !cell.isDisposed && cell.outputArea.future === before) {
        isShown = true;
        void run(panel, cell, answering(panel.sessionContext, future));
        release();
      }
    };
    const ended = future.done.then(
      () => undefined,
      () => undefined // Its kernel has gone, which the schedule hears by itself.
    );
    return { future, show, ended };
  };
}

/** Sends what `CodeCell.execute` would send; null where the application must ask first. */
function send(
  { content, context, sessionContext }: NotebookPanel,
  { model }: CodeCell
): CellFuture | null {
  const kernel = sessionContext.session?.kernel;
  const code = model.sharedModel.getSource();
  const mustAsk =
    sessionContext.isTerminating ||
    sessionContext.pendingInput ||
    sessionContext.hasNoKernel ||
    whenTold(kernel) !== null;
  const { recordTiming } = content.notebookConfig;
  if (!kernel || mustAsk || recordTiming || code.trim() === '') {
    return null;
  }
  const { metadata } = model;
  const mayRaise = Array.isArray(metadata.tags) && metadata.tags.includes(RAISES);
  return kernel.requestExecute({ code, stop_on_error: !mayRaise }, false, {
    ...metadata,
    deletedCells: [...context.model.deletedCells],
    recordTiming,
    cellId: model.sharedModel.getId()
  });
}

/** The tag of cells that may end with an error without stopping what follows. */
const RAISES = 'raises-exception';

/** A session whose kernel answers the next request by one that was sent before. */
function answering(sessionContext: ISessionContext, future: CellFuture) {
  const { session } = sessionContext;
  const kernel = derived(session?.kernel ?? {}, { requestExecute: () => future });
  return derived(sessionContext, {
    session: derived(session ?? {}, { kernel }),
    // What keeps a cell from being sent; this one is on its way, and may ask for input.
    ...{ pendingInput: false, isTerminating: false, hasNoKernel: false, isReady: true }
  });
}

/** An object like another but for some members. */
function derived<T extends object>(base: T, members: object): T {
  const properties = Object.entries(members).map(
    ([name, value]: [string, unknown]) => [name, { value }] as const
  );
  return Object.create(base, Object.fromEntries(properties)) as T;
}
