import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../commands';
import { IGithub } from '../remotes/tokens';
import { openFileAt } from '../skills/openFile';
import { ISkillLibrary } from '../tokens';
import type { IAuthorContext } from './context';
import { addGitImport } from './git/importFromGit';
import { addManageCommands } from './manageCommands';
import { addSaveCommands } from './save/commands';
import { addTransferCommands } from './transfer/commands';

/** Making skills, and taking them in and out. */
export const authorPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:author',
  description: 'Adds the commands that make, edit, import and export skills.',
  autoStart: true,
  requires: [ISkillLibrary, IDocumentManager, INotebookTracker],
  optional: [ITranslator, ICommandPalette, IGithub],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    github: IGithub | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const context: IAuthorContext = {
      app,
      library,
      notebooks,
      contents: documents.services.contents,
      trans,
      open: (path, line) => openFileAt({ documents, trans }, path, line)
    };
    addManageCommands(context);
    addTransferCommands(context);
    addSaveCommands(context);
    addGitImport({
      ...context,
      startNet: async () => (await import('../net/startNet')).startNet(trans),
      githubReader: async () => github?.reader()
    });
    for (const command of PALETTE) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
  }
};

const PALETTE = [
  CommandIDs.newSkill,
  CommandIDs.importSkills,
  CommandIDs.importFromGit,
  CommandIDs.saveCellAsSkill
];
