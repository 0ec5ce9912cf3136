/**
 * `--param CELL.INPUT=VALUE`: the cell is named by its id or by the variable that takes the
 * result of its skill. `python -m llmos run` also takes its index, and any variable of it.
 */
import {
  buildGraph,
  findArgument,
  findPort,
  findSweptCell,
  isRecord,
  notebookCells,
  parseSweepOption,
  readValue,
  setArgument,
  type ISkill
} from '@llmos-lab/skills';
import { CommandFailure, WRONG_USAGE } from '../failure';

/**
 * The notebook with inputs of its calls set.
 *
 * @param find knows skills, to check inputs and values
 * @throws CommandFailure for what names no input, and for values that it does not take
 */
export function setInputs(
  notebook: unknown,
  options: readonly string[],
  find: (id: string) => ISkill | undefined
): unknown {
  return options.reduce((before, option) => setInput(before, option, find), notebook);
}

function setInput(
  notebook: unknown,
  option: string,
  find: (id: string) => ISkill | undefined
): unknown {
  const read = parseSweepOption(option);
  if (!read) {
    throw wrong(option, 'write CELL.INPUT=VALUE, such as vqe.iterations=50');
  }
  const cells = notebookCells(notebook) ?? [];
  const graph = buildGraph(cells.filter(({ type }) => type === 'code'));
  const cell = findSweptCell(graph, read.cell);
  if (!cell) {
    throw wrong(
      option,
      `there is no code cell "${read.cell}". A cell is named by its id or the variable that takes the result of its skill`
    );
  }
  const [call, more] = cell.calls;
  if (!call?.topLevel || more) {
    throw wrong(
      option,
      'that cell calls no skill, several, or one within a loop or another expression: it has no inputs to set'
    );
  }
  const skill = find(call.skill);
  if (skill?.kind !== 'executable') {
    throw wrong(option, `there is no skill "${call.skill}" that can run`);
  }
  const port = findPort({ skill }, read.input);
  if ('reason' in port) {
    throw wrong(option, port.reason);
  }
  const value = readValue(skill.id, port, read.values);
  if ('reason' in value) {
    throw wrong(option, value.reason);
  }
  const names = skill.inputs.map(({ name }) => name);
  const unpacks = call.arguments.some(({ star }) => star === '**');
  if (unpacks && !findArgument(call, read.input, names)) {
    throw wrong(
      option,
      'the call unpacks its inputs with **, which may hold it: write it into the call'
    );
  }
  const source = setArgument(cell.source, call, read.input, value.text, names);
  if (source === null) {
    throw wrong(option, 'the call in that cell cannot be changed');
  }
  const place = cells.findIndex(({ id }) => id === cell.id);
  return withSource(notebook, place, source);
}

function withSource(notebook: unknown, place: number, source: string): unknown {
  if (!isRecord(notebook) || !Array.isArray(notebook['cells'])) {
    return notebook;
  }
  const cells = (notebook['cells'] as readonly unknown[]).map((cell, index) =>
    index === place && isRecord(cell) ? { ...cell, source } : cell
  );
  return { ...notebook, cells };
}

function wrong(option: string, why: string): CommandFailure {
  return new CommandFailure(
    `--param ${option}: ${why.replace(/\.$/, '')}.`,
    WRONG_USAGE
  );
}
