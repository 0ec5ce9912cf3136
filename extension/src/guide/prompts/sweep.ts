import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IWorkflow } from '@llmos-lab/skills';

import { CommandIDs } from '../../commands';
import type { SweepOutcome } from '../../graph/sweep/tokens';
import { giveRoom } from '../../narrow/sides';
import { showCell } from '../../skills/insertSkill';
import { keepingFocus } from '../keepFocus';
import { call, from, value, workflow } from '../templates/nodes';
import { openNotebook } from './openNotebook';
import type { IGuideContext, IPromptResult, IPromptRun } from './prompt';

/** Bond lengths in Å, in the notation of the command. */
const SWEEP = 'h.bond_length=0.4:2.5:12';

/** Columns of the table, beside the bond length. */
const OUTPUTS = ['h.ground_state_energy', 'vqe.eigenvalue'];

/** Sweeps an input over a range by its command, and shows the table that it adds. */
export async function sweepLengths(
  context: IGuideContext,
  { signal, report }: IPromptRun
): Promise<IPromptResult> {
  const { app, sweeps, trans } = context;
  const panel = await keepingFocus(() =>
    openNotebook(context, { path: 'bond-scan.ipynb', workflow: () => scan(trans) })
  );
  const notebook = panel.context.path;
  const tell = (): void => {
    const { ended = 0, total = 0, note } = sweeps.of(panel) ?? {};
    const count = trans.__('Point %1 of %2', Math.min(ended + 1, total), total);
    const text = total === 0 ? trans.__('Starting Python…') : (note ?? count);
    report({ text, fraction: total === 0 ? null : ended / total });
  };
  const stop = (): void =>
    void app.commands.execute(CommandIDs.stopSweep, { notebook });
  sweeps.changed.connect(tell);
  signal.addEventListener('abort', stop);
  try {
    tell();
    signal.throwIfAborted();
    const args = { notebook, sweep: [SWEEP], outputs: OUTPUTS };
    const end: unknown = await app.commands.execute(CommandIDs.graphSweep, args);
    signal.throwIfAborted();
    return resultOf(context, panel, end as SweepOutcome);
  } finally {
    sweeps.changed.disconnect(tell);
    signal.removeEventListener('abort', stop);
  }
}

function resultOf(
  { app, shell, trans }: IGuideContext,
  panel: NotebookPanel,
  end: SweepOutcome
): IPromptResult {
  if (!end.ok) {
    throw new Error(end.reason);
  }
  const { done, failed, cached, points, cell } = end;
  if (failed > 0 || cell === null) {
    throw new Error(
      trans.__('%1 of %2 points failed. See the notebook.', failed, points)
    );
  }
  return {
    text: trans.__('%1 points, %2 of them from the cache', done, cached),
    show: () => {
      giveRoom(shell);
      app.shell.activateById(panel.id);
      const at = panel.content.widgets.findIndex(({ model }) => model.id === cell);
      void showCell(panel.content, Math.max(at, 0));
    }
  };
}

function scan(trans: IGuideContext['trans']): IWorkflow {
  return workflow(
    'bond-scan',
    [
      call('h', 'quantum-hamiltonian', {
        system: value('h2'),
        bond_length: value(0.735)
      }),
      call('vqe', 'quantum-vqe', {
        hamiltonian: from('h', 'hamiltonian'),
        iterations: value(80)
      })
    ],
    {
      h: trans.__(
        '# A scan of the bond\n\nThe same two steps for twelve bond lengths. Any input can be swept: right-click its node in the graph.'
      )
    }
  );
}
