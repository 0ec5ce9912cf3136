import {
  ILabShell,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';

import { giveRoom, oneSide } from './sides';
import { somethingOpen } from '../somethingOpen';

/** What the side areas do in a narrow window, such as that of a phone. */
export const narrowPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:narrow',
  description: 'Leaves documents room in narrow windows.',
  autoStart: true,
  requires: [ILabShell],
  activate: ({ restored }: JupyterFrontEnd, shell: ILabShell) => {
    const update = oneSide(shell);
    shell.layoutModified.connect(update);
    window.addEventListener('resize', update);
    // Opening a file by the address shows the file browser just before the file.
    void restored.then(() => somethingOpen(shell)).then(() => giveRoom(shell));
  }
};
