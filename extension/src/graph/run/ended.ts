import type { ICallRecord } from '@llmos-lab/kernel';
import type { IGraphCell } from '@llmos-lab/skills';

import type { INotebookGraph } from '../tokens';
import type { ICellError } from './executions';
import type { IEndedCell, IFinishedRun, RunEdge } from './finishedRun';
import type { RunRecord } from './record';
import type { ICellState } from './tokens';

/** The one call that a cell made; undefined when it made none or several. */
export function onlyCall(calls: readonly ICallRecord[]): ICallRecord | undefined {
  return calls.length === 1 ? calls[0] : undefined;
}

interface IEnd {
  readonly status: IEndedCell['status'];
  readonly ms: number;
  readonly isComputed: boolean;
  readonly calls: readonly ICallRecord[];
  readonly error?: ICellError;
}

/** How a cell ended, with what its source said when it began. */
export function endedCell(
  id: string,
  cell: IGraphCell | undefined,
  end: IEnd
): IEndedCell {
  const [call, more] = cell?.calls ?? [];
  const { status, ms, isComputed, calls, error } = end;
  return {
    id,
    source: cell?.source ?? '',
    defines: cell?.analysis.defines ?? [],
    skill: call?.topLevel && !more ? call.skill : null,
    ...{ status, ms, isComputed, calls },
    ...(error && { error })
  };
}

/** The edges by which values come to a cell, as the notebook is now. */
export function edgesInto(
  graph: Pick<INotebookGraph, 'view'>,
  cell: string
): readonly RunEdge[] {
  return graph.view.edges
    .filter(({ to, problem }) => to === cell && problem?.code !== 'late')
    .map(({ from, output, to, input }): RunEdge => [from, output, to, input]);
}

/** A run whose cells have all ended, those too that never began. */
export function finishedRun(
  record: RunRecord,
  graph: INotebookGraph,
  states: ReadonlyMap<string, ICellState>,
  ms: number
): IFinishedRun {
  const never = { ms: 0, isComputed: false, calls: [] };
  const present = graph.graph.cells.filter(({ id }) => record.cells.has(id));
  const cells = present.map(cell => {
    const status = states.get(cell.id)?.status === 'blocked' ? 'blocked' : 'cancelled';
    return record.ended.get(cell.id) ?? endedCell(cell.id, cell, { ...never, status });
  });
  const ids = new Set(present.map(({ id }) => id));
  const deleted = [...record.cells].filter(id => !ids.has(id));
  const gone = deleted.map(
    id =>
      record.ended.get(id) ??
      endedCell(id, undefined, { ...never, status: 'cancelled' })
  );
  // As they were when the cell was sent: an edit meanwhile is no part of the run.
  const edges = present
    .flatMap(({ id }) => record.edgesInto(id) ?? edgesInto(graph, id))
    .filter(([from]) => ids.has(from));
  const { trigger, startedAt } = record;
  return { trigger, startedAt, ms, cells: [...cells, ...gone], edges };
}
