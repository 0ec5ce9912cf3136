import type { NotebookPanel } from '@jupyterlab/notebook';
import { SWEEP_HEAD, sweepCode, type ISweepPlan } from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { readCells, writeCells } from '../edit/notebookCells';
import { activate } from '../edit/register';
import type { INotebookGraph } from '../tokens';
import type { IEndedPoint } from './pointRuns';
import type { ISweepRequest } from './tokens';

/**
 * Puts the cell that computes, shows and draws the points below the last of the swept
 * calls, as one step of undo, and makes it the active one where the view is still open;
 * gives its id. A cell that an equal sweep has left is taken again.
 */
export function addSweepCell(
  panel: NotebookPanel,
  graph: INotebookGraph,
  plan: ISweepPlan,
  results: readonly IEndedPoint[],
  { columns }: Pick<ISweepRequest, 'columns'>
): string {
  // Another view may have the notebook still open.
  const { model } = panel.context;
  const taken = graph.graph.cells.flatMap(({ analysis }) => [
    ...analysis.defines,
    ...analysis.uses
  ]);
  /** Its names are free beside those of the notebook, but for these. */
  const codeBeside = (own: readonly string[]): string => {
    const others = taken.filter(name => !own.includes(name));
    return sweepCode({ plan, results, columns, taken: others });
  };
  const source = codeBeside([]);
  const equal = graph.graph.cells.find(
    cell =>
      cell.source.startsWith(SWEEP_HEAD) &&
      cell.source === codeBeside(cell.analysis.defines)
  );
  if (equal) {
    if (!panel.isDisposed) {
      activate(panel, equal.id);
    }
    return equal.id;
  }
  const cells = readCells(model);
  const ids = new Set(plan.calls.map(({ cell }) => cell.id));
  const after = cells.reduce((last, { id }, at) => (ids.has(id) ? at + 1 : last), 0);
  const at = after === 0 ? cells.length : after;
  const cell = { id: UUID.uuid4(), type: 'code', source, metadata: {} } as const;
  writeCells(model, [...cells.slice(0, at), cell, ...cells.slice(at)]);
  if (!panel.isDisposed) {
    activate(panel, cell.id);
  }
  return cell.id;
}
