import type { ICallRecord } from '@llmos-lab/kernel';
import {
  maskTrace,
  type ITrace,
  type ITracedValue,
  type ITraceNode
} from '@llmos-lab/skills';

import type { IEndedCell, IFinishedRun, RunEdge } from '../run/finishedRun';

/** What a trace says beside its run. */
export interface ITraceContext {
  readonly id: string;
  readonly session: string;
  readonly user: string;
  readonly goal: string;
  readonly env: { readonly [name: string]: string };
  /** `sha256:` and the hash of a text's UTF-8 bytes. */
  readonly hash: (text: string) => Promise<string>;
  /** A skill's own id and version, by the id that a call writes. */
  readonly skill: (
    id: string
  ) => { readonly id: string; readonly version: string } | null;
}

/** The record of a run that is kept, without secrets. */
export async function toTrace(
  run: IFinishedRun,
  context: ITraceContext
): Promise<ITrace> {
  const { id, session, user, goal, env } = context;
  const nodes = await Promise.all(
    run.cells.map(cell => toNode(cell, run.edges, context))
  );
  const ended = new Set(nodes.map(({ status }) => status));
  // What misses a value that was stopped has no fault either.
  const failed =
    ended.has('failed') || (ended.has('blocked') && !ended.has('cancelled'));
  const done = nodes.every(({ status }) => status === 'success');
  return maskTrace({
    v: 1,
    id,
    session,
    user,
    started: new Date(run.startedAt).toISOString(),
    ms: rounded(run.ms),
    status: done ? 'success' : failed ? 'failed' : 'cancelled',
    goal,
    trigger: run.trigger,
    ...(run.swept && { swept: run.swept }),
    nodes,
    edges: run.edges,
    env
  });
}

async function toNode(
  cell: IEndedCell,
  edges: readonly RunEdge[],
  { hash, skill }: ITraceContext
): Promise<ITraceNode> {
  const { id, status, calls, error, source, defines } = cell;
  const call = cell.skill !== null && calls.length === 1 ? calls[0] : undefined;
  const end = { status, ms: rounded(cell.ms), ...(error && { error }) };
  if (cell.skill === null) {
    const code = await hash(source);
    return { id, skill: null, code, defines, ...end, inputs: {}, outputs: {} };
  }
  const known = skill(cell.skill);
  const version = call?.version ?? known?.version;
  const cached = call?.cached === true && !cell.isComputed;
  return {
    id,
    skill: call?.skill ?? known?.id ?? cell.skill,
    ...(version !== undefined && { version }),
    ...end,
    ...(status === 'success' && { cached }),
    inputs: withSources(id, call, edges),
    outputs: call?.outputs ?? {}
  };
}

/** The inputs of a call, each with the cell and output that it came from. */
function withSources(
  id: string,
  call: ICallRecord | undefined,
  edges: readonly RunEdge[]
): ITraceNode['inputs'] {
  return Object.fromEntries(
    Object.entries(call?.inputs ?? {}).map(([name, value]): [string, ITracedValue] => {
      const edge = edges.find(([, , to, input]) => to === id && input === name);
      return [name, edge ? { ...value, from: [edge[0], edge[1]] } : value];
    })
  );
}

/** Tenths of milliseconds say nothing. */
function rounded(ms: number): number {
  return Math.round(ms);
}
