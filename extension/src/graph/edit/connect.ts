import type { TranslationBundle } from '@jupyterlab/translation';
import {
  connectCells,
  type EditResult,
  type IConnection,
  type IEditContext
} from '@llmos-lab/skills';

/** Connects an output to an input; refused where that would change nothing. */
export function connectOnce(
  context: IEditContext,
  connection: IConnection,
  trans: TranslationBundle
): EditResult {
  const result = connectCells(context, connection);
  const isMade =
    result.ok &&
    result.cells.every(({ id, source }, at) => {
      const before = context.cells[at];
      return before?.id === id && before.source === source;
    });
  return isMade
    ? {
        ok: false,
        code: 'not-possible',
        reason: trans.__('They are connected already.')
      }
    : result;
}
