import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  Dialog,
  ICommandPalette,
  Notification,
  showDialog
} from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { CATEGORY, CommandIDs } from '../commands';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { clearCache } from './clearCache';

/** The command that forgets the results of skill calls. */
export const cachePlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:cache',
  description: 'Adds the command that clears the result cache.',
  autoStart: true,
  requires: [IRuntimeHost],
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    host: IRuntimeHost,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    app.commands.addCommand(CommandIDs.clearCache, {
      label: trans.__('Clear result cache…'),
      caption: trans.__('Forget the results of all skill calls in this browser'),
      describedBy: {
        args: {
          type: 'object',
          properties: {
            ask: {
              type: 'boolean',
              description: trans.__('Whether to ask first; yes when absent')
            }
          }
        }
      },
      execute: async args => {
        try {
          return await clearCache(host.cache, trans, {
            confirm: args.ask === false ? () => Promise.resolve(true) : confirm,
            tell: message =>
              void Notification.success(message, { autoClose: STAYS.note })
          });
        } catch (error) {
          const reason = reasonOf(error);
          Notification.error(trans.__('The result cache was not cleared: %1', reason), {
            autoClose: STAYS.error
          });
          return false;
        }
      }
    });
    palette?.addItem({ command: CommandIDs.clearCache, category: CATEGORY });

    async function confirm(body: string): Promise<boolean> {
      const { button } = await showDialog({
        title: trans.__('Clear the result cache?'),
        body,
        buttons: [
          Dialog.cancelButton({ label: trans.__('Cancel') }),
          Dialog.warnButton({ label: trans.__('Clear') })
        ]
      });
      return button.accept;
    }
  }
};
