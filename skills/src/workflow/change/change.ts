import type { ISkill, JsonValue } from '../../skill/skill';
import type { IGraph } from '../graph';

/** A cell of a notebook as edits see it. */
export interface INotebookCell {
  readonly id: string;
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly metadata: Readonly<Record<string, JsonValue>>;
}

/** What an edit of the graph starts from. */
export interface IEditContext {
  /** All cells in document order, Markdown too. */
  readonly cells: readonly INotebookCell[];
  /** The skill with an id or alias, as the person has it. */
  readonly find: (id: string) => ISkill | undefined;
  /** The graph as it is drawn; with it only cells that changed since are read. */
  readonly graph?: IGraph;
  /** True for a notebook that cannot be changed: every edit is refused. */
  readonly isReadOnly?: boolean;
}

/** Why an edit was refused. */
export type RefusalCode =
  | 'read-only'
  | 'unknown-cell'
  | 'unknown-skill'
  | 'unknown-output'
  | 'unknown-input'
  | 'unknown-name'
  | 'invalid-name'
  | 'name-taken'
  | 'type-mismatch'
  | 'cycle'
  | 'not-connected'
  | 'not-possible';

/** An edit that would not do what was asked; nothing changes. */
export interface IRefusal {
  readonly ok: false;
  readonly code: RefusalCode;
  /** Why, and what to do, as sentences for people. */
  readonly reason: string;
}

/** An edit that can be made: the notebook's cells as they are after it. */
export interface IEdit {
  readonly ok: true;
  /** All cells after the edit; one whose id was there before is the same cell. */
  readonly cells: readonly INotebookCell[];
  /** Ids of the cells that the edit is about: added, connected, renamed, moved. */
  readonly about: readonly string[];
  /** What the person should know of its consequences, as sentences. */
  readonly notes: readonly string[];
}

/** Edits are values, never exceptions: a refusal is what the person is shown (R4.3). */
export type EditResult = IEdit | IRefusal;

/** One end of a connection: an output (or variable) of a cell. */
export interface IOutputEnd {
  readonly from: string;
  /** Output of the cell's skill, else a variable that the cell defines. */
  readonly output: string;
}

/** The other end: an input of the skill that a cell calls. */
export interface IInputEnd {
  readonly to: string;
  readonly input: string;
}

/** An input that is disconnected, from all that it reads or from one variable. */
export interface ICut extends IInputEnd {
  /** The variable that alone goes where the input has a list of several. */
  readonly name?: string;
}

/** An edge of the graph as edits name it: from an output to an input. */
export interface IConnection extends IOutputEnd, IInputEnd {}

/** Place of a node on the canvas, its upper left corner. */
export type NodePosition = readonly [x: number, y: number];

/** A refusal with its reason, which may begin with the words for a cell. */
export function refuse(code: RefusalCode, reason: string): IRefusal {
  return { ok: false, code, reason: sentence(reason) };
}

/** The text with a capital letter at its beginning. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An edit that leaves these cells. */
export function accept(
  cells: readonly INotebookCell[],
  about: readonly string[],
  notes: readonly string[] = []
): IEdit {
  return { ok: true, cells, about, notes };
}
