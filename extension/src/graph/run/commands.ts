import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { runIcon, stopIcon } from '@jupyterlab/ui-components';
import { sessionFolder, type RunChoice } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { addCommand, type ICommandText } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { revealCell } from '../../notebook/revealCell';
import { sessionId } from '../../session/store/notebookSessions';
import { STAYS } from '../../stays';
import type { ISessions } from '../../tokens';
import { TRACES_FILE } from '../trace/traceLog';
import { STATUS_ICONS } from '../status/statuses';
import type { INotebookRuns } from './tokens';

/** What the commands work on. */
export interface IRunCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly runs: INotebookRuns;
  readonly sessions: Pick<ISessions, 'find' | 'ready'>;
  readonly trans: TranslationBundle;
}

type Args = ReadonlyPartialJSONObject;

/** Adds the commands that run notebooks as graphs. */
export function addRunCommands(options: IRunCommandsOptions): void {
  const { trans } = options;
  const add = (
    id: string,
    kind: RunChoice['kind'],
    texts: Pick<ICommandText, 'label' | 'caption' | 'icon'>
  ): void => addRunCommand(options, id, kind, texts);
  add(CommandIDs.runAll, 'all', {
    label: trans.__('Run all by the graph'),
    caption: trans.__('Run every cell, each as soon as what it needs is there'),
    icon: runIcon
  });
  add(CommandIDs.runStale, 'stale', {
    label: trans.__('Run stale'),
    caption: trans.__('Run the cells that are not up to date, and only those'),
    icon: STATUS_ICONS.stale
  });
  add(CommandIDs.runToHere, 'to-here', {
    label: trans.__('Run to here'),
    caption: trans.__('Run the cell, and what it needs where that is not up to date')
  });
  add(CommandIDs.runFromHere, 'from-here', {
    label: trans.__('Run from here'),
    caption: trans.__('Run the cell and everything that depends on it')
  });
  add(CommandIDs.runSelection, 'selection', {
    label: trans.__('Run selection by the graph'),
    caption: trans.__('Run the selected cells, and what they lack')
  });
  addStop(options);
  addShowRunning(options);
  addShowTraces(options);
}

const CELLS = {
  type: 'array',
  items: { type: 'string' },
  description: 'Ids of code cells; else the selected ones'
} as const;

const NOTEBOOK = {
  type: 'string',
  description: 'Path of an open notebook; else the current one'
} as const;

function addRunCommand(
  options: IRunCommandsOptions,
  id: string,
  kind: RunChoice['kind'],
  texts: Pick<ICommandText, 'label' | 'caption' | 'icon'>
): void {
  const { runs, trans } = options;
  const takesCells = kind !== 'all' && kind !== 'stale';
  const text: ICommandText = {
    ...texts,
    args: { notebook: NOTEBOOK, ...(takesCells && { cells: CELLS }) },
    isEnabled: args => notebookOf(options, args) !== undefined
  };
  addCommand(options, id, text, async args => {
    const panel = notebookOf(options, args);
    if (!panel) {
      Notification.info(trans.__('Open a notebook to run its cells.'), {
        autoClose: STAYS.note
      });
      return;
    }
    const run = runs.of(panel);
    const choice = choiceOf(kind, panel, args);
    const wasRunning = run.isRunning;
    if (!(await run.run(choice)) && !wasRunning) {
      Notification.info(whyNothing(choice, trans), { autoClose: 3000 });
    }
  });
}

/** Why a choice runs no cell, and what to do. */
function whyNothing(choice: RunChoice, trans: TranslationBundle): string {
  if (!('cells' in choice)) {
    return choice.kind === 'stale'
      ? trans.__('Every cell is up to date.')
      : trans.__('The notebook has no code yet. Add a skill, or type into a cell.');
  }
  return choice.cells.length === 0
    ? trans.__('Choose a code cell to run.')
    : trans.__('There is no code to run in the chosen cells.');
}

/** The choice of a command: the cells given, else those that are selected. */
export function choiceOf(
  kind: RunChoice['kind'],
  panel: NotebookPanel,
  args: Args = {}
): RunChoice {
  if (kind === 'all' || kind === 'stale') {
    return { kind };
  }
  const given = Array.isArray(args.cells) ? args.cells : null;
  const cells = given
    ? given.filter(cell => typeof cell === 'string')
    : panel.content.widgets
        .filter(
          cell => panel.content.isSelectedOrActive(cell) && cell.model.type === 'code'
        )
        .map(cell => cell.model.id);
  return { kind, cells };
}

function notebookOf(
  { notebooks }: IRunCommandsOptions,
  { notebook }: Args
): NotebookPanel | undefined {
  return typeof notebook === 'string'
    ? notebooks.find(panel => panel.context.path === notebook)
    : (notebooks.currentWidget ?? undefined);
}

function addStop(options: IRunCommandsOptions): void {
  const { runs, trans } = options;
  const text: ICommandText = {
    label: trans.__('Stop the run'),
    caption: trans.__('End what runs and take back what waits; finished results stay'),
    icon: stopIcon,
    args: { notebook: NOTEBOOK },
    isEnabled: args => {
      const panel = notebookOf(options, args);
      return panel !== undefined && runs.of(panel).canStop;
    }
  };
  addCommand(options, CommandIDs.stopRun, text, args => {
    const panel = notebookOf(options, args);
    if (panel) {
      runs.of(panel).stop();
    }
    return Promise.resolve();
  });
}

function addShowRunning(options: IRunCommandsOptions): void {
  const { app, notebooks, runs, trans } = options;
  const text: ICommandText = {
    label: trans.__('Show the running cell'),
    caption: trans.__('Bring the cell that runs, or is next, into sight'),
    args: {
      notebook: { ...NOTEBOOK, description: 'Path of a notebook; else one that runs' }
    },
    isEnabled: () => runs.active.length > 0
  };
  addCommand(options, CommandIDs.showRunning, text, async ({ notebook }) => {
    const run = runs.active.find(({ path }) => path === notebook) ?? runs.active[0];
    const panel = notebooks.find(({ context }) => context.path === run?.path);
    const ids = [...(run?.states ?? [])];
    const [cell] =
      ids.find(([, { status }]) => status === 'running') ??
      ids.find(([, { status }]) => status === 'waiting') ??
      [];
    if (panel && cell !== undefined) {
      await revealCell(app.shell, panel, cell);
    }
  });
}

function addShowTraces(options: IRunCommandsOptions): void {
  const { app, sessions, trans } = options;
  const text: ICommandText = {
    label: trans.__('Show run traces'),
    caption: trans.__('Open the records of this notebook’s runs'),
    args: { notebook: NOTEBOOK },
    isEnabled: args => notebookOf(options, args) !== undefined
  };
  addCommand(options, CommandIDs.showTraces, text, async args => {
    const panel = notebookOf(options, args);
    await sessions.ready;
    const id = panel && sessionId(panel);
    const found = id === undefined ? undefined : sessions.find(id);
    if (!found) {
      const told = trans.__('This notebook has no runs yet. Run a cell first.');
      Notification.info(told, { autoClose: 4000 });
      return;
    }
    await app.commands.execute('docmanager:open', {
      path: `${found.volume}:${sessionFolder(found.session.id)}/${TRACES_FILE}`,
      factory: 'Editor'
    });
  });
}
