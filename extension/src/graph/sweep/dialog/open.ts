import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { findPort, sweepable, type ISweepContext } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { titleIn } from '../../graphModel/titles';
import type { INotebookRuns } from '../../run/tokens';
import type { INotebookGraphs } from '../../tokens';
import { foretell } from '../foretell';
import { SweepKernel } from '../sweepKernel';
import type { ISweepRequest } from '../tokens';
import { newFields, type IAxisFields } from './axisFields';
import { askSweep } from './SweepDialog';
import { SweepForm } from './sweepForm';

/** What the dialog works with. */
export interface ISweepDialogOptions {
  readonly runs: INotebookRuns;
  readonly graphs: INotebookGraphs;
  readonly trans: TranslationBundle;
}

/** What was typed last for a notebook's cells: the next sweep mostly changes one value. */
const TYPED = new WeakMap<NotebookPanel['context'], readonly IAxisFields[]>();

/** Asks what to sweep of a cell; null when the dialog was left. */
export async function openSweepDialog(
  { runs, graphs, trans }: ISweepDialogOptions,
  panel: NotebookPanel,
  context: ISweepContext,
  start: { readonly cell: string; readonly input?: string | undefined }
): Promise<ISweepRequest | null> {
  const graph = graphs.of(panel);
  const run = runs.of(panel);
  const titleOf = (cell: string): string => titleIn(graph.view, cell);
  const { context: document, sessionContext } = panel;
  const form = new SweepForm(
    {
      context,
      titleOf,
      foretell: async (plan, signal) => {
        const isIdle = sessionContext.session?.kernel?.status === 'idle';
        const kernel = new SweepKernel(run, plan, UUID.uuid4(), trans);
        return foretell({ plan, run, signal, kernel: isIdle ? kernel : null });
      }
    },
    firstFields(context, start, TYPED.get(document) ?? [])
  );
  const request = await askSweep(form, titleOf(start.cell), trans);
  TYPED.set(document, form.fields);
  form.dispose();
  return request;
}

/** The fields as they were left for this cell, else those of the input that was asked for. */
function firstFields(
  context: ISweepContext,
  { cell: id, input }: { readonly cell: string; readonly input?: string | undefined },
  typed: readonly IAxisFields[]
): readonly IAxisFields[] {
  const isSame = typed.some(
    fields => fields.cell === id && (input === undefined || fields.input === input)
  );
  const cells = new Set(context.graph.cells.map(cell => cell.id));
  if (isSame && typed.every(fields => cells.has(fields.cell))) {
    return typed;
  }
  const cell = context.graph.cells.find(each => each.id === id);
  const found = cell && sweepable(context, cell);
  if (!found?.ok) {
    return [];
  }
  const { inputs } = found.call.skill;
  const numeric = inputs.find(({ type }) => type === 'number' || type === 'integer');
  const wanted = input ?? numeric?.name ?? inputs[0]?.name ?? '';
  const port = findPort(found.call, wanted);
  return 'name' in port ? [newFields(found.call, port)] : [];
}
