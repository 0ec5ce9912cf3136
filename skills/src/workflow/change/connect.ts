import { connects, connectsInList } from '../../skill/connect';
import { analyseCell } from '../analyse';
import {
  findArgument,
  listWith,
  listWithout,
  removeArgument,
  setArgument
} from '../edit';
import { ancestors, descendants, type IGraph } from '../graph';
import {
  accept,
  refuse,
  type EditResult,
  type IConnection,
  type ICut,
  type IInputEnd,
  type IEditContext,
  type INotebookCell,
  type IRefusal
} from './change';
import { findInput, findOutput, type IInput, type IOutput } from './ends';
import {
  disturbed,
  findCell,
  findEditable,
  graphOf,
  isRefusal,
  labelOf,
  nameOf,
  readState,
  withSources,
  type IState
} from './state';

/**
 * Connects an output to an input: writes `input=cell.output` into the call, or puts it into
 * the list of an input that takes one of such values, and moves the cell, with those above
 * the source that depend on it, below its source when needed.
 * Refuses what would make a cycle, does not fit by type, is not known, or would change
 * where other values come from.
 */
export function connectCells(
  context: IEditContext,
  connection: IConnection
): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const { from, to } = connection;
  const source = findCell(state, from);
  const sink = findEditable(state, to);
  if (isRefusal(source)) {
    return source;
  }
  if (isRefusal(sink)) {
    return sink;
  }
  const cycle = findCycle(state, from, to);
  if (cycle) {
    return cycle;
  }
  const output = findOutput(state, source, connection.output);
  const input = findInput(state, sink, connection.input);
  if (isRefusal(output)) {
    return output;
  }
  if (isRefusal(input)) {
    return input;
  }
  return (
    typeFault(connection, output, input) ?? write(state, connection, output, input)
  );
}

/** A refusal when the source already depends on the cell that would use it. */
function findCycle(state: IState, from: string, to: string): IRefusal | null {
  if (from === to) {
    return refuse(
      'cycle',
      `${labelOf(state, from)} cannot use its own result. Connect it to another cell.`
    );
  }
  const below = descendants(state.graph, to);
  if (!below.includes(from)) {
    return null;
  }
  const above = new Set(ancestors(state.graph, from));
  const between = below.filter(id => above.has(id));
  const path = [...between, from].map(id => nameOf(state, id)).join(' → ');
  return refuse(
    'cycle',
    `This would make a cycle: ${nameOf(state, to)} → ${path} → ${nameOf(state, to)}. Disconnect one of these first.`
  );
}

function typeFault(
  { output: name, input: port }: IConnection,
  output: IOutput,
  input: IInput
): IRefusal | null {
  const { type } = input.port;
  if (connects(output.type, type) || connectsInList(output.type, input.port)) {
    return null;
  }
  const hint =
    type === 'array'
      ? `, or write it into the cell as a list: "${port}=[${output.expression}]"`
      : '';
  return refuse(
    'type-mismatch',
    `The output "${name}" is of type ${output.type}, but the input "${port}" of "${input.skill.name}" takes ${type}. Choose an output of that type${hint}.`
  );
}

function write(
  state: IState,
  { from, to }: IConnection,
  output: IOutput,
  { call, port, inputs }: IInput
): EditResult {
  const { context, graph } = state;
  const before = sourceOf(context, to);
  const given = findArgument(call, port.name, inputs);
  const value = connectsInList(output.type, port)
    ? listWith(
        given ? before.slice(given.valueStart, given.valueEnd) : '',
        output.expression
      )
    : output.expression;
  const after = setArgument(before, call, port.name, value, inputs);
  if (after === null) {
    return refuse(
      'not-possible',
      `The input "${port.name}" cannot be written into ${labelOf(state, to)}. Write it into the cell by hand.`
    );
  }
  const sources = new Map([[to, after]]);
  if (output.source !== undefined) {
    sources.set(from, output.source);
  }
  const cells = placeBelow(withSources(context.cells, sources), graph, to, from);
  const now = graphOf(cells, graph);
  const trouble = disturbed(graph, now, (cell, name) =>
    cell === to && name === output.variable ? from : undefined
  );
  if (trouble) {
    const label = labelOf(state, trouble.to);
    const other = trouble.from === null ? 'no cell' : labelOf(state, trouble.from);
    return refuse(
      'not-possible',
      trouble.to === to && trouble.name === output.variable
        ? `${other} gives "${trouble.name}" another value in between, so ${nameOf(state, to)} would get that one. Rename one of the two variables first.`
        : `${label} would then get "${trouble.name}" from ${other} instead. Rename one of the variables called "${trouble.name}" first.`
    );
  }
  const isThere = now.edges.some(
    edge => edge.from === from && edge.to === to && edge.name === output.variable
  );
  return isThere
    ? accept(cells, [to])
    : refuse(
        'not-possible',
        `${labelOf(state, to)} gives "${output.variable}" a value of its own first. Rename one of the two variables.`
      );
}

function sourceOf({ cells }: IEditContext, id: string): string {
  return cells.find(cell => cell.id === id)?.source ?? '';
}

/**
 * The cells with `id`, and those above `source` that depend on it, directly below
 * `source`; as they are when `id` stands below already.
 */
function placeBelow(
  cells: readonly INotebookCell[],
  graph: IGraph,
  id: string,
  source: string
): readonly INotebookCell[] {
  const end = cells.findIndex(cell => cell.id === source) + 1;
  const above = cells.slice(0, end);
  if (!above.some(cell => cell.id === id)) {
    return cells;
  }
  const group = new Set([id, ...descendants(graph, id)]);
  return [
    ...above.filter(cell => !group.has(cell.id)),
    ...above.filter(cell => group.has(cell.id)),
    ...cells.slice(end)
  ];
}

/** An input with the variables that go; without them, all that it reads. */
interface ICutInput extends IInputEnd {
  readonly names?: ReadonlySet<string>;
}

/**
 * Takes a connection away: removes the argument, so that the input's default holds.
 * Says so when the input has none. Of a list with other values only those of `names` go.
 */
function disconnectInput(
  context: IEditContext,
  { to, input: name, names }: ICutInput
): EditResult {
  const state = readState(context);
  if (isRefusal(state)) {
    return state;
  }
  const cell = findEditable(state, to);
  if (isRefusal(cell)) {
    return cell;
  }
  const input = findInput(state, cell, name);
  if (isRefusal(input)) {
    return input;
  }
  const { call, port, inputs } = input;
  const found = findArgument(call, port.name, inputs);
  const label = labelOf(state, to);
  if (!found) {
    return refuse('not-connected', `The input "${name}" of ${label} is not connected.`);
  }
  const value = cell.source.slice(found.valueStart, found.valueEnd);
  if (analyseCell(value).uses.length === 0) {
    return refuse(
      'not-connected',
      `The input "${name}" of ${label} is not connected: it has the value ${value}.`
    );
  }
  const rest = names && listWithout(value, names);
  const less =
    rest == null ? null : setArgument(cell.source, call, port.name, rest, inputs);
  if (less !== null) {
    return accept(withSources(context.cells, new Map([[to, less]])), [to]);
  }
  const after = removeArgument(cell.source, call, port.name, inputs);
  if (after === null) {
    return refuse(
      'not-possible',
      `${label} gives "${name}" by its place in the call. Write its inputs with names first.`
    );
  }
  const notes = port.required
    ? [
        `The input "${name}" of "${input.skill.name}" is required: the cell cannot run until it is connected or given.`
      ]
    : [];
  const cells = withSources(context.cells, new Map([[to, after]]));
  return accept(cells, [to], notes);
}

/**
 * Takes several inputs out of their calls as one edit, such as all that one drawn edge
 * stands for; refused as a whole when one of them is.
 */
export function disconnectInputs(
  context: IEditContext,
  ends: readonly ICut[]
): EditResult {
  const { graph, ...rest } = context;
  let result = accept(context.cells, [], []);
  for (const end of byInput(ends)) {
    // The graph says what the cells were before the first of these edits.
    const now = result.about.length > 0 || !graph ? rest : { ...rest, graph };
    const next = disconnectInput({ ...now, cells: result.cells }, end);
    if (!next.ok) {
      return next;
    }
    const about = [...new Set([...result.about, ...next.about])];
    result = accept(next.cells, about, [...result.notes, ...next.notes]);
  }
  return result;
}

/** Each input once: an argument that reads two cells has two edges. */
function byInput(ends: readonly ICut[]): readonly ICutInput[] {
  const found = new Map<string, ICutInput>();
  for (const { to, input, name } of ends) {
    const key = JSON.stringify([to, input]);
    const before = found.get(key);
    const isWhole = name === undefined || (before && !before.names);
    found.set(key, {
      ...{ to, input },
      ...(isWhole ? {} : { names: new Set([...(before?.names ?? []), name]) })
    });
  }
  return [...found.values()];
}
