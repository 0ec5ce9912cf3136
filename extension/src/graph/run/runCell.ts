import type { ISessionContextDialogs } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import {
  NotebookActions,
  runCell,
  type INotebookCellExecutor,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

/** Runs a cell as JupyterLab does when a person presses Shift+Enter. */
export type RunCell = (panel: NotebookPanel, cell: CodeCell) => Promise<void>;

/**
 * Runs cells by the application's own executor. `NotebookActions.runCells` would also
 * leave edit mode and scroll to the active cell, under the hands of someone who types
 * elsewhere in the notebook while it runs; its signals are sent here as it sends them.
 */
export function cellRunner(
  executor: INotebookCellExecutor | null,
  dialogs: ISessionContextDialogs | null,
  translator: ITranslator | null
): RunCell {
  return async (panel, cell) => {
    const { content: notebook, context, sessionContext } = panel;
    const tell = (signal: unknown, args: object): void => {
      if (signal instanceof Signal) {
        signal.emit({ notebook, ...args });
      }
    };
    const options: INotebookCellExecutor.IRunCellOptions = {
      cell,
      notebook: context.model,
      notebookConfig: notebook.notebookConfig,
      onCellExecuted: args => tell(NotebookActions.executed, args),
      onCellExecutionScheduled: args => tell(NotebookActions.executionScheduled, args),
      sessionContext,
      ...(dialogs && { sessionDialogs: dialogs }),
      ...(translator && { translator })
    };
    await (executor ? executor.runCell(options) : runCell(options));
  };
}
