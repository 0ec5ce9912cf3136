import type { IGraph, IGraphCell, IGraphEdge } from '../graph';
import { digest } from './digest';

/** Versions of skills by the id that calls use; unknown skills have none. */
export type SkillVersions = ReadonlyMap<string, string>;

/** A cell as the scheduler sees it. */
export interface IFlowCell {
  readonly id: string;
  /** Stands for its source and the versions of the skills that it calls. */
  readonly code: string;
  /** True when it only calls one skill: such cells may overtake plain ones. */
  readonly isSkill: boolean;
  /** True when there is nothing to run. */
  readonly isBlank: boolean;
  readonly uses: readonly string[];
  /** Names that it binds or changes in place. */
  readonly binds: readonly string[];
  /** Values from cells above; an edge from below is no order that a run could keep. */
  readonly needs: readonly IGraphEdge[];
  /** Stands for what its source alone computes, whatever it calls its result. */
  readonly step: string;
  /**
   * Stands for what the cell computes from top to bottom: equal for equal steps over
   * equal upstream steps. Plain cells are taken to give the same again.
   */
  readonly meaning: string;
}

/** The cells of a graph in document order, by id. */
export type Flow = ReadonlyMap<string, IFlowCell>;

/** Reads a graph as the scheduler needs it. */
export function readFlow(graph: IGraph, versions: SkillVersions): Flow {
  const needs = new Map<string, IGraphEdge[]>();
  for (const edge of graph.edges) {
    if (!edge.late) {
      const list = needs.get(edge.to) ?? [];
      list.push(edge);
      needs.set(edge.to, list);
    }
  }
  const flow = new Map<string, IFlowCell>();
  for (const cell of graph.cells) {
    const { id, source, analysis, calls } = cell;
    const skills = calls.map(call => `${call.skill}@${versions.get(call.skill) ?? ''}`);
    const inputs = needs.get(id) ?? [];
    const isSkill = isSkillCell(cell);
    const step = digest(JSON.stringify([isSkill ? callText(cell) : source, skills]));
    const upstream = inputs.map(
      ({ from, name }) => [name, flow.get(from)?.meaning ?? ''] as const
    );
    flow.set(id, {
      id,
      code: digest(JSON.stringify([source, skills])),
      isSkill,
      isBlank: source.trim() === '',
      uses: analysis.uses,
      binds: [...new Set([...analysis.defines, ...analysis.mutates])],
      needs: inputs,
      step,
      meaning: meaningOf(step, upstream)
    });
  }
  return flow;
}

/**
 * What a step means over values of these meanings, by the names it reads them under.
 * The order of the names does not matter.
 */
export function meaningOf(
  step: string,
  read: readonly (readonly [name: string, meaning: string])[]
): string {
  const sorted = [...read].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return digest(JSON.stringify([step, sorted]));
}

/** What stands in the brackets of the cell's call: its target's name does not matter. */
function callText({ source, calls }: IGraphCell): string {
  return source.slice(calls[0]?.argumentsStart, calls[0]?.argumentsEnd);
}

/** Lines that may stand beside a call: they compute nothing from the notebook's values. */
const BESIDE = /^\s*(#.*|(from|import)\b.*)?$/;

/** What may stand before a call in its own line. */
const OPENING = /^\s*([^\W\d]\w*\s*(:[^=]*)?=\s*)?(await\s+)?$/;

/**
 * Whether a cell does nothing but call one skill. Imports and comments may stand beside
 * the call.
 */
export function isSkillCell({ source, analysis, calls }: IGraphCell): boolean {
  const [call, more] = calls;
  if (!call || more || !call.topLevel || analysis.incomplete) {
    return false;
  }
  const before = source.slice(0, call.start).split('\n');
  const [rest = '', ...after] = source.slice(call.end).split('\n');
  return (
    OPENING.test(before.pop() ?? '') &&
    before.every(line => BESIDE.test(line)) &&
    /^[\s;]*(#.*)?$/.test(rest) &&
    after.every(line => BESIDE.test(line))
  );
}
