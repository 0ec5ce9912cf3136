import { onlyCall, type ISkillCall } from '../calls';
import type { IGraph, IGraphCell, IGraphEdge } from '../graph';
import { digest } from './digest';
import { essence } from './essence';

/** Versions of skills by the id that calls use; unknown skills have none. */
export type SkillVersions = ReadonlyMap<string, string>;

/** A value that a cell reads of a cell above. */
export interface INeed extends IGraphEdge {
  /**
   * What it is imported as, where that is all that the cell above does with it: whatever
   * else that cell computes, the name is the same.
   */
  readonly imported?: string;
}

/** A cell as the scheduler sees it. */
export interface IFlowCell {
  readonly id: string;
  /**
   * Stands for its source, but for comments and how it is laid out, and for the versions of
   * the skills that it calls.
   */
  readonly code: string;
  /** True when it only calls one skill: such cells may overtake plain ones. */
  readonly isSkill: boolean;
  /** Name under which such a cell calls skills: no part of what it computes. */
  readonly callee: string | null;
  /** True when there is nothing to run. */
  readonly isBlank: boolean;
  readonly uses: readonly string[];
  /** Names that it binds or changes in place. */
  readonly binds: readonly string[];
  /** Those of `binds` that it only imports, with the meaning of their values. */
  readonly imports: ReadonlyMap<string, string>;
  /** Values from cells above; an edge from below is no order that a run could keep. */
  readonly needs: readonly INeed[];
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
  const needs = new Map<string, INeed[]>();
  const imports = new Map(graph.cells.map(cell => [cell.id, importsOf(cell)]));
  for (const edge of graph.edges) {
    if (!edge.late) {
      const list = needs.get(edge.to) ?? [];
      const imported = imports.get(edge.from)?.get(edge.name);
      list.push(imported === undefined ? edge : { ...edge, imported });
      needs.set(edge.to, list);
    }
  }
  const flow = new Map<string, IFlowCell>();
  for (const cell of graph.cells) {
    const { id, source, analysis, calls } = cell;
    const skills = calls.map(call => `${call.skill}@${versions.get(call.skill) ?? ''}`);
    const inputs = needs.get(id) ?? [];
    const call = freeCall(cell);
    const whole = essence(cell);
    const text = call ? callText(cell, call) : whole;
    const step = digest(JSON.stringify([text, skills]));
    const callee = call ? (call.callee.split('.', 1)[0] ?? null) : null;
    const data = inputs.filter(({ name }) => name !== callee);
    const upstream = data.map(
      ({ from, name, imported }) =>
        [name, imported ?? flow.get(from)?.meaning ?? ''] as const
    );
    flow.set(id, {
      id,
      code: digest(JSON.stringify([whole, skills])),
      isSkill: call !== null,
      callee,
      isBlank: source.trim() === '',
      uses: analysis.uses,
      binds: [...new Set([...analysis.defines, ...analysis.mutates])],
      imports: imports.get(id) ?? NO_IMPORTS,
      needs: inputs,
      step,
      meaning: meaningOf(step, upstream)
    });
  }
  return flow;
}

const NO_IMPORTS: ReadonlyMap<string, string> = new Map();

/** Begins the meaning of a value that an import statement gives. */
const IMPORT = 'import ';

/** Whether a meaning is that of a value that an import statement gives. */
export function isImported(meaning: string | undefined): meaning is string {
  return meaning?.startsWith(IMPORT) === true;
}

function importsOf({ analysis }: IGraphCell): ReadonlyMap<string, string> {
  const { plainImports } = analysis;
  return plainImports.size === 0
    ? NO_IMPORTS
    : new Map([...plainImports].map(([name, text]) => [name, IMPORT + text]));
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

/**
 * What stands behind the id of a call, which with the skill decides what it computes:
 * its target's name does not matter.
 */
function callText({ source, analysis }: IGraphCell, call: ISkillCall): string {
  return essence({ source, analysis, start: call.idEnd, end: call.argumentsEnd });
}

/**
 * The call of a cell that does nothing else and whose arguments only read: what stands
 * above it and is not read by it has no say in its result, nor it in theirs.
 */
function freeCall(cell: IGraphCell): ISkillCall | null {
  const call = onlyCall(cell);
  return call?.onlyReads ? call : null;
}
