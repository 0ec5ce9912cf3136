import type { ICallRecord } from '@llmos-lab/kernel';
import type { ISweepPlan } from '@llmos-lab/skills';

import type { IEndedCell, IFinishedRun, RunEdge } from '../run/finishedRun';
import type { IGraphView } from '../graphModel/view';
import type { IEndedPoint } from './pointRuns';

/** A point as a run of its own, as `python -m llmos run --sweep` records it too. */
export function pointRun(
  plan: ISweepPlan,
  point: IEndedPoint,
  view: Pick<IGraphView, 'edges'>,
  now: number
): IFinishedRun {
  const made = point.error ? point.error.at + 1 : plan.calls.length;
  const cells = plan.calls.slice(0, made).map(({ cell, call }, at): IEndedCell => {
    const told = point.calls[at];
    const error = point.error?.at === at ? point.error : undefined;
    const ms = point.computed.get(at) ?? told?.ms ?? 0;
    const isComputed = point.computed.has(at);
    const record: ICallRecord[] = told
      ? [
          {
            ...told,
            parent: '',
            key: null,
            cached: !isComputed && !point.ranHere.has(at)
          }
        ]
      : [];
    return {
      id: cell.id,
      status: error ? 'failed' : 'success',
      ...{ ms, source: cell.source, defines: cell.analysis.defines },
      ...{ skill: call.skill, isComputed, calls: record },
      ...(error && { error: { name: error.name, message: error.message } })
    };
  });
  const edges = edgesOf(plan, new Set(cells.map(({ id }) => id)), view);
  // Of its calls: that it waited for workers, which others had, is no time of its own.
  const ms = cells.reduce((sum, cell) => sum + cell.ms, 0);
  const swept = plan.axes.map(({ cell, input }) => [cell, input] as const);
  return { trigger: 'sweep', swept, startedAt: now - ms, ms, cells, edges };
}

/** Between the cells of a point; an input that is swept has its value from no cell. */
function edgesOf(
  { axes }: ISweepPlan,
  ids: ReadonlySet<string>,
  { edges }: Pick<IGraphView, 'edges'>
): readonly RunEdge[] {
  return edges
    .filter(({ from, to, input, problem }) => {
      const isSwept = axes.some(axis => axis.cell === to && axis.input === input);
      return ids.has(from) && ids.has(to) && !isSwept && problem?.code !== 'late';
    })
    .map(({ from, output, to, input }): RunEdge => [from, output, to, input]);
}
