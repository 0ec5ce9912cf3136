import { analyseCell } from '@llmos-lab/skills';

import type { ICellText } from '../skills/linkedInputs';

/** A name, and what is taken out of it: `h`, `h.hamiltonian`, `curve["x"][0]`. */
const REFERENCE =
  /^([\p{L}_][\p{L}\p{N}_]*)(?:\.[\p{L}_][\p{L}\p{N}_]*|\[[^[\]()]*\])*$/u;

/**
 * The variable from which an expression takes a value as it is; undefined for
 * expressions that compute something.
 *
 * @example
 * linkedName('h.hamiltonian'); // 'h'
 */
export function linkedName(expression: string): string | undefined {
  return REFERENCE.exec(expression.trim())?.[1];
}

/**
 * Index of the cell that gives a variable the value which the cell at `at` sees: the
 * nearest above that binds it. -1 when none does.
 */
export function sourceIndex(
  cells: readonly ICellText[],
  at: number,
  name: string
): number {
  for (let index = at - 1; index >= 0; index--) {
    const cell = cells[index];
    if (cell?.type === 'code' && analyseCell(cell.source).defines.includes(name)) {
      return index;
    }
  }
  return -1;
}
