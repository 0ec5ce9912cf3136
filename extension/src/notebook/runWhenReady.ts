import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICodeCellModel } from '@jupyterlab/cells';
import {
  runCell,
  type INotebookCellExecutor,
  type INotebookModel
} from '@jupyterlab/notebook';

import { whenTold } from '../ordinary/kernels';
import { importSkill } from './importSkill';

/**
 * Runs a cell when its notebook's kernel is decided. JupyterLab's own executor starts a
 * kernel by itself where there is none yet, while the document is about to start one too:
 * the second start discards the first, and the cell that waited for it never runs. So
 * whoever pressed Shift+Enter in the first half second saw nothing happen. What calls a
 * skill has `skill` imported first.
 */
export const runWhenReady: INotebookCellExecutor = Object.freeze({
  runCell: async (options: Parameters<typeof runCell>[0]) => {
    const { cell, notebook, sessionContext } = options;
    if (cell.model.type !== 'code') {
      return runCell(options);
    }
    if (sessionContext?.isReady === false) {
      await beginSession(notebook, sessionContext);
    }
    const kernel = sessionContext?.session?.kernel;
    // An ordinary kernel is told of the person's skills first.
    const told = whenTold(kernel);
    if (told) {
      await told;
    }
    // A document that was still read has other cells by now.
    if (cell.isDisposed) {
      return false;
    }
    if (kernel && !kernel.isDisposed && kernel.status !== 'dead') {
      importSkill(kernel, notebook, cell.model as ICodeCellModel);
    }
    return runCell(options);
  }
});

/**
 * Begins the session as the document will, from the kernel that the notebook names, or
 * waits for it to have begun; only the first to ask begins it. Where the person has to
 * choose a kernel, or no kernel is wanted, `runCell` asks.
 */
async function beginSession(
  notebook: INotebookModel,
  sessionContext: ISessionContext
): Promise<void> {
  const preference = sessionContext.kernelPreference;
  const name = notebook.defaultKernelName || preference.name;
  sessionContext.kernelPreference = {
    ...preference,
    ...(name && { name }),
    language: notebook.defaultKernelLanguage
  };
  await sessionContext.initialize();
}
