import type { JsonValue } from '../skill/skill';
import {
  accept,
  refuse,
  type EditResult,
  type IEditContext,
  type INotebookCell
} from '../workflow/change/change';
import { connectCells } from '../workflow/change/connect';
import { isBlank } from '../workflow/change/importLine';
import { planAsEdit, planWorkflow } from './plan';
import type { IPlanStep } from './planSteps';
import type { ToolName } from './tools';

/** Tools whose work is an edit of the notebook. */
export type ChangeTool = Extract<
  ToolName,
  'insert_cells' | 'edit_cell' | 'connect' | 'build_workflow'
>;

/** What new cells need: ids, and the versions of skills. */
export interface INewCells {
  /** Each call another one. */
  readonly newId: () => string;
  readonly versionOf: (skill: string) => string | undefined;
}

/** Whether a tool edits the notebook. */
export function isChangeTool(tool: string): tool is ChangeTool {
  return ['insert_cells', 'edit_cell', 'connect', 'build_workflow'].includes(tool);
}

/**
 * What a tool would make of the notebook, as data: it is shown as a diff before anything
 * is written. The arguments have passed `checkCall`.
 */
export function planChange(
  context: IEditContext,
  tool: ChangeTool,
  input: JsonValue,
  { newId, versionOf }: INewCells
): EditResult {
  if (context.isReadOnly) {
    return refuse('read-only', 'This notebook is read-only.');
  }
  switch (tool) {
    case 'insert_cells':
      return insertCells(context, input as unknown as IInsertion, newId);
    case 'edit_cell':
      return editCell(context, input as unknown as ICellEdit);
    case 'connect': {
      const { from, output, to, input: name } = input as unknown as ILink;
      return connectCells(context, { from, output, to, input: name });
    }
    case 'build_workflow': {
      const { nodes } = input as unknown as { readonly nodes: readonly IPlanStep[] };
      return planAsEdit(planWorkflow(context, nodes, newId, versionOf));
    }
  }
}

interface IInsertion {
  readonly cells: readonly Pick<INotebookCell, 'source' | 'type'>[];
  readonly after?: string;
}

interface ICellEdit {
  readonly cell: string;
  readonly source: string;
}

interface ILink {
  readonly from: string;
  readonly output: string;
  readonly to: string;
  readonly input: string;
}

function insertCells(
  { cells }: IEditContext,
  { cells: wanted, after }: IInsertion,
  newId: () => string
): EditResult {
  const at = cells.findIndex(({ id }) => id === after);
  if (after !== undefined && at < 0) {
    return unknownCell(after);
  }
  const added = wanted.map(({ type, source }) => ({
    id: newId(),
    type,
    source,
    metadata: {}
  }));
  const about = added.map(({ id }) => id);
  if (after === undefined && isBlank(cells)) {
    return accept(added, about);
  }
  const index = after === undefined ? cells.length : at + 1;
  return accept([...cells.slice(0, index), ...added, ...cells.slice(index)], about);
}

function editCell(
  { cells }: IEditContext,
  { cell: id, source }: ICellEdit
): EditResult {
  const cell = cells.find(each => each.id === id);
  if (!cell) {
    return unknownCell(id);
  }
  if (cell.metadata['editable'] === false) {
    return refuse('read-only', 'This cell is read-only.');
  }
  return accept(
    cells.map(each => (each === cell ? { ...each, source } : each)),
    [id]
  );
}

function unknownCell(id: string): EditResult {
  return refuse(
    'unknown-cell',
    `The notebook has no cell "${id}". Use read_notebook for the ids.`
  );
}
