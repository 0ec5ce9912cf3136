import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';

import { isResult, type IPreview } from '../graphModel/preview';
import type { ICellState } from '../run/tokens';
import type { INotebookGraph } from '../tokens';

/** What a node shows of its cell. */
export interface ILatest {
  /** One line: why it failed, that it was stopped, or its result. */
  readonly text: string;
  /** The same with all that the error says. */
  readonly whole: string;
  readonly isError: boolean;
  /** Its picture or value, of the last run that gave one. */
  readonly result: IPreview | null;
  /** Whether the cell would give another result now, or failed to give one since. */
  readonly isOlder: boolean;
}

/** Cells whose outputs are what they gave last; `idle`: in an earlier kernel. */
const CURRENT: ReadonlySet<CellStatus> = new Set<CellStatus>([
  'idle',
  'done',
  'cached'
]);

/**
 * The picture or value of a cell: of its outputs, or an older one where they are not current.
 */
export function resultOf(
  graph: Pick<INotebookGraph, 'preview' | 'older'> | null | undefined,
  cell: string,
  status: CellStatus = 'idle'
): IPreview | null {
  const preview = graph?.preview(cell) ?? null;
  if (isResult(preview)) {
    return preview;
  }
  return CURRENT.has(status) ? null : (graph?.older(cell) ?? null);
}

/** What a node, its row in the outline and its part of a picture show of a cell. */
export function latestOf(
  graph: Pick<INotebookGraph, 'preview' | 'older'> | null | undefined,
  cell: string,
  state: Pick<ICellState, 'status' | 'message'> | null | undefined,
  trans: TranslationBundle
): ILatest {
  const preview = graph?.preview(cell) ?? null;
  const { status = 'idle', message } = state ?? {};
  const isNew = isResult(preview);
  const result = resultOf(graph, cell, status);
  // What a running cell has put out is cleared when it begins: the rest is new.
  const isOlder =
    result !== null && !CURRENT.has(status) && !(isNew && status === 'running');
  const said = preview?.kind === 'stopped' ? trans.__('Stopped') : preview?.text;
  const whole = message ?? said ?? result?.text ?? '';
  const isError = preview?.kind === 'error' || status === 'failed';
  return {
    ...{ whole, text: isError ? reasonIn(whole) : whole },
    ...{ isError, result, isOlder }
  };
}

/** An error without the names of the skills that it came through: the node says those. */
function reasonIn(error: string): string {
  return error.replace(/^SkillError: (?:Skill "[^"]*" failed: )+/, '');
}
