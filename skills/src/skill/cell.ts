import { isPythonName } from './ports';
import { formatPython } from './python';
import type { IPort, ISkill, JsonValue } from './skill';
import { sameJson } from './values';

/** An argument of a call: a JSON value, or a Python expression taken as it stands. */
export type CellArgument = { readonly value: JsonValue } | { readonly source: string };

/** Names of Python and of notebooks that a new variable should not hide. */
const AVOIDED: ReadonlySet<string> = new Set([
  'skill',
  'input',
  'inputs',
  'output',
  'outputs',
  'print',
  'display',
  'list',
  'dict',
  'set',
  'str',
  'int',
  'float',
  'bool',
  'object',
  'type',
  'map',
  'filter',
  'range',
  'sum',
  'min',
  'max',
  'id',
  'iter',
  'next',
  'open',
  'hash',
  'help',
  'all',
  'any',
  'abs',
  'pow',
  'round',
  'sorted',
  'zip',
  'vars',
  'format',
  'result'
]);

/**
 * A variable for a skill's result: the last word of its id, or more of it until Python's
 * own names stay visible; with the first number from 2 on that makes it free of `taken`.
 *
 * @example
 * targetName('quantum-vqe'); // 'vqe'
 * targetName('quantum-vqe', ['vqe']); // 'vqe_2'
 */
export function targetName(id: string, taken: Iterable<string> = []): string {
  const words = id.split('-').filter(word => word !== '');
  const stem =
    words
      .map((_, at) => words.slice(-1 - at).join('_'))
      .find(name => isPythonName(name) && !AVOIDED.has(name)) ??
    `skill_${words.join('_')}`;
  return freeName(stem, new Set(taken));
}

/** The name, with the first number from 2 on that makes it free where it is taken. */
export function freeName(stem: string, taken: ReadonlySet<string>): string {
  let name = stem;
  for (let number = 2; taken.has(name); number++) {
    name = `${stem}_${number}`;
  }
  return name;
}

/**
 * The source of a cell that calls a skill. Defaults are left out; an input that must be
 * given stands with its own name as value, so that the cell reads well, parses, and stops
 * with a NameError that names the input until something is connected.
 *
 * @example
 * toCell(vqe, 'vqe'); // 'vqe = await skill("quantum-vqe")(hamiltonian=hamiltonian)'
 */
export function toCell(
  skill: ISkill,
  target: string | null = targetName(skill.id),
  values: Readonly<Record<string, CellArgument>> = {}
): string {
  const ports = skill.kind === 'executable' ? skill.inputs : [];
  const parts = ports.flatMap(port => toArgument(port, values[port.name]) ?? []);
  const call = formatCall(skill.id, parts);
  return target === null ? call : `${target} = ${call}`;
}

function toArgument(port: IPort, given: CellArgument | undefined): string | null {
  if (given && 'source' in given) {
    return `${port.name}=${given.source}`;
  }
  if (given && !(port.default !== undefined && sameJson(given.value, port.default))) {
    return `${port.name}=${formatPython(given.value)}`;
  }
  return !given && port.required && port.default === undefined
    ? `${port.name}=${port.name}`
    : null;
}

const LINE_LIMIT = 88;

/** One line when it is short, else one argument a line. */
function formatCall(id: string, parts: readonly string[]): string {
  const call = `await skill(${formatPython(id)})`;
  const line = `${call}(${parts.join(', ')})`;
  const long = line.length > LINE_LIMIT || parts.some(part => part.includes('\n'));
  return long && parts.length > 1
    ? `${call}(\n${parts.map(part => `    ${part},\n`).join('')})`
    : line;
}
