import type { NotebookPanel } from '@jupyterlab/notebook';

/**
 * Resolves when a notebook that was opened just now is open for good, so that what is
 * done to it can be undone.
 *
 * `context.ready` comes too early: JupyterLab then still looks for a checkpoint, and
 * forgets the undo history when it is through. Only after that does it turn to the
 * kernel, which it announces before the kernel starts.
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.4/packages/docregistry/src/context.ts
 */
export async function openedForGood(notebook: NotebookPanel): Promise<void> {
  const { ready, sessionContext } = notebook.context;
  if (!sessionContext.isReady) {
    await new Promise<void>(done => {
      const finish = (): void => {
        sessionContext.kernelChanged.disconnect(finish);
        done();
      };
      sessionContext.kernelChanged.connect(finish);
      void sessionContext.ready.then(finish);
      notebook.disposed.connect(finish);
    });
    // The history goes in the same task as the announcement, a few promises later.
    await new Promise<void>(done => setTimeout(done));
  }
  await ready;
}
