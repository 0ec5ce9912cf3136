import { isRecord } from '../../json';
import { isPythonName } from '../../skill/ports';
import { formatPython, readPython } from '../../skill/python';
import type { JsonValue } from '../../skill/skill';
import type { IGraph, IGraphCell } from '../graph';
import { onlyCall, type ICallArgument, type ISkillCall } from '../calls';
import type { IEditContext, INotebookCell } from '../change/change';
import { IMPORT_LINE } from '../change/importLine';
import { isLoose, positionOf } from '../change/place';
import { graphOf } from '../change/state';
import { cellSource } from './toNotebook';
import {
  isAmbiguous,
  type IWorkflow,
  type IWorkflowNote,
  type IWorkflowSkill,
  type WorkflowInput,
  type WorkflowNode
} from './workflow';

type Source = Pick<IEditContext, 'cells' | 'find'>;

/** A notebook while it is read. */
interface INotebook extends Source {
  readonly graph: IGraph;
  /** Node ids by cell id. */
  readonly ids: ReadonlyMap<string, string>;
  readonly calls: ReadonlyMap<string, IOneCall>;
}

/** Distance of nodes whose place the automatic layout decides, in pixels. */
const GRID = [280, 140] as const;

/**
 * A notebook's cells as a workflow: cells that only call a skill as skill nodes with
 * their inputs, other code as code nodes, Markdown as notes.
 */
export function toWorkflow(name: string, context: Source): IWorkflow {
  const { cells } = context;
  const graph = graphOf(cells);
  const shown = graph.cells.filter(
    ({ source }) => source.trim() !== '' && source.trim() !== IMPORT_LINE
  );
  const ids = nameNodes(shown);
  const calls = skillCalls(shown, context.find);
  const columns = columnsOf(graph, ids);
  const rows = new Map<number, number>();
  const nodes = shown.map((cell): WorkflowNode => {
    const plain = cells.find(({ id }) => id === cell.id);
    const column = columns.get(cell.id) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    const placed = plain ? positionOf(plain) : null;
    const base = {
      id: ids.get(cell.id) ?? cell.id,
      position: placed ?? ([column * GRID[0], row * GRID[1]] as const),
      placed: placed !== null,
      ...(plain && isLoose(plain) ? { loose: true } : {})
    };
    const one = calls.get(cell.id);
    return one
      ? { ...base, ...skillNode(cell, one, { ...context, graph, ids, calls }) }
      : { ...base, code: cell.source, inputs: usedBy(cell, graph, ids) };
  });
  return { v: 1, name, nodes, notes: notesOf(cells, ids) };
}

/** Node ids that say what the cell makes, unique, by cell id. */
function nameNodes(cells: readonly IGraphCell[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    cells.map(({ id, calls, analysis }, index) => {
      const name = calls[0]?.target ?? analysis.defines[0] ?? '';
      const stem = /^[A-Za-z_]\w{0,50}$/.test(name) ? name : `cell_${index + 1}`;
      let unique = stem;
      for (let count = 2; taken.has(unique); count++) {
        unique = `${stem}_${count}`;
      }
      taken.add(unique);
      return [id, unique];
    })
  );
}

/** How many columns to the right each cell's node stands. */
function columnsOf(
  graph: IGraph,
  ids: ReadonlyMap<string, string>
): Map<string, number> {
  const columns = new Map<string, number>();
  for (const { from, to, late } of graph.edges) {
    if (!late && ids.has(from)) {
      columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(from) ?? 0) + 1));
    }
  }
  return columns;
}

type SkillPart = Omit<IWorkflowSkill, 'id' | 'position' | 'placed' | 'loose'>;

/** The cells whose code is a call of a skill, and at most the import of `skill`. */
function skillCalls(
  cells: readonly IGraphCell[],
  find: Source['find']
): ReadonlyMap<string, IOneCall> {
  return new Map(
    cells.flatMap(cell => {
      const call = onlyCall(cell);
      if (!call || call.version !== null) {
        return [];
      }
      const skill = find(call.skill);
      const ports = skill?.kind === 'executable' ? skill.inputs : [];
      const names = argumentNames(
        call,
        ports.map(({ name }) => name)
      );
      return names ? [[cell.id, { call, names }] as const] : [];
    })
  );
}

interface IOneCall {
  readonly call: ISkillCall;
  /** The name of each argument. */
  readonly names: readonly string[];
}

/** The cell as a skill node. */
function skillNode(
  cell: IGraphCell,
  { call, names }: IOneCall,
  notebook: INotebook
): SkillPart {
  const { ids, find, cells } = notebook;
  const inputs = call.arguments.map((argument, index): [string, WorkflowInput] => [
    names[index] ?? '',
    readArgument(argument, cell, notebook)
  ]);
  const llmos = cells.find(({ id }) => id === cell.id)?.metadata['llmos'];
  const version = isRecord(llmos) ? llmos['version'] : undefined;
  const id = ids.get(cell.id) ?? '';
  const node: SkillPart = {
    skill: call.skill,
    ...(typeof version === 'string' ? { version } : {}),
    ...(call.target === id ? {} : { target: call.target }),
    inputs: Object.fromEntries(inputs)
  };
  const targets = new Map(
    [...notebook.calls].map(([key, one]) => [ids.get(key) ?? '', one.call.target])
  );
  const written = cellSource({ ...node, id }, targets, find);
  return written === cell.source ? node : { ...node, source: cell.source };
}

/** The name of each argument; null when that is not known, or one is given twice. */
function argumentNames(
  { arguments: list }: ISkillCall,
  inputs: readonly string[]
): readonly string[] | null {
  const names = list.map(({ name, star }, index) =>
    star === '' ? (name ?? inputs[index]) : undefined
  );
  const known = names.filter(name => name !== undefined && name !== '__proto__');
  return known.length === list.length && new Set(known).size === known.length
    ? (known as readonly string[])
    : null;
}

function readArgument(
  { valueStart, valueEnd, source }: ICallArgument,
  cell: IGraphCell,
  { graph, ids, calls }: INotebook
): WorkflowInput {
  const expression = cell.source.slice(valueStart, valueEnd);
  const value = readPython(expression);
  if (value !== undefined && !isAmbiguous(value) && isExact(value)) {
    return { value };
  }
  const edge = graph.edges.find(
    ({ to, name }) => to === cell.id && name === source?.name
  );
  const node = edge ? ids.get(edge.from) : undefined;
  if (!source || !edge || node === undefined) {
    return { expression };
  }
  const { name, output } = source;
  const call = calls.get(edge.from)?.call;
  const path = call ? output : output === null ? name : `${name}.${output}`;
  const isResult = !call || call.target === name;
  return path !== null && isResult && path.split('.').every(isPythonName)
    ? { from: [node, path] }
    : { expression };
}

/** Whether JSON keeps the value: not −0, nor what is no number. */
function isExact(value: JsonValue): boolean {
  const kept = JSON.parse(JSON.stringify(value)) as JsonValue;
  return formatPython(kept) === formatPython(value);
}

/** What a code cell takes from others, as far as nodes give it. */
function usedBy(
  cell: IGraphCell,
  graph: IGraph,
  ids: ReadonlyMap<string, string>
): Readonly<Record<string, WorkflowInput>> {
  const uses = graph.edges.filter(
    ({ to, from, late }) => to === cell.id && ids.has(from) && !late
  );
  return Object.fromEntries(
    uses.map(({ from, name }) => [name, { from: [ids.get(from) ?? '', name] }])
  );
}

function notesOf(
  cells: readonly INotebookCell[],
  ids: ReadonlyMap<string, string>
): readonly IWorkflowNote[] {
  return cells.flatMap(({ type, source }, index) => {
    const next = cells.slice(index).find(({ id }) => ids.has(id));
    const before = next ? (ids.get(next.id) ?? null) : null;
    return type === 'markdown' && source.trim() !== ''
      ? [{ text: source, before }]
      : [];
  });
}
