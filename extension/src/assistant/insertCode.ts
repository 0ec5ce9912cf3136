import type { NotebookPanel } from '@jupyterlab/notebook';
import {
  checkCall,
  placeCell,
  planWorkflow,
  type IPlanStep,
  type JsonValue
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { editContext, type IEditSources } from '../graph/edit/editContext';
import { readCells, writeCells } from '../graph/edit/notebookCells';
import { followCell } from '../notebook/followCell';

/**
 * Puts code into a new cell below the active one, with the import that a skill's call needs,
 * as one step of undo.
 */
export function insertCode(panel: NotebookPanel, source: string): void {
  const { model, content } = panel;
  if (!model) {
    return;
  }
  const newId = (): string => UUID.uuid4();
  const cell = { id: newId(), type: 'code', source, metadata: {} } as const;
  const below = content.activeCellIndex + 1;
  const cells = placeCell(readCells(model), cell, below, newId);
  writeCells(model, cells);
  const at = cells.indexOf(cell);
  content.activeCellIndex = at;
  followCell(content, at);
}

/**
 * Inserts the steps of a workflow at the end, checked by the rules of the graph.
 *
 * @throws Error with what does not fit
 */
export function insertWorkflow(
  panel: NotebookPanel,
  steps: readonly IPlanStep[],
  sources: IEditSources
): number {
  const problems = checkCall('build_workflow', {
    nodes: steps as unknown as JsonValue
  });
  const context = editContext(sources, panel);
  if (!context || !panel.model || problems.length > 0) {
    throw new Error(problems.join(' '));
  }
  const versionOf = (id: string): string | undefined =>
    sources.library.get(id)?.version;
  const plan = planWorkflow(context, steps, () => UUID.uuid4(), versionOf);
  if (!plan.ok) {
    throw new Error(plan.problems.join(' '));
  }
  writeCells(panel.model, plan.cells);
  const last = plan.cells.length - 1;
  panel.content.activeCellIndex = last;
  followCell(panel.content, last);
  return plan.added.size;
}
