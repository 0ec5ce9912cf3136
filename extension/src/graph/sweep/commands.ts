import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { findSweptCell } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { addCommand, tellError, textArg } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { sweepIcon } from '../../icons';
import { revealOutputs } from '../../notebook/revealCell';
import { STAYS } from '../../stays';
import { findNotebook, notebookAt } from '../edit/findNotebook';
import { refused } from '../edit/outcome';
import { callOf, readWish, SWEEP_SCHEMA, type ISweepWish } from './arguments';
import type { IEndedSweep, Sweeps } from './sweeps';
import type { SweepTable } from './sweepTable';
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
    isEnabled: (args: Args) => {
      const cell = textArg(args, 'cell');
      const panel = notebookAt(notebooks, textArg(args, 'notebook'));
      // A menu that is about a cell knows whether that calls a skill.
      return panel !== null && (cell === undefined || callsSkill(sweeps, panel, cell));
    },
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

/** Whether a cell calls a skill; why one that does cannot be swept is told when asked. */
function callsSkill(sweeps: Sweeps, panel: NotebookPanel, id: string): boolean {
  const { graph } = sweeps.contextOf(panel);
  return (findSweptCell(graph, id)?.calls.length ?? 0) > 0;
}

async function execute(
  options: ISweepCommandsOptions,
  args: Args
): Promise<SweepOutcome> {
  const { sweeps, ask, trans } = options;
  const panel = findNotebook(options, textArg(args, 'notebook'));
  await sweeps.ready;
  const selected = panel.content.activeCell?.model.id;
  const context = { ...sweeps.contextOf(panel), trans };
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
  const place = placeOf(panel);
  const ended = await sweeps.run(panel, request);
  if (!('table' in ended)) {
    return refused(ended.reason) as SweepOutcome;
  }
  const show = (cell: string): void =>
    void revealOutputs(options.app.shell, panel, cell);
  const { cell } = ended.outcome;
  // Who looks elsewhere by now is not taken away from there.
  if (cell !== null && panel.isVisible && placeOf(panel) === place) {
    show(cell);
  }
  tell(ended, trans, show);
  return ended.outcome;
}

/** How far a notebook is scrolled. */
function placeOf({ content, isDisposed }: NotebookPanel): number | undefined {
  const node = isDisposed ? undefined : (content.outerNode as Element | undefined);
  return node?.scrollTop;
}

/** Says how it ended, where the table does not. */
function tell(
  { outcome, table }: IEndedSweep,
  trans: TranslationBundle,
  show: (cell: string) => void
): void {
  const { points, done, failed, cached, isStopped, cell } = outcome;
  const actions =
    cell === null ? [] : [{ label: trans.__('Show'), callback: () => show(cell) }];
  if (isStopped) {
    const text = trans._n(
      'The sweep was stopped: %1 of %2 points is done and stays in the cache.',
      'The sweep was stopped: %1 of %2 points are done and stay in the cache.',
      ...[done, points]
    );
    const label = trans.__('Add these points');
    const add = { label, callback: () => void addLater(table, { label, trans, show }) };
    const adds = table.canAdd ? [add] : [];
    Notification.info(text, { autoClose: STAYS.warning, actions: adds });
  } else if (done === 0) {
    Notification.error(
      trans.__('No point of the sweep gave a result: %1', table.firstFault),
      { autoClose: STAYS.error }
    );
  } else if (failed > 0) {
    const text = trans.__(
      '%1 of %2 points failed; the table says why. %3 came from the cache.',
      ...[failed, points, cached]
    );
    Notification.warning(text, { autoClose: STAYS.warning, actions });
  } else {
    const text = trans._n(
      '%1 point, %2 of them from the cache.',
      '%1 points, %2 of them from the cache.',
      ...[points, cached]
    );
    Notification.success(text, { autoClose: STAYS.offer, actions });
  }
}

/** Adds the points of the sweep that was told of, whatever has become of the notebook. */
async function addLater(
  table: SweepTable,
  {
    label,
    trans,
    show
  }: {
    readonly label: string;
    readonly trans: TranslationBundle;
    readonly show: (cell: string) => void;
  }
): Promise<void> {
  if (!table.canAdd) {
    refused(
      trans.__(
        'The notebook was closed. Open it and sweep again: what is done comes from the cache.'
      )
    );
    return;
  }
  const cell = await table.add().catch((error: unknown) => {
    tellError(trans, label, error);
    return null;
  });
  if (cell !== null) {
    show(cell);
  }
}
