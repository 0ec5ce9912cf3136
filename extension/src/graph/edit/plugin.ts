import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../../commands';
import { ISkillLibrary } from '../../tokens';
import { INotebookRuns } from '../run/tokens';
import { INotebookGraphs } from '../tokens';
import { addEditCommands } from './commands';

/** Commands that edit a notebook through its graph. */
export const graphEditPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:graph-edit',
  description: 'Adds the commands that edit a notebook through its graph.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker],
  optional: [INotebookGraphs, INotebookRuns, ITranslator, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    graphs: INotebookGraphs | null,
    runs: INotebookRuns | null,
    translator: ITranslator | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    addEditCommands({ app, library, notebooks, graphs, runs, trans });
    palette?.addItem({ command: CommandIDs.graphAdd, category: CATEGORY });
  }
};
