import type { IRunningSessionManagers, IRunningSessions } from '@jupyterlab/running';
import type { TranslationBundle } from '@jupyterlab/translation';
import { stopIcon } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';

import { STATUS_ICONS } from '../status/statuses';
import type { INotebookRun, INotebookRuns } from './tokens';

/** Lists the runs that are under way in the Running panel; each can be stopped there. */
export function addRunningSection(
  managers: IRunningSessionManagers,
  runs: INotebookRuns,
  open: (path: string) => void,
  trans: TranslationBundle
): void {
  const changed = new Signal<object, void>({});
  let shown = '';
  runs.changed.connect(() => {
    const text = runs.active.map(run => `${run.path} ${detailOf(run, trans)}`).join();
    if (text !== shown) {
      shown = text;
      changed.emit();
    }
  });
  managers.add({
    name: trans.__('Graph runs'),
    running: () => runs.active.map(run => runningItem(run, open, trans)),
    shutdownAll: () => runs.active.forEach(run => run.stop()),
    refreshRunning: () => undefined,
    runningChanged: changed,
    shutdownLabel: trans.__('Stop'),
    shutdownAllLabel: trans.__('Stop all runs'),
    shutdownAllConfirmationText: trans.__(
      'Stop all runs? Results that are finished stay.'
    ),
    shutdownItemIcon: stopIcon
  });
}

function runningItem(
  run: INotebookRun,
  open: (path: string) => void,
  trans: TranslationBundle
): IRunningSessions.IRunningItem {
  return {
    icon: () => STATUS_ICONS.running,
    label: () => run.path,
    labelTitle: () => trans.__('Open %1', run.path),
    detail: () => detailOf(run, trans),
    open: () => open(run.path),
    shutdown: () => run.stop()
  };
}

function detailOf({ progress }: INotebookRun, trans: TranslationBundle): string {
  return progress ? trans.__('%1 of %2 done', progress.ended, progress.total) : '';
}
