import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { IMainMenu } from '@jupyterlab/mainmenu';
import { INotebookTracker } from '@jupyterlab/notebook';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { WORKFLOW_SUFFIX } from '@llmos-lab/skills';
import { Menu } from '@lumino/widgets';

import { CATEGORY, CommandIDs } from '../../commands';
import { workflowIcon } from '../../icons';
import { ISkillLibrary } from '../../tokens';
import { IGraphPictures } from '../tokens';
import { addFileCommands } from './commands';
import { WORKFLOW_FILE_TYPE, WorkflowFactory } from './workflowFactory';

const COMMANDS = [
  CommandIDs.workflowOpen,
  CommandIDs.workflowSave,
  CommandIDs.graphExport
];

/** Workflow files: their type, how they open, and commands that save and export. */
export const workflowFilesPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:workflow-files',
  description: 'Opens and saves workflow files, and exports notebooks as workflows.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker, IDocumentManager],
  optional: [
    IGraphPictures,
    ITranslator,
    ICommandPalette,
    IMainMenu,
    IDefaultFileBrowser
  ],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    documents: IDocumentManager,
    pictures: IGraphPictures | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    menu: IMainMenu | null,
    browser: IDefaultFileBrowser | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    app.docRegistry.addFileType({
      name: WORKFLOW_FILE_TYPE,
      displayName: trans.__('Workflow'),
      extensions: [WORKFLOW_SUFFIX],
      mimeTypes: ['application/json'],
      contentType: 'file',
      fileFormat: 'text',
      icon: workflowIcon
    });
    app.docRegistry.addWidgetFactory(
      new WorkflowFactory({ documents, library, trans })
    );
    addFileCommands({ app, library, notebooks, documents, pictures, browser, trans });
    for (const command of COMMANDS) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
    if (menu) {
      const submenu = fileMenu(app, trans);
      menu.fileMenu.addGroup([{ type: 'submenu', submenu }], 41);
    }
  }
};

/** A menu of its own within File, which is as long as a small screen is high. */
function fileMenu({ commands }: JupyterFrontEnd, trans: TranslationBundle): Menu {
  const menu = new Menu({ commands });
  menu.id = 'llmos-mainmenu-file-workflow';
  menu.title.label = trans.__('Workflow');
  for (const command of COMMANDS) {
    menu.addItem({ command, args: { isPalette: true } });
  }
  return menu;
}
