import type { INotebookModel, Notebook } from '@jupyterlab/notebook';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  targetName,
  toCell,
  type CellArgument,
  type IExecutableSkill,
  type JsonValue
} from '@llmos-lab/skills';

import {
  freeName,
  IMPORT_LINE,
  importIndex,
  isBlank,
  linkedInputs,
  namesIn,
  type ICellText
} from './cellPlan';

/** What is inserted where. */
export interface IInsertion {
  readonly entry: ISkillEntry & { readonly skill: IExecutableSkill };
  /** Values for inputs, by name; the others keep their defaults. */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  /** Index after which the cell goes; -1 when there is no active cell. */
  readonly after: number;
  /** Finds the skills that cells above call. */
  readonly find: (id: string) => ISkillEntry | undefined;
}

/**
 * Puts a skill cell into a notebook, and above it the import when no cell has it, as
 * one undoable step. Nothing runs.
 *
 * @returns the index of the skill cell.
 */
export function insertSkill(model: INotebookModel, insertion: IInsertion): number {
  const { entry, after } = insertion;
  const cells = cellTexts(model);
  const replace = isBlank(cells);
  const at = replace || after < 0 ? cells.length : Math.min(after + 1, cells.length);
  const importAt = replace ? 0 : importIndex(cells, at);
  const { skill } = entry;
  const target = freeName(targetName(skill.id), namesIn(cells));
  const links = linkedInputs(skill, cells.slice(0, at), insertion.find);
  const source = toCell(skill, target, toArguments(links, insertion.inputs ?? {}));
  const metadata = {
    llmos: { v: 1, skill: skill.id, version: entry.version }
  };
  const { sharedModel } = model;
  let index = replace ? 0 : at;
  // What was typed just before stays a step of its own.
  undoManagerOf(sharedModel)?.stopCapturing();
  sharedModel.transact(() => {
    if (replace && cells.length > 0) {
      sharedModel.deleteCellRange(0, cells.length);
    }
    if (importAt >= 0) {
      sharedModel.insertCell(importAt, { cell_type: 'code', source: IMPORT_LINE });
      index += 1;
    }
    sharedModel.insertCell(index, { cell_type: 'code', source, metadata });
  });
  undoManagerOf(sharedModel)?.stopCapturing();
  return index;
}

/** Links as expressions; a value that was given for the same input wins. */
function toArguments(
  links: Readonly<Record<string, string>>,
  values: Readonly<Record<string, JsonValue>>
): Record<string, CellArgument> {
  return {
    ...mapValues(links, source => ({ source })),
    ...mapValues(values, value => ({ value }))
  };
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value)])
  );
}

/** Makes a cell the active one, shows it and gives it the focus, in command mode. */
export async function showCell(notebook: Notebook, index: number): Promise<void> {
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = 'command';
  await notebook.scrollToItem(index, 'auto');
  notebook.activate();
}

/** Kinds and sources of all cells. */
export function cellTexts(model: INotebookModel): ICellText[] {
  return model.sharedModel.cells.map(cell => ({
    isCode: cell.cell_type === 'code',
    source: cell.getSource()
  }));
}

interface IUndoManager {
  stopCapturing(): void;
}

/** The shared notebook's undo manager, which its interface does not declare. */
function undoManagerOf(
  shared: INotebookModel['sharedModel']
): IUndoManager | undefined {
  const { undoManager } = shared as { undoManager?: IUndoManager };
  return undoManager;
}
