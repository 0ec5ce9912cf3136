/** A run from the command line as a trace, like those of the site. */
import {
  argumentUses,
  definesByImport,
  isRecord,
  maskTrace,
  type ITrace,
  type ITracedValue,
  type ITraceNode,
  type TraceEdge
} from '@llmos-lab/skills';
import { sha256 } from '../sha256';
import type { CallRecord, INotebookRun, IRunCell } from './runNotebook';

/** What a trace says beside its run. */
export interface ITraceContext {
  readonly id: string;
  readonly session: string;
  readonly user: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly goal: string;
  readonly app: string;
}

/** The record of a run, without secrets. */
export function traceOfRun(run: INotebookRun, context: ITraceContext): ITrace {
  const { id, session, user, startedAt, goal, app } = context;
  const edges = edgesOf(run);
  const nodes = run.cells.map(cell => nodeOf(cell, edges));
  return maskTrace({
    ...{ v: 1, id, session, user, goal },
    started: new Date(startedAt).toISOString(),
    ms: run.cells.reduce((sum, { ms }) => sum + ms, 0),
    status: statusOf(run),
    trigger: 'all',
    nodes,
    edges,
    env: { app, ...run.versions }
  });
}

/** How a whole run ended. */
export function statusOf({ cells }: INotebookRun): ITrace['status'] {
  const found = new Set(cells.map(({ status }) => status));
  if (found.has('failed') || found.has('blocked')) {
    return 'failed';
  }
  return found.has('cancelled') ? 'cancelled' : 'success';
}

/** One for each argument of a skill call that reads the value, else one for the variable. */
function edgesOf({ graph }: INotebookRun): readonly TraceEdge[] {
  const cells = new Map(graph.cells.map(cell => [cell.id, cell]));
  return graph.edges.flatMap(({ from, name, to, late }): readonly TraceEdge[] => {
    const source = cells.get(from);
    const target = cells.get(to);
    const isImport = [source, target].some(
      cell => cell && definesByImport(cell.analysis, name)
    );
    if (late || isImport || !source || !target) {
      return [];
    }
    const [call, more] = target.calls;
    const uses = call && !more ? argumentUses(call, target, name) : [];
    const isResult = source.calls.length === 1 && source.calls[0]?.target === name;
    return uses.length === 0
      ? [[from, name, to, name]]
      : uses.map(({ input, output }) => {
          return [from, isResult ? (output ?? name) : name, to, input] as const;
        });
  });
}

function nodeOf(
  { cell, status, ms, calls, error }: IRunCell,
  edges: readonly TraceEdge[]
): ITraceNode {
  const end = { status, ms, ...(error && { error }) };
  const [written, more] = cell.calls;
  const call = calls.length === 1 ? calls[0] : undefined;
  if (!written || more) {
    const code = sha256(cell.source);
    const defines = cell.analysis.defines;
    return { id: cell.id, skill: null, code, defines, ...end, inputs: {}, outputs: {} };
  }
  const version = text(call, 'version');
  return {
    id: cell.id,
    skill: text(call, 'skill') ?? written.skill,
    ...(version !== undefined && { version }),
    ...end,
    ...(status === 'success' && { cached: false }),
    inputs: Object.fromEntries(
      Object.entries(values(call, 'inputs')).map(([name, value]) => {
        const edge = edges.find(([, , to, input]) => to === cell.id && input === name);
        return [name, edge ? { ...value, from: [edge[0], edge[1]] as const } : value];
      })
    ),
    outputs: values(call, 'outputs')
  };
}

function text(call: CallRecord | undefined, key: string): string | undefined {
  const value = call?.[key];
  return typeof value === 'string' ? value : undefined;
}

function values(
  call: CallRecord | undefined,
  key: string
): Readonly<Record<string, ITracedValue>> {
  const found = call?.[key];
  return Object.fromEntries(
    Object.entries(isRecord(found) ? found : {}).flatMap(([name, value]) =>
      isRecord(value) && typeof value['type'] === 'string'
        ? [[name, value as unknown as ITracedValue] as const]
        : []
    )
  );
}
