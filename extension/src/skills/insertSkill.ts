import type { INotebookModel, Notebook } from '@jupyterlab/notebook';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  analyseCell,
  IMPORT_LINE,
  importIndex,
  isBlank,
  namesIn,
  targetName,
  toCell,
  type CellArgument,
  type IExecutableSkill,
  type JsonValue
} from '@llmos-lab/skills';

import { scrollToCell } from '../notebook/scrollToCell';
import { inOneStep } from '../notebook/undoStep';
import { linkedInputs, type ICellText } from './linkedInputs';

/** Where a skill cell goes: below a cell, at an index, or into a cell that is there. */
export type Place =
  /** -1, when no cell is active, appends. */
  | { readonly after: number }
  | { readonly at: number }
  /** The call replaces the text of this code cell. */
  | { readonly into: number };

/** What is inserted where. */
export interface IInsertion {
  readonly entry: ISkillEntry & { readonly skill: IExecutableSkill };
  /** Values for inputs, by name; the others keep their defaults. */
  readonly inputs?: Readonly<Record<string, JsonValue>>;
  readonly place: Place;
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
  const plan = planInsertion(cellTexts(model), insertion);
  const { id } = insertion.entry.skill;
  const mark = { v: 1, skill: id, version: insertion.entry.version };
  const { source } = plan;
  const { sharedModel } = model;
  const filled = plan.fills ? sharedModel.getCell(plan.at) : undefined;
  const edit = (): void => {
    if (plan.clears) {
      sharedModel.deleteCellRange(0, sharedModel.cells.length);
    }
    if (filled) {
      filled.setSource(source);
      filled.setMetadata('llmos', mark);
    } else {
      const metadata = { llmos: mark };
      sharedModel.insertCell(plan.at, { cell_type: 'code', source, metadata });
    }
    if (plan.importAt >= 0) {
      sharedModel.insertCell(plan.importAt, {
        cell_type: 'code',
        source: IMPORT_LINE
      });
    }
  };
  inOneStep(sharedModel, edit, filled ? [filled] : []);
  return plan.importAt >= 0 ? plan.at + 1 : plan.at;
}

interface IInsertionPlan {
  /** Index of the skill cell, before the import goes in above it. */
  readonly at: number;
  /** Index of the import, -1 when it is there. */
  readonly importAt: number;
  /** Whether the cell at the index is filled instead of a new one made. */
  readonly fills: boolean;
  /** Whether the cells that are there go first. */
  readonly clears: boolean;
  readonly source: string;
}

function planInsertion(
  all: readonly ICellText[],
  { entry, inputs = {}, place, find }: IInsertion
): IInsertionPlan {
  const fills = 'into' in place;
  // What is typed in the cell that is filled goes, so it counts for nothing.
  const cells = fills
    ? all.map((cell, index) => (index === place.into ? { ...cell, source: '' } : cell))
    : all;
  const clears = !fills && isBlank(cells);
  const at = clears ? 0 : indexOf(place, cells.length);
  const above = clears ? [] : cells.slice(0, at);
  const { skill } = entry;
  const target = targetName(skill.id, variablesOf(cells));
  const links = linkedInputs(skill, above, find);
  const given = toArguments(links, inputs);
  const defined = definedIn(above);
  // A name that nothing above gives would only stand for a NameError.
  const ports = skill.inputs.filter(
    ({ name, required, default: usual }) =>
      !required || usual !== undefined || name in given || defined.has(name)
  );
  return {
    at,
    importAt: clears ? 0 : importIndex(cells, at),
    fills,
    clears,
    source: toCell({ ...skill, inputs: ports }, target, given)
  };
}

function definedIn(cells: readonly ICellText[]): ReadonlySet<string> {
  const code = cells.filter(({ type }) => type === 'code');
  return new Set(code.flatMap(({ source }) => analyseCell(source).defines));
}

function variablesOf(cells: readonly ICellText[]): ReadonlySet<string> {
  const code = cells.filter(({ type }) => type === 'code');
  return namesIn(code.map(({ source }) => analyseCell(source)));
}

function indexOf(place: Place, count: number): number {
  if ('into' in place) {
    return place.into;
  }
  if ('at' in place) {
    return Math.min(place.at, count);
  }
  return place.after < 0 ? count : Math.min(place.after + 1, count);
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

/**
 * Makes a cell the active one, shows it and gives it the focus: in command mode, or with
 * the cursor at the end of its text.
 */
export async function showCell(
  notebook: Notebook,
  index: number,
  { edit = false } = {}
): Promise<void> {
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = edit ? 'edit' : 'command';
  await scrollToCell(notebook, index, 'auto');
  notebook.activate();
  const editor = edit ? notebook.widgets[index]?.editor : undefined;
  if (editor) {
    const end = editor.getPositionAt(editor.model.sharedModel.getSource().length);
    editor.setCursorPosition(end ?? { line: 0, column: 0 });
  }
}

/** Kinds and sources of all cells. */
export function cellTexts(model: INotebookModel): ICellText[] {
  return model.sharedModel.cells.map(cell => ({
    type: cell.cell_type,
    source: cell.getSource()
  }));
}
