import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';

import { somethingOpen } from '../somethingOpen';
import { giveRoom, oneSide } from './sides';
import { tapMenus } from './touchMenus';

/** What a phone needs: room for documents, and menus for fingers. */
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
    // Opening a file by the address shows the file browser just before the file.
    void restored.then(() => somethingOpen(shell)).then(() => giveRoom(shell));
    tapMenus(document);
  }
};
