/** The cell that defines a name which Python does not know. */
import type { IGraphCell } from '../../workflow/graph';
import type { IContextCell } from '../context';
import type { IQuestion } from './question';

/** The error of a name that Python does not know. */
export const NO_NAME = /^NameError: name '([^']+)'/;

/** Where an error stands. */
export interface IErrorPlace extends Pick<IQuestion, 'graph' | 'cells'> {
  /** Id of the cell that shows it; of an error that was pasted nobody knows it. */
  readonly cell?: string;
}

/** What defines a name, as seen from the cell that lacks it. */
export interface IDefiner {
  readonly cell: IGraphCell;
  /** Its place among the code cells, from 1. */
  readonly number: number;
  /** False where it comes only after the cell that lacks the name. */
  readonly isAbove: boolean;
  readonly state: string;
}

/** The last cell above that defines a name, else the first one below; null where none does. */
export function definerOf(
  name: string,
  { graph, cells, cell: lacking }: IErrorPlace
): IDefiner | null {
  const at = graph.cells.findIndex(({ id }) => id === lacking);
  const from = at < 0 ? graph.cells.length : at;
  const defines = ({ analysis }: IGraphCell): boolean =>
    analysis.defines.includes(name);
  const cell =
    graph.cells.slice(0, from).filter(defines).pop() ??
    graph.cells.slice(from + 1).find(defines);
  if (!cell) {
    return null;
  }
  const index = graph.cells.indexOf(cell);
  const { state = '' }: Partial<IContextCell> =
    cells.find(({ id }) => id === cell.id) ?? {};
  return { cell, number: index + 1, isAbove: index < from, state };
}

/** What to do so that the name is known: Markdown. */
export function definerText({ cell, number, isAbove, state }: IDefiner): string {
  const line = cell.source.trim().split('\n')[0]?.slice(0, 60) ?? '';
  const which = `cell ${number} (\`${line.replaceAll('`', "'")}\`)`;
  if (!isAbove) {
    return `Only ${which}, further down, defines it: move that one up.`;
  }
  const [status = '', ...reason] = state.split(': ');
  const why = reason.length > 0 ? ` ${reason.join(': ')}` : '';
  const first = `**Run ${which} first**: it defines the name`;
  switch (status) {
    case 'failed':
      return `The definition is in ${which}, which failed: mend that one first.`;
    case 'blocked':
      return `The definition is in ${which}, which did not run because something that it needs failed.${why} Mend that first.`;
    case 'done':
    case 'cached':
      return `The definition is in ${which}, which has run since: run this cell again.`;
    case 'running':
      return `The definition is in ${which}, which is running: run this cell again after it.`;
    case 'waiting':
      return `The definition is in ${which}, which waits for its turn: run this cell again after it.`;
    case 'stale':
      return `${first}, and is stale.${why}`;
    case 'cancelled':
      return `${first}, and its last run was cancelled.`;
    case 'idle':
      return `${first}, and has not run since the notebook was opened.`;
    default:
      return `${first}.`;
  }
}

/** Whether a cell lacks no more than a run of a cell above it, or has got that since. */
export function lacksRun(
  { id, error = '' }: IContextCell,
  place: Pick<IErrorPlace, 'graph' | 'cells'>
): boolean {
  const name = NO_NAME.exec(error.trim())?.[1];
  const definer = name === undefined ? null : definerOf(name, { ...place, cell: id });
  return definer?.isAbove === true && !/^(?:failed|blocked)\b/.test(definer.state);
}
