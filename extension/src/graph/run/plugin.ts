import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  ICommandPalette,
  ISessionContextDialogs,
  IToolbarWidgetRegistry,
  Notification
} from '@jupyterlab/apputils';
import {
  INotebookCellExecutor,
  INotebookTracker,
  type NotebookPanel
} from '@jupyterlab/notebook';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { CATEGORY, CommandIDs } from '../../commands';
import { eachNotebook } from '../../notebook/eachNotebook';
import { reasonOf } from '../../reasonOf';
import { IProfile, ISessions, ISkillLibrary } from '../../tokens';
import { ISweeps } from '../sweep/tokens';
import { INotebookGraphs } from '../tokens';
import { kernelEnv } from '../trace/env';
import { TraceLog } from '../trace/traceLog';
import { calmToolbars } from './calmToolbars';
import { markCells } from './cellMarks';
import { addRunCommands } from './commands';
import { fitToolbar } from './fitToolbar';
import { RunMemory } from './memory';
import { NotebookRuns } from './notebookRuns';
import { cellRunner } from './runCell';
import { addRunningSection } from './runningSection';
import { RunStatusItem } from './RunStatus';
import { followRunSettings } from './settings';
import { showBusy } from './showBusy';
import { INotebookRuns, type INotebookRun } from './tokens';
import { addRunToolbar } from './toolbar';

const PLUGIN_ID = '@llmos-lab/extension:run';

/** Provides the runs of notebooks, and keeps a trace of each. */
export const runsPlugin: JupyterFrontEndPlugin<INotebookRuns> = {
  id: PLUGIN_ID,
  description: 'Runs notebooks by their graph and keeps a trace of each run.',
  autoStart: true,
  provides: INotebookRuns,
  requires: [INotebookGraphs, ISkillLibrary, IProfile, ISessions],
  optional: [
    IRuntimeHost,
    INotebookCellExecutor,
    ISessionContextDialogs,
    ITranslator,
    ISettingRegistry
  ],
  activate: (
    app: JupyterFrontEnd,
    graphs: INotebookGraphs,
    library: ISkillLibrary,
    profile: IProfile,
    sessions: ISessions,
    host: IRuntimeHost | null,
    executor: INotebookCellExecutor | null,
    dialogs: ISessionContextDialogs | null,
    translator: ITranslator | null,
    registry: ISettingRegistry | null
  ): INotebookRuns => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const settings = followRunSettings(registry, PLUGIN_ID, host, trans);
    const log = traceLog({ app, library, profile, sessions, trans });
    const { pathname } = new URL(app.serviceManager.serverSettings.baseUrl);
    const memory = new RunMemory(`llmos-runs:${pathname}`, reason =>
      warn(trans.__('Expected times cannot be kept: %1', textOf(reason)))
    );
    window.addEventListener('pagehide', () => memory.store());
    return new NotebookRuns({
      ...{ graphs, library, host, trans, settings, memory },
      runCell: cellRunner(executor, dialogs, translator),
      onEnded: (panel, run) => log.add(panel, run),
      recorded: () => log.flush()
    });
  }
};

/** Where people run and watch: toolbar, cells, status bar, Running panel, commands. */
export const runViewsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:run-views',
  description: 'Shows runs in toolbar, cells, status bar and the Running panel.',
  autoStart: true,
  requires: [INotebookRuns, INotebookTracker, ISessions, IToolbarWidgetRegistry],
  optional: [
    ...[IStatusBar, IRunningSessionManagers, ICommandPalette, ITranslator],
    ISweeps
  ],
  activate: (
    app: JupyterFrontEnd,
    runs: INotebookRuns,
    notebooks: INotebookTracker,
    sessions: ISessions,
    toolbars: IToolbarWidgetRegistry,
    statusBar: IStatusBar | null,
    managers: IRunningSessionManagers | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    sweeps: ISweeps | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { commands } = app;
    addRunCommands({ app, notebooks, runs, sessions, trans });
    calmToolbars();
    addRunToolbar(toolbars, runs, commands, trans);
    const follow = (panel: NotebookPanel): void => {
      const run = runs.of(panel);
      fitToolbar(panel.toolbar);
      markCells(panel, run, trans);
      showBusy(panel.sessionContext, run);
      followStop(run, () => {
        commands.notifyCommandChanged(CommandIDs.stopRun);
        commands.notifyCommandChanged(CommandIDs.showRunning);
      });
    };
    eachNotebook(notebooks, follow);
    const show = (): void => void commands.execute(CommandIDs.showRunning);
    const item = new RunStatusItem(runs, show, trans);
    statusBar?.registerStatusItem('@llmos-lab/extension:run', {
      ...{ item, align: 'left', rank: 20 },
      isActive: () => runs.active.length > 0,
      activeStateChanged: item.activeChanged
    });
    if (managers) {
      const open = (path: string): void => {
        void commands.execute('docmanager:open', { path });
      };
      addRunningSection(managers, runs, sweeps, open, trans);
    }
    PALETTE.forEach(command => palette?.addItem({ command, category: CATEGORY }));
  }
};

/** Tells when Stop becomes possible, or no longer is. */
function followStop(run: INotebookRun, tell: () => void): void {
  let { canStop } = run;
  run.changed.connect(() => {
    if (run.canStop !== canStop) {
      canStop = run.canStop;
      tell();
    }
  });
}

const PALETTE = [
  CommandIDs.runAll,
  CommandIDs.runStale,
  CommandIDs.runToHere,
  CommandIDs.runFromHere,
  CommandIDs.runSelection,
  CommandIDs.stopRun,
  CommandIDs.showRunning,
  CommandIDs.showTraces
];

function traceLog(parts: {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly profile: IProfile;
  readonly sessions: ISessions;
  readonly trans: TranslationBundle;
}): TraceLog {
  const { app, library, profile, sessions, trans } = parts;
  return new TraceLog({
    sessions,
    user: () => profile.id,
    env: panel => kernelEnv(panel, app.version),
    skill: id => {
      const entry = library.get(id);
      return entry ? { id: entry.skill.id, version: entry.version } : null;
    },
    onFailure: reason =>
      warn(
        trans.__(
          'This run could not be recorded in the session: %1 Runs go on; the record is tried again with the next one.',
          textOf(reason)
        )
      )
  });
}

function warn(text: string): void {
  Notification.warning(text, { autoClose: 8000 });
}

function textOf(reason: unknown): string {
  const text = reasonOf(reason);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
