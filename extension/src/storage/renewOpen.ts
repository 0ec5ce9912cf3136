import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Contents } from '@jupyterlab/services';

import { exists, splitDrive } from '../volumes/copyToUser';
import type { IRestored } from './backupAll';

/** What finding open documents works with. */
export interface IOpenParts {
  readonly app: Pick<JupyterFrontEnd, 'shell'>;
  readonly contents: Contents.IManager;
  readonly documents: Pick<IDocumentManager, 'contextForWidget'>;
}

/**
 * Documents that are open of what was restored show that, and those of files that are gone
 * close: saved later, they would put back what the restore replaced.
 */
export async function renewOpen(
  { app, contents, documents }: IOpenParts,
  { volumes, files }: Pick<IRestored, 'volumes' | 'files'>
): Promise<void> {
  for (const widget of [...app.shell.widgets('main')]) {
    const context = documents.contextForWidget(widget);
    const path = context?.path ?? '';
    if (
      !context ||
      !(volumes.includes(splitDrive(path).drive) || files.includes(path))
    ) {
      continue;
    }
    if (await exists(contents, path)) {
      await context.revert();
    } else {
      widget.dispose();
    }
  }
}
