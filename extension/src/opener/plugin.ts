import {
  ILabShell,
  IRouter,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';

import { keepCurrent } from './current';

/** JupyterLite's plugin that does the same, later; a server has another one. */
const LATER = '@jupyterlite/application-extension:opener';

/** Name of its command. */
const OPEN = 'router:tree';

/**
 * Before JupyterLab loads its workspace, at rank 30: routes go one after the other, and
 * that one ends with a save, which waits for half a second.
 */
const RANK = 20;

/**
 * Opens the files that the page's address names as soon as the layout stands, and takes
 * them out of the address. Sites that do not switch JupyterLite's off keep to that. Whoever
 * opens one, what is seen becomes current.
 */
export const openerPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:opener',
  description: 'Opens the files that the address of the page names, as current ones.',
  autoStart: true,
  requires: [IDocumentManager],
  optional: [IRouter, ILabShell],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    router: IRouter | null,
    shell: ILabShell | null
  ) => {
    if (shell) {
      keepCurrent(shell);
    }
    if (router && PageConfig.Extension.isDisabled(LATER)) {
      addOpener(app, router, documents);
    }
  }
};

/** Adds the command and its route. */
export function addOpener(
  { commands, restored }: Pick<JupyterFrontEnd, 'commands' | 'restored'>,
  router: Pick<IRouter, 'register' | 'navigate'>,
  documents: Pick<IDocumentManager, 'openOrReveal'>
): void {
  const open = (request: string): void => {
    // Below the site, whatever it begins with.
    const relative = request.replace(/^\/*/, './');
    const address = new URL(relative, PageConfig.getBaseUrl());
    const paths = address.searchParams.getAll('path');
    if (paths.length === 0) {
      return;
    }
    paths.forEach(path => documents.openOrReveal(path));
    address.searchParams.delete('path');
    const { pathname, search, hash } = address;
    router.navigate(pathname + search + hash, { skipRouting: true });
    // What stands in the side bar, such as the guide, stays there.
    const folder = { path: paths.at(-1) ?? '', dontShowBrowser: true };
    void commands.execute('filebrowser:go-to-path', folder);
  };
  const request = {
    type: 'string',
    description: 'The address below that of the site, such as `lab?path=a.ipynb`'
  };
  commands.addCommand(OPEN, {
    describedBy: {
      args: { type: 'object', properties: { request }, required: ['request'] }
    },
    execute: ({ request }) => {
      // Routes wait for each other, and the layout for one that comes after this.
      void restored.then(() => open(typeof request === 'string' ? request : ''));
    }
  });
  router.register({ command: OPEN, pattern: /[?&]path=/, rank: RANK });
}
