import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { IDocumentManager, PathStatus } from '@jupyterlab/docmanager';
import { IStatusBar } from '@jupyterlab/statusbar';

import { isPassing } from './copyToUser';

/** JupyterLab's plugin that does the same, and calls every document by its path. */
const ITS = '@jupyterlab/docmanager-extension:path-status';

/**
 * What is current, in the status bar. A document of the history or of a share is called as
 * its tab is: its path has the session's id.
 */
export const pathStatusPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:path-status',
  description: 'Names in the status bar what is current, as its tab does.',
  autoStart: true,
  requires: [IDocumentManager, ILabShell],
  optional: [IStatusBar],
  activate: (
    _: JupyterFrontEnd,
    documents: IDocumentManager,
    shell: ILabShell,
    statusBar: IStatusBar | null
  ) => {
    // Where it is on, the name would stand there twice.
    if (!statusBar || !PageConfig.Extension.isDisabled(ITS)) {
      return;
    }
    const item = new PathStatus({ docManager: byTitle(documents) });
    const follow = (): void => {
      item.model.widget = shell.currentWidget;
    };
    follow();
    shell.currentChanged.connect(follow);
    statusBar.registerStatusItem(ITS, { item, align: 'right', rank: 0 });
  }
};

/** The manager, to which such documents are none: the item follows titles of what is none. */
function byTitle(documents: IDocumentManager): IDocumentManager {
  const contextForWidget: IDocumentManager['contextForWidget'] = widget => {
    const context = documents.contextForWidget(widget);
    return context && isPassing(context.path) ? undefined : context;
  };
  return Object.assign(Object.create(documents) as IDocumentManager, {
    contextForWidget
  });
}
