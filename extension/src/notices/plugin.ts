import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';

import { showWholeTexts } from './wholeTexts';

/** Shows long notifications whole. */
export const noticesPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:notices',
  description: 'Shows the texts of notifications whole.',
  autoStart: true,
  activate: () => showWholeTexts(document.body, Notification.manager)
};
