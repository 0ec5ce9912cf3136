import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';

import { giveRoom, oneSide } from './sides';
import { tapMenus } from './touchMenus';

/** What phones and tablets need: room for documents, and menus for fingers. */
export const narrowPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:narrow',
  description:
    'Leaves documents room in narrow windows, and lets fingers choose in menus.',
  autoStart: true,
  requires: [ILabShell],
  activate: ({ restored }: JupyterFrontEnd, shell: ILabShell) => {
    const update = oneSide(shell);
    shell.layoutModified.connect(update);
    window.addEventListener('resize', update);
    void restored.then(() => giveRoom(shell));
    // What is opened from a panel, such as a file or a session's history, is looked at.
    shell.currentChanged.connect((_, { newValue }) => {
      if (newValue) {
        giveRoom(shell);
      }
    });
    tapMenus(document);
  }
};
