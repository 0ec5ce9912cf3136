import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { folderIcon } from '@jupyterlab/ui-components';

import { addCommand, textArg } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { IVolumes } from '../tokens';
import { VolumeSections } from './browserSections';
import { enableCopyAcross } from './copyAcross';
import { USER_VOLUME } from './copyToUser';

/** Shows each volume as a section of the file browser, and copies between them. */
export const volumeBrowserPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:volume-browser',
  description: 'Shows the volumes in the file browser.',
  autoStart: true,
  requires: [IVolumes, IDefaultFileBrowser, IFileBrowserFactory],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    host: IDefaultFileBrowser,
    factory: IFileBrowserFactory,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    enableCopyAcross(app.serviceManager.contents, trans);
    // After the layout is there, so that the site opens no later for it.
    const sections = app.restored.then(
      () => new VolumeSections({ host, factory, volumes, trans })
    );
    addCommand(
      { app, trans },
      CommandIDs.showVolume,
      {
        label: trans.__('Show volume'),
        caption: trans.__('Show the files of a volume in the file browser'),
        icon: folderIcon,
        args: {
          name: { type: 'string', description: 'Name of the volume, such as user' },
          folder: { type: 'string', description: 'Folder in it' }
        }
      },
      async args => {
        app.shell.activateById(host.id);
        const shown = await sections;
        await shown.show(textArg(args, 'name') ?? USER_VOLUME, textArg(args, 'folder'));
      }
    );
    palette?.addItem({ command: CommandIDs.showVolume, category: CATEGORY });
  }
};
