import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import {
  planWorkflow,
  checkCall,
  type IPlanStep,
  type JsonValue
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { editContext, type IEditSources } from '../graph/edit/editContext';
import { readCells, writeCells } from '../graph/edit/notebookCells';

/** Puts code into a new cell below the active one, as one step of undo; gives its id. */
export function insertCode(panel: NotebookPanel, source: string): string | null {
  const { model, content } = panel;
  if (!model) {
    return null;
  }
  const cells = readCells(model);
  const at = content.activeCellIndex + 1;
  const cell = { id: UUID.uuid4(), type: 'code', source, metadata: {} } as const;
  writeCells(model, [...cells.slice(0, at), cell, ...cells.slice(at)]);
  content.activeCellIndex = at;
  void content.scrollToItem(at, 'auto');
  return cell.id;
}

/** The same, and runs the cell. */
export async function runCode(panel: NotebookPanel, source: string): Promise<void> {
  if (insertCode(panel, source) !== null) {
    await NotebookActions.run(panel.content, panel.sessionContext);
  }
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
  void panel.content.scrollToItem(last, 'auto');
  return plan.added.size;
}
