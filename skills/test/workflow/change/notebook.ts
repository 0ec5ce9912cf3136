import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildGraph,
  parseSkill,
  type EditResult,
  type IEdit,
  type IEditContext,
  type IGraph,
  type INotebookCell,
  type IRefusal,
  type ISkill
} from '../../../src';

const LIBRARY = join(__dirname, '../../../library/system');

const SKILLS = new Map(
  readdirSync(LIBRARY).flatMap(file => {
    const { skill } = parseSkill(readFileSync(join(LIBRARY, file), 'utf8'), file);
    return skill ? [[skill.id, skill] as const] : [];
  })
);

/** The skill of an id in the library that ships. */
export const find = (id: string): ISkill | undefined => SKILLS.get(id);

/** A notebook of code cells named a, b, c …; text that begins with # is Markdown. */
export function notebook(...sources: readonly string[]): IEditContext {
  const cells = sources.map((source, index): INotebookCell => ({
    id: String.fromCharCode(97 + index),
    type: source.startsWith('# ') ? 'markdown' : 'code',
    source,
    metadata: {}
  }));
  return { cells, find };
}

export const sourcesOf = ({ cells }: { cells: readonly INotebookCell[] }): string[] =>
  cells.map(cell => cell.source);

/** Ids in document order, as one word. */
export const orderOf = ({ cells }: { cells: readonly INotebookCell[] }): string =>
  cells.map(cell => cell.id).join('');

export function graphOf({ cells }: { cells: readonly INotebookCell[] }): IGraph {
  return buildGraph(cells.filter(cell => cell.type === 'code'));
}

/** The edit, which must not have been refused. */
export function done(result: EditResult): IEdit {
  if (!result.ok) {
    throw new Error(`Refused: ${result.reason}`);
  }
  return result;
}

/** The refusal, which must have been one. */
export function refused(result: EditResult): IRefusal {
  if (result.ok) {
    throw new Error(`Done: ${JSON.stringify(sourcesOf(result))}`);
  }
  return result;
}

/** Ids n1, n2, … */
export function ids(): () => string {
  let count = 0;
  return () => `n${(count += 1)}`;
}
