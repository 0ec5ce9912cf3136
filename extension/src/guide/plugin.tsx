import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  Dialog,
  ICommandPalette,
  ReactWidget,
  showDialog,
  showErrorMessage
} from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';

import { CATEGORY, CommandIDs } from '../commands';
import { fetchLicences } from './licences';
import { LicenceList } from './LicenceList';

/** Help: which components the site ships, and their licences. */
export const guidePlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:guide',
  description: 'Shows the licences of what the site ships.',
  autoStart: true,
  optional: [ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    app.commands.addCommand(CommandIDs.showLicences, {
      label: trans.__('Licences of LLMos Lab'),
      caption: trans.__('Show what this site ships, and under which licences'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        try {
          const licences = await fetchLicences(app.serviceManager.serverSettings);
          await showDialog({
            title: trans.__('Licences of LLMos Lab'),
            body: ReactWidget.create(<LicenceList licences={licences} trans={trans} />),
            buttons: [Dialog.okButton({ label: trans.__('Close') })]
          });
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          await showErrorMessage(trans.__('The licences cannot be shown'), reason);
        }
      }
    });
    palette?.addItem({ command: CommandIDs.showLicences, category: CATEGORY });
  }
};
