import type { IExecutableSkill, IPort, ISkill } from '../../skill/skill';
import { closest } from '../../skill/suggest';
import { onlyCall, type ISkillCall } from '../calls';
import type { IGraph, IGraphCell, IGraphEdge } from '../graph';
import { MOST_POINTS, type ISweepValue } from './values';

/** What a sweep is planned from. */
export interface ISweepContext {
  readonly graph: IGraph;
  /** The skill with an id or alias, as the person has it. */
  readonly find: (id: string) => ISkill | undefined;
}

/** An input and the values that it takes. */
export interface ISweepAxis {
  /** Id of the cell. */
  readonly cell: string;
  readonly input: string;
  readonly values: readonly ISweepValue[];
  /** Whether a chart shows them in even ratios. */
  readonly isLog?: boolean;
}

/** One of the calls of a point. */
export interface ISweepCall {
  readonly cell: IGraphCell;
  readonly call: ISkillCall;
  /** The variable that takes its result. */
  readonly target: string;
  readonly skill: IExecutableSkill;
}

/** What a sweep runs. */
export interface ISweepPlan {
  readonly axes: readonly ISweepAxis[];
  /** Names of the axes as columns: the input's, with the variable's where two are equal. */
  readonly names: readonly string[];
  /** The calls of a point, in document order. */
  readonly calls: readonly ISweepCall[];
  /** Ids of cells that depend on the swept ones and are not run for each point. */
  readonly leftOut: readonly string[];
  /** Ids of the cells whose values the calls read: they must have run. */
  readonly needs: readonly string[];
  /** Units of columns, by name. */
  readonly units: ReadonlyMap<string, string>;
}

/** A plan, or why there is none, as a sentence for people. */
export type SweepPlanned =
  | { readonly ok: true; readonly plan: ISweepPlan }
  | { readonly ok: false; readonly reason: string };

/** The call of a cell, where its inputs can be swept, or why not. */
export type Sweepable =
  | { readonly ok: true; readonly call: ISweepCall }
  | { readonly ok: false; readonly reason: string };

const SCALARS: ReadonlySet<string> = new Set([
  'number',
  'integer',
  'boolean',
  'string'
]);

/** The code cell with an id, else the only one whose call has that target. */
export function findSweptCell(graph: IGraph, wanted: string): IGraphCell | undefined {
  const byId = graph.cells.find(({ id }) => id === wanted);
  const named = graph.cells.filter(({ calls }) =>
    calls.some(({ target, topLevel }) => topLevel && target === wanted)
  );
  return byId ?? (named.length === 1 ? named[0] : undefined);
}

/** Whether the inputs of a cell's call can be swept. */
export function sweepable({ find }: ISweepContext, cell: IGraphCell): Sweepable {
  const [only, more] = cell.calls;
  if (!only?.topLevel || more) {
    return {
      ok: false,
      reason: only
        ? 'The cell calls several skills, or one within a loop: only a cell with one call can be swept.'
        : 'The cell calls no skill: only inputs of skills can be swept. Save the cell as a skill first, or write the loop by hand.'
    };
  }
  const skill = find(only.skill);
  if (skill?.kind !== 'executable') {
    return { ok: false, reason: `There is no skill "${only.skill}" that can run.` };
  }
  const call = onlyCall(cell);
  if (!skill.pure) {
    return {
      ok: false,
      reason: `"${skill.name}" is not pure: what it gives depends on more than its inputs, so it cannot be swept.`
    };
  }
  return call?.onlyReads && call.target !== null
    ? { ok: true, call: { cell, call, target: call.target, skill } }
    : {
        ok: false,
        reason:
          'Only a cell that is one call can be swept, whose result goes into a variable and whose inputs are values or variables.'
      };
}

/** The input of a call, or what to write instead. */
export function findPort(
  { skill }: Pick<ISweepCall, 'skill'>,
  name: string
): IPort | { readonly reason: string } {
  const port = skill.inputs.find(each => each.name === name);
  if (port) {
    return port;
  }
  const names = skill.inputs.map(each => each.name);
  const near = closest(name, names);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const known = names.join(', ') || 'none';
  return {
    reason: `"${skill.name}" has no input "${name}".${hint} Its inputs: ${known}.`
  };
}

/** What a sweep of these inputs runs: the swept calls, and pure calls that use them. */
export function planSweep(
  context: ISweepContext,
  axes: readonly ISweepAxis[]
): SweepPlanned {
  const { graph } = context;
  const places = new Set(axes.map(({ cell, input }) => `${cell} ${input}`));
  const size = axes.reduce((product, { values }) => product * values.length, 1);
  if (axes.length === 0) {
    return { ok: false, reason: 'Choose an input to sweep.' };
  }
  if (places.size < axes.length) {
    return {
      ok: false,
      reason: 'An input is swept twice: give all its values at one place.'
    };
  }
  if (size > MOST_POINTS) {
    return {
      ok: false,
      reason: `The sweep has ${size} points; at most ${MOST_POINTS} are run.`
    };
  }
  for (const { cell: id } of axes) {
    const cell = graph.cells.find(each => each.id === id);
    const found = cell && sweepable(context, cell);
    if (!found?.ok) {
      return found ?? { ok: false, reason: 'The cell is no longer there.' };
    }
  }
  const { calls, leftOut } = chainOf(context, new Set(axes.map(({ cell }) => cell)));
  const names = axisNames(axes, calls);
  return {
    ok: true,
    plan: {
      ...{ axes, names, calls, leftOut },
      needs: needsOf(graph, calls),
      units: unitsOf(axes, names, calls)
    }
  };
}

/** All combinations of the values, the last axis fastest. */
export function sweepPoints({
  axes
}: Pick<ISweepPlan, 'axes'>): readonly (readonly ISweepValue[])[] {
  return axes.reduce<readonly (readonly ISweepValue[])[]>(
    (points, { values }) =>
      points.flatMap(point => values.map(value => [...point, value])),
    [[]]
  );
}

/** Edges from cells above that carry data: modules and `skill` itself are none. */
function dataEdges(graph: IGraph): ReadonlyMap<string, readonly IGraphEdge[]> {
  const imported = new Map(
    graph.cells.map(({ id, analysis }) => [
      id,
      new Set(analysis.imports.map(({ name }) => name))
    ])
  );
  const found = new Map<string, IGraphEdge[]>();
  for (const edge of graph.edges) {
    if (!edge.late && !imported.get(edge.from)?.has(edge.name)) {
      found.set(edge.to, [...(found.get(edge.to) ?? []), edge]);
    }
  }
  return found;
}

/** The calls of a point, and the cells that depend on them all the same. */
function chainOf(
  context: ISweepContext,
  starts: ReadonlySet<string>
): Pick<ISweepPlan, 'calls' | 'leftOut'> {
  const { graph } = context;
  const edges = dataEdges(graph);
  const calls: ISweepCall[] = [];
  const chain = new Set<string>();
  const left = new Set<string>();
  for (const cell of graph.cells) {
    const below = (edges.get(cell.id) ?? []).filter(
      ({ from }) => chain.has(from) || left.has(from)
    );
    const isStart = starts.has(cell.id);
    if (!isStart && below.length === 0) {
      continue;
    }
    const found = sweepable(context, cell);
    const isClean = below.every(({ from }) => !left.has(from));
    if (found.ok && (isStart || (isClean && givesScalars(found.call.skill)))) {
      calls.push(found.call);
      chain.add(cell.id);
    } else {
      left.add(cell.id);
    }
  }
  return { calls, leftOut: [...left] };
}

/** Whether a call gives numbers for a table; charts are not drawn once a point. */
function givesScalars({ outputs }: IExecutableSkill): boolean {
  return (
    outputs.some(({ type }) => SCALARS.has(type)) &&
    outputs.every(({ type }) => type !== 'image')
  );
}

/** Imports too, but for that of `skill`: an input may be computed with a module. */
function needsOf(graph: IGraph, calls: readonly ISweepCall[]): readonly string[] {
  const callees = new Map(
    calls.map(({ cell, call }) => [cell.id, call.callee.split('.', 1)[0]])
  );
  const found = graph.edges.filter(
    ({ from, name, to, late }) =>
      !late && callees.has(to) && !callees.has(from) && callees.get(to) !== name
  );
  const needed = new Set(found.map(({ from }) => from));
  return graph.cells.map(({ id }) => id).filter(id => needed.has(id));
}

function axisNames(
  axes: readonly ISweepAxis[],
  calls: readonly ISweepCall[]
): readonly string[] {
  const targets = new Map(calls.map(({ cell, target }) => [cell.id, target]));
  return axes.map(({ cell, input }) => {
    const isAlone = axes.filter(other => other.input === input).length === 1;
    return isAlone ? input : `${targets.get(cell) ?? cell}.${input}`;
  });
}

function unitsOf(
  axes: readonly ISweepAxis[],
  names: readonly string[],
  calls: readonly ISweepCall[]
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  axes.forEach(({ cell, input }, at) => {
    const skill = calls.find(call => call.cell.id === cell)?.skill;
    const unit = skill?.inputs.find(({ name }) => name === input)?.unit;
    const name = names[at];
    if (unit !== undefined && unit !== '' && name !== undefined) {
      found.set(name, unit);
    }
  });
  for (const { target, skill } of calls) {
    for (const { name, unit } of skill.outputs) {
      if (unit !== undefined && unit !== '') {
        found.set(`${target}.${name}`, unit);
      }
    }
  }
  return found;
}
