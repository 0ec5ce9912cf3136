import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { CATEGORY, CommandIDs } from '../../commands';
import { ISkillLibrary } from '../../tokens';
import { INotebookRuns } from '../run/tokens';
import { INotebookGraphs } from '../tokens';
import { addSweepCommands } from './commands';
import { Sweeps } from './sweeps';
import { SweepStatusItem } from './SweepStatus';
import { ISweeps } from './tokens';

/** Sweeps inputs of skill calls over the worker pool. */
export const sweepPlugin: JupyterFrontEndPlugin<ISweeps> = {
  id: '@llmos-lab/extension:sweep',
  description: 'Runs a skill call for many values of its inputs.',
  autoStart: true,
  provides: ISweeps,
  requires: [INotebookGraphs, INotebookRuns, ISkillLibrary, INotebookTracker],
  optional: [IRuntimeHost, IStatusBar, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    graphs: INotebookGraphs,
    runs: INotebookRuns,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    host: IRuntimeHost | null,
    statusBar: IStatusBar | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): ISweeps => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const sweeps = new Sweeps({ graphs, runs, library, host, trans });
    const ask: Parameters<typeof addSweepCommands>[0]['ask'] = async (panel, wish) => {
      const { openSweepDialog } = await import('./dialog/open');
      const options = { runs, graphs, trans };
      return openSweepDialog(options, panel, sweeps.contextOf(panel), wish);
    };
    addSweepCommands({ app, notebooks, sweeps, ask, trans });
    const item = new SweepStatusItem(sweeps, trans);
    statusBar?.registerStatusItem('@llmos-lab/extension:sweep', {
      ...{ item, align: 'left', rank: 21 },
      isActive: () => sweeps.active.length > 0,
      activeStateChanged: item.activeChanged
    });
    for (const command of [CommandIDs.graphSweep, CommandIDs.stopSweep]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    return sweeps;
  }
};
