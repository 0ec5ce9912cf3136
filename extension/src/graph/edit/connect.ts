import {
  connectCells,
  type EditResult,
  type IConnection,
  type IEditContext
} from '@llmos-lab/skills';
import type { TranslationBundle } from '@jupyterlab/translation';

/** Connects an output to an input, unless that would change nothing: then they are. */
export function connectAnew(
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
