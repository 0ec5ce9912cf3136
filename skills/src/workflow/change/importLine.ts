import type { ICellSource } from '../graph';
import { analyseCell } from '../analyse';

/** Line with which notebooks made here begin. */
export const IMPORT_LINE = 'from llmos import skill';

type Cell = Pick<ICellSource, 'source'> & { readonly type: string };

/** Whether the cell makes `skill` known under that name. */
export function importsSkill({ type, source }: Cell): boolean {
  return (
    type === 'code' &&
    analyseCell(source).imports.some(
      ({ module, member, name }) =>
        module === 'llmos' && member === 'skill' && name === 'skill'
    )
  );
}

/**
 * Where the import goes so that it stands above `before`: -1 when it is there already,
 * else the index of the first code cell, or `before` when none comes earlier.
 */
export function importIndex(cells: readonly Cell[], before: number): number {
  if (cells.slice(0, before).some(importsSkill)) {
    return -1;
  }
  const first = cells.findIndex(cell => cell.type === 'code');
  return first < 0 ? before : Math.min(first, before);
}

/** Whether the notebook is as JupyterLab makes it: at most one cell, and that is empty. */
export function isBlank(cells: readonly Cell[]): boolean {
  return cells.length === 0 || (cells.length === 1 && cells[0]?.source.trim() === '');
}
