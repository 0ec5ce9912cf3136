import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IEvolutionRun, IWorkflow } from '@llmos-lab/skills';

import { CommandIDs } from '../../commands';
import { editInput } from '../../form/fields';
import { isCrowded } from '../../narrow/sides';
import { USER_VOLUME } from '../../volumes/copyToUser';
import { keepingFocus } from '../keepFocus';
import { call, from, value, workflow } from '../templates/nodes';
import { openNotebook } from './openNotebook';
import type { IGuideContext, IPromptResult, IPromptRun } from './prompt';
import { runAll } from './runNotebook';
import { whyNothing } from './whyNothing';

/** Bond lengths in Å: five runs, two more than a pattern needs. */
const LENGTHS = [0.65, 0.7, 0.735, 0.77, 0.8] as const;

/** Runs a workflow with five values, then lets evolution learn from the runs. */
export async function learnFromRuns(
  context: IGuideContext,
  { signal, report }: IPromptRun
): Promise<IPromptResult> {
  const { app, runs, trans } = context;
  const panel = await keepingFocus(() =>
    openNotebook(context, {
      path: 'learn-from-runs.ipynb',
      workflow: () => learning(trans)
    })
  );
  for (const [at, length] of LENGTHS.entries()) {
    setLength(context, panel, length);
    const round = trans.__('Run %1 of %2', at + 1, LENGTHS.length);
    await runAll(context, panel, {
      signal,
      report: ({ text, fraction }) =>
        report({
          text: `${round} · ${text}`,
          // The runs are half of the work, learning from them the other.
          fraction: (at + (fraction ?? 0)) / LENGTHS.length / 2
        })
    });
  }
  await runs.recorded();
  if (!isCrowded()) {
    await keepingFocus(() => app.commands.execute(CommandIDs.openEvolution));
  }
  const { run, found } = await evolve(context, { signal, report });
  const told =
    found > 0
      ? {
          text: trans._n(
            '%1 learned skill proposed, in the panel at the right',
            '%1 learned skills proposed, in the panel at the right',
            found
          )
        }
      : whyNothing(run, trans);
  return { ...told, show: () => void app.commands.execute(CommandIDs.openEvolution) };
}

/** Writes the bond length into the cell that calls for it, as its form does. */
function setLength(
  { library, trans }: IGuideContext,
  { model }: NotebookPanel,
  length: number
): void {
  const find = (id: string): ReturnType<typeof library.get> => library.get(id);
  for (const cell of model?.sharedModel.cells ?? []) {
    const source = cell.getSource();
    if (cell.cell_type === 'code' && source.includes('quantum-hamiltonian')) {
      const edited = editInput(source, find, 'bond_length', String(length));
      if (edited !== undefined) {
        cell.setSource(edited);
        return;
      }
    }
  }
  throw new Error(
    trans.__(
      'learn-from-runs.ipynb has no cell that calls quantum-hamiltonian. Delete the notebook and try again.'
    )
  );
}

/** Runs the job of the person's own volume; `found` is how many skills wait by then. */
async function evolve(
  { evolution, trans }: IGuideContext,
  { signal, report }: IPromptRun
): Promise<{ readonly run: IEvolutionRun; readonly found: number }> {
  const tell = (): void => {
    const own = evolution.jobs.find(({ volume }) => volume === USER_VOLUME);
    const { done = 0, total = 0 } = own?.progress ?? {};
    const share = total > 0 ? done / total : 0;
    report({
      text: trans.__('Looking for what recurs…'),
      fraction: 0.5 + share / 2
    });
  };
  const stop = (): void => evolution.stop(USER_VOLUME);
  signal.throwIfAborted();
  evolution.changed.connect(tell);
  signal.addEventListener('abort', stop);
  try {
    tell();
    const run = await evolution.run(USER_VOLUME);
    signal.throwIfAborted();
    if (!run) {
      throw new Error(trans.__('Another tab is learning already. Look there.'));
    }
    if (run.status === 'failed') {
      throw new Error(run.error ?? trans.__('Learning failed.'));
    }
    // What waits from an earlier run is not proposed anew, and is there to review.
    const waiting = evolution.candidates.filter(({ volume }) => volume === USER_VOLUME);
    const learned = run.candidates.length + (run.applied?.length ?? 0);
    return { run, found: Math.max(waiting.length, learned) };
  } finally {
    evolution.changed.disconnect(tell);
    signal.removeEventListener('abort', stop);
  }
}

function learning(trans: IGuideContext['trans']): IWorkflow {
  return workflow(
    'learn-from-runs',
    [
      call('h', 'quantum-hamiltonian', {
        system: value('h2'),
        bond_length: value(LENGTHS[0])
      }),
      call('vqe', 'quantum-vqe', {
        hamiltonian: from('h', 'hamiltonian'),
        iterations: value(80)
      }),
      call('convergence', 'plot-convergence', {
        trace: from('vqe', 'convergence_trace')
      })
    ],
    {
      h: trans.__(
        '# Learn from runs\n\nThese steps are run with five bond lengths. What stays the same becomes the body of a new skill, what varies becomes its input, with the default that worked.'
      )
    }
  );
}
