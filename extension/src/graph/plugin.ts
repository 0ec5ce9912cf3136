import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../commands';
import { widenAtFirst, type IFirstWidth } from '../firstWidth';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { ISkillLibrary } from '../tokens';
import { NotebookGraphs } from './graphModel/notebookGraphs';
import { addPanelCommands } from './panel/commands';
import { GRAPH_PANEL_ID, GraphPanel } from './panel/GraphPanel';
import { KeptLook } from './panel/keptLook';
import { INotebookRuns } from './run/tokens';
import { ISweeps } from './sweep/tokens';
import { IGraphPictures, INotebookGraphs } from './tokens';

/** So that titles of nodes can be read; about a third of the window. */
const FIRST_WIDTH: IFirstWidth = {
  entry: 'llmos-graph:widened',
  least: 380,
  greatest: 640,
  share: 0.36
};

/** Provides the live graphs of notebooks. */
export const notebookGraphsPlugin: JupyterFrontEndPlugin<INotebookGraphs> = {
  id: '@llmos-lab/extension:notebook-graphs',
  description: 'Provides the live graphs of open notebooks.',
  autoStart: true,
  provides: INotebookGraphs,
  requires: [ISkillLibrary],
  activate: (_app: JupyterFrontEnd, library: ISkillLibrary): INotebookGraphs =>
    new NotebookGraphs(library)
};

/** The graph panel in the right side bar, its commands, and pictures of what it shows. */
export const graphPlugin: JupyterFrontEndPlugin<IGraphPictures> = {
  id: '@llmos-lab/extension:graph',
  description:
    'Shows the notebook as a graph, as canvas and as outline, and draws it as a picture.',
  autoStart: true,
  provides: IGraphPictures,
  requires: [INotebookGraphs, ISkillLibrary, INotebookTracker],
  optional: [
    ...[INotebookRuns, ITranslator, ILabShell, ILayoutRestorer, ICommandPalette],
    ...[ISettingRegistry, IStateDB, ISweeps]
  ],
  activate: (
    app: JupyterFrontEnd,
    graphs: INotebookGraphs,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    runs: INotebookRuns | null,
    translator: ITranslator | null,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null,
    state: IStateDB | null,
    sweeps: ISweeps | null
  ): IGraphPictures => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { commands } = app;
    const onError = tellUnkept(trans);
    const { pathname: site } = new URL(app.serviceManager.serverSettings.baseUrl);
    const look = new KeptLook({ settings, storage: localStorage, site, onError });
    const panel = new GraphPanel({
      ...{ graphs, runs, sweeps, notebooks, library, commands, trans, look }
    });
    if (state) {
      panel.shown.connect(
        () => void widenAtFirst(panel, state, FIRST_WIDTH).catch(onError)
      );
    }
    addPanelCommands({ app, panel, notebooks, shell, trans });
    app.shell.add(panel, 'right', { rank: 200, type: 'Graph' });
    restorer?.add(panel, GRAPH_PANEL_ID);
    for (const command of [CommandIDs.openGraph, CommandIDs.graphBeside]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    return {
      draw: async (notebook, format) => {
        const { drawGraph } = await import('./panel/pictureMaker');
        const run = runs?.of(notebook) ?? null;
        return drawGraph(notebook, graphs.of(notebook), { look, run, format, trans });
      }
    };
  }
};

/** Tells that the look of graphs could not be read or kept; nothing else is lost. */
function tellUnkept(trans: TranslationBundle): (error: unknown) => void {
  return error => {
    const reason = reasonOf(error);
    Notification.warning(
      trans.__('How the graph is shown could not be kept: %1', reason),
      { autoClose: STAYS.warning }
    );
  };
}
