import { isRecord } from '../../json';
import { isSkillId } from '../../skill/parse';
import { isPythonName } from '../../skill/ports';
import type { ISkill, JsonValue } from '../../skill/skill';
import type { NodePosition } from '../change/change';
import { createReport, kindOf, type IReport } from './report';
import { checkLinks } from './links';
import type {
  IWorkflow,
  IWorkflowNote,
  IWorkflowProblem,
  WorkflowInput,
  WorkflowNode
} from './workflow';

/** A workflow file as read; `workflow` is null when some problem is an error. */
export interface IParsedWorkflow {
  readonly workflow: IWorkflow | null;
  readonly problems: readonly IWorkflowProblem[];
}

/** Nodes and notes of a file: many times what a person can look at. */
const MAX_ITEMS = 5000;

type Entry = Readonly<Record<string, unknown>>;

/**
 * Reads a workflow file and lists everything that is wrong with it: where, what was
 * expected, what was found. With `find`, skills that are missing and inputs that do not
 * fit are warnings; the workflow opens with them.
 */
export function parseWorkflow(
  text: string,
  find?: (id: string) => ISkill | undefined
): IParsedWorkflow {
  const report = createReport();
  const data = readJson(text, report);
  const workflow = data === undefined ? null : readWorkflow(data, report);
  if (workflow) {
    checkLinks(workflow, report, find);
  }
  const { problems } = report;
  const isBroken = problems.some(({ severity }) => severity === 'error');
  return { workflow: isBroken ? null : workflow, problems };
}

function readJson(text: string, report: IReport): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch (error) {
    const found = error instanceof Error ? error.message : 'something else';
    report.error('the file', 'JSON', found);
    return undefined;
  }
}

function readWorkflow(data: unknown, report: IReport): IWorkflow | null {
  if (!isRecord(data)) {
    report.error('the file', 'an object with v, name and nodes', kindOf(data));
    return null;
  }
  const { v, name } = data;
  if (v !== 1) {
    const newer = typeof v === 'number' && v > 1;
    report.error('v', newer ? '1; a newer LLMos Lab wrote this file' : '1', kindOf(v));
    return null;
  }
  if (typeof name !== 'string' || name.trim() === '') {
    report.error('name', 'a name', kindOf(name));
  }
  const nodes = readList(data, 'nodes', report).flatMap(
    ([item, place]) => readNode(item, place, report) ?? []
  );
  checkIds(nodes, report);
  const notes = readList(data, 'notes', report).flatMap(
    ([item, place]) => readNote(item, place, nodes, report) ?? []
  );
  return { v, name: typeof name === 'string' ? name : '', nodes, notes };
}

/** The items of a list, each with its place; `notes` may be left out. */
function readList(
  data: Entry,
  key: string,
  report: IReport
): readonly (readonly [unknown, string])[] {
  const list = data[key];
  if (list === undefined && key === 'notes') {
    return [];
  }
  if (!Array.isArray(list)) {
    report.error(key, 'a list', kindOf(list));
    return [];
  }
  if (list.length > MAX_ITEMS) {
    report.error(key, `at most ${MAX_ITEMS} of them`, `${list.length}`);
    return [];
  }
  return list.map((item: unknown, index) => [item, `${key}[${index}]`] as const);
}

function readNode(item: unknown, place: string, report: IReport): WorkflowNode | null {
  if (!isRecord(item)) {
    report.error(place, 'an object with id and skill or code', kindOf(item));
    return null;
  }
  const { id, skill, code, placed, loose } = item;
  if (typeof id !== 'string' || id.trim() === '') {
    report.error(`${place}.id`, 'a text', kindOf(id));
    return null;
  }
  const isPlaced = placed !== false && item['position'] !== undefined;
  const base = {
    id,
    inputs: readInputs(item, place, report),
    position: readPosition(item['position'], `${place}.position`, report),
    placed: isPlaced,
    ...(isPlaced && loose === true ? { loose } : {})
  };
  if (skill !== undefined && code !== undefined) {
    report.error(place, 'either skill or code', 'both');
  } else if (typeof code === 'string') {
    return { ...base, code };
  } else if (typeof skill === 'string' && isSkillId(skill)) {
    return { ...base, skill, ...readOptions(item, place, report) };
  } else if (code !== undefined) {
    report.error(`${place}.code`, 'a text', kindOf(code));
  } else {
    const found = kindOf(skill);
    report.error(`${place}.skill`, 'the id of a skill, such as quantum-vqe', found);
  }
  return null;
}

/** What a skill node may have besides. */
function readOptions(
  { version, target, source }: Entry,
  place: string,
  report: IReport
): { version?: string; target?: string | null; source?: string } {
  const isTarget =
    target === null || (typeof target === 'string' && isPythonName(target));
  if (target !== undefined && !isTarget) {
    report.error(`${place}.target`, 'the name of a variable, or null', kindOf(target));
  }
  for (const [key, value] of Object.entries({ version, source })) {
    if (value !== undefined && typeof value !== 'string') {
      report.error(`${place}.${key}`, 'a text', kindOf(value));
    }
  }
  return {
    ...(typeof version === 'string' ? { version } : {}),
    ...(isTarget ? { target } : {}),
    ...(typeof source === 'string' ? { source } : {})
  };
}

function readInputs(
  { inputs }: Entry,
  place: string,
  report: IReport
): Readonly<Record<string, WorkflowInput>> {
  if (inputs === undefined) {
    return {};
  }
  if (!isRecord(inputs)) {
    report.error(`${place}.inputs`, 'an object with inputs by name', kindOf(inputs));
    return {};
  }
  const entries = Object.entries(inputs).map(([name, value]) => {
    const at = `${place}.inputs.${name}`;
    if (!isPythonName(name) || name === '__proto__') {
      report.error(at, 'a name that Python can use', `"${name}"`);
    }
    return [name, readInput(value, at, report)] as const;
  });
  return Object.fromEntries(entries.filter(([name]) => name !== '__proto__'));
}

function readInput(value: unknown, place: string, report: IReport): WorkflowInput {
  const keys = isRecord(value) ? Object.keys(value).join() : '';
  if (isRecord(value) && keys === 'from') {
    const { from } = value;
    const [node, output, more] = Array.isArray(from) ? (from as unknown[]) : [];
    const isOutput =
      typeof output === 'string' && output.split('.').every(isPythonName);
    if (typeof node === 'string' && isOutput && more === undefined) {
      return { from: [node, output] };
    }
    report.error(place, '{ "from": [node, output] }', JSON.stringify(value));
  } else if (isRecord(value) && keys === 'expression') {
    if (typeof value['expression'] === 'string') {
      return { expression: value['expression'] };
    }
    report.error(place, '{ "expression": text }', JSON.stringify(value));
  }
  return { value: value as JsonValue };
}

function readPosition(value: unknown, place: string, report: IReport): NodePosition {
  const [x, y, more] = Array.isArray(value) ? (value as unknown[]) : [];
  if (isNumber(x) && isNumber(y) && more === undefined) {
    return [x, y];
  }
  if (value !== undefined) {
    report.error(place, 'two numbers, [x, y]', JSON.stringify(value));
  }
  return [0, 0];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function checkIds(nodes: readonly WorkflowNode[], report: IReport): void {
  const seen = new Set<string>();
  nodes.forEach(({ id }, index) => {
    if (seen.has(id)) {
      report.error(`nodes[${index}].id`, 'an id of its own', `"${id}" a second time`);
    }
    seen.add(id);
  });
}

function readNote(
  item: unknown,
  place: string,
  nodes: readonly WorkflowNode[],
  report: IReport
): IWorkflowNote | null {
  const { text, before = null } = isRecord(item) ? item : {};
  if (typeof text !== 'string') {
    report.error(`${place}.text`, 'a text', kindOf(text));
    return null;
  }
  if (before !== null && !nodes.some(({ id }) => id === before)) {
    report.error(`${place}.before`, 'the id of a node, or null', kindOf(before));
    return null;
  }
  return { text, before: before as string | null };
}
