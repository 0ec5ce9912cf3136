import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { addCommand, textArg } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { sweepIcon } from '../../icons';
import { STAYS } from '../../stays';
import { findNotebook } from '../edit/findNotebook';
import { refused } from '../edit/outcome';
import { callOf, readWish, SWEEP_SCHEMA, type ISweepWish } from './arguments';
import type { Sweeps } from './sweeps';
import type { ISweepRequest, SweepOutcome } from './tokens';

/** What the commands of sweeps work with. */
export interface ISweepCommandsOptions {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly sweeps: Sweeps;
  /** Asks in a dialog what to sweep; null when it was left. */
  readonly ask: (
    panel: NotebookPanel,
    wish: ISweepWish & { readonly cell: string }
  ) => Promise<ISweepRequest | null>;
  readonly trans: TranslationBundle;
}

type Args = ReadonlyPartialJSONObject;

/** Adds the commands that sweep inputs and stop it. */
export function addSweepCommands(options: ISweepCommandsOptions): void {
  const { notebooks, sweeps, trans } = options;
  const sweep = {
    label: trans.__('Sweep an input…'),
    caption: trans.__(
      'Run the call for many values of its inputs, as a table and chart'
    ),
    icon: sweepIcon,
    args: SWEEP_SCHEMA,
    isEnabled: () => notebooks.currentWidget !== null,
    onFault: refused
  };
  addCommand(options, CommandIDs.graphSweep, sweep, args => execute(options, args));
  const stop = {
    label: trans.__('Stop the sweep'),
    caption: trans.__('End its workers; points that are done stay in the cache'),
    args: { notebook: SWEEP_SCHEMA.notebook ?? {} },
    isEnabled: () => sweeps.active.length > 0
  };
  addCommand(options, CommandIDs.stopSweep, stop, args => {
    const path = textArg(args, 'notebook') ?? notebooks.currentWidget?.context.path;
    sweeps.active.filter(each => each.path === path).forEach(each => each.stop());
    return Promise.resolve();
  });
  sweeps.changed.connect(() =>
    options.app.commands.notifyCommandChanged(CommandIDs.stopSweep)
  );
}

async function execute(
  options: ISweepCommandsOptions,
  args: Args
): Promise<SweepOutcome> {
  const { sweeps, ask, trans } = options;
  const panel = findNotebook(options, textArg(args, 'notebook'));
  await sweeps.ready;
  const selected = panel.content.activeCell?.model.id;
  const context = sweeps.contextOf(panel);
  const wish = readWish(args, context, selected);
  const { axes, columns } = wish;
  let request: ISweepRequest | null = axes && { axes, columns };
  if (!request) {
    const { cell } = callOf(context, wish.cell);
    request = await ask(panel, { ...wish, cell: cell.id });
  }
  if (!request) {
    return { ok: false, reason: trans.__('Cancelled.') };
  }
  const outcome = await sweeps.start(panel, request);
  if (!outcome.ok) {
    return refused(outcome.reason) as SweepOutcome;
  }
  tell(options, panel, outcome);
  return outcome;
}

type Ended = Extract<SweepOutcome, { ok: true }>;

/** Says how it ended, where the table does not. */
function tell(options: ISweepCommandsOptions, panel: NotebookPanel, end: Ended): void {
  const { sweeps, trans } = options;
  const { points, done, failed, cached, isStopped, cell } = end;
  if (isStopped) {
    const text = trans.__(
      'The sweep was stopped: %1 of %2 points are done and stay in the cache.',
      ...[done, points]
    );
    Notification.info(text, {
      autoClose: STAYS.warning,
      actions:
        done === 0
          ? []
          : [
              {
                label: trans.__('Add these points'),
                callback: () => void sweeps.addStopped(panel)
              }
            ]
    });
  } else if (cell === null) {
    Notification.error(
      trans.__('No point of the sweep gave a result: %1', sweeps.firstFault(panel)),
      { autoClose: STAYS.error }
    );
  } else if (failed > 0) {
    const text = trans.__(
      '%1 of %2 points failed; the table says why. %3 came from the cache.',
      ...[failed, points, cached]
    );
    Notification.warning(text, { autoClose: STAYS.warning });
  } else {
    const text = trans.__('%1 points, %2 of them from the cache.', points, cached);
    Notification.success(text, { autoClose: STAYS.note });
  }
}
