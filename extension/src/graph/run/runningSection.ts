import type { IRunningSessionManagers, IRunningSessions } from '@jupyterlab/running';
import type { TranslationBundle } from '@jupyterlab/translation';
import { stopIcon } from '@jupyterlab/ui-components';
import { Signal } from '@lumino/signaling';

import { STATUS_ICONS } from '../status/statuses';
import { sweepText } from '../sweep/sweepText';
import type { ISweeps, ISweepState } from '../sweep/tokens';
import type { INotebookRun, INotebookRuns } from './tokens';

/** Lists runs and sweeps under way in the Running panel; each can be stopped there. */
export function addRunningSection(
  managers: IRunningSessionManagers,
  runs: INotebookRuns,
  sweeps: ISweeps | null,
  open: (path: string) => void,
  trans: TranslationBundle
): void {
  const changed = new Signal<object, void>({});
  let shown = '';
  const works = (): readonly IWork[] => [
    ...runs.active.map(run => ({ work: run, detail: detailOf(run, trans) })),
    ...(sweeps?.active ?? []).map(sweep => ({
      work: sweep,
      detail: sweepDetail(sweep, trans)
    }))
  ];
  const look = (): void => {
    const text = works()
      .map(({ work, detail }) => `${work.path} ${detail}`)
      .join();
    if (text !== shown) {
      shown = text;
      changed.emit();
    }
  };
  runs.changed.connect(look);
  sweeps?.changed.connect(look);
  managers.add({
    name: trans.__('Graph runs'),
    running: () => works().map(each => runningItem(each, open, trans)),
    shutdownAll: () => works().forEach(({ work }) => work.stop()),
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

/** A run or a sweep, and how far it is. */
interface IWork {
  readonly work: Pick<INotebookRun, 'path' | 'stop'>;
  readonly detail: string;
}

function runningItem(
  { work, detail }: IWork,
  open: (path: string) => void,
  trans: TranslationBundle
): IRunningSessions.IRunningItem {
  return {
    icon: () => STATUS_ICONS.running,
    label: () => work.path,
    labelTitle: () => trans.__('Open %1', work.path),
    detail: () => detail,
    open: () => open(work.path),
    shutdown: () => work.stop()
  };
}

function detailOf({ progress }: INotebookRun, trans: TranslationBundle): string {
  return progress ? trans.__('%1 of %2 done', progress.ended, progress.total) : '';
}

function sweepDetail(sweep: ISweepState, trans: TranslationBundle): string {
  return trans.__('Sweep of %1: %2', sweep.title, sweepText(sweep, trans));
}
