import type { IFunctionDef } from '../../workflow/python/ast';
import { parsePython } from '../../workflow/python/parse';
import { readPython } from '../python';
import type { IPort } from '../skill';
import { factsOfLiteral } from './facts';
import type { IDraftInput } from './fromCell';
import type { IDraftOutput } from './outputs';

/** What a function `execute(inputs)` of a cell takes and gives, as its text says. */
export interface IOwnExecute {
  readonly inputs: readonly IDraftInput[];
  readonly outputs: readonly IDraftOutput[];
}

/** Reads the `execute` that a cell defines by itself; undefined when it has none. */
export function readOwnExecute(source: string): IOwnExecute | undefined {
  const found = parsePython(source).statements.find(
    (statement): statement is IFunctionDef =>
      statement.kind === 'FunctionDef' &&
      statement.name === 'execute' &&
      statement.parameters.length === 1
  );
  if (!found) {
    return undefined;
  }
  const text = source.slice(found.start, found.end);
  const parameter = found.parameters[0]?.name ?? 'inputs';
  return {
    inputs: readInputs(text, parameter),
    outputs: outputNames(text).map(name => ({
      port: { name, type: 'any' },
      expression: name,
      variable: name,
      isOutputs: false
    }))
  };
}

/** `inputs["x"]` must be given; `inputs.get("x", 3)` has a default. */
function readInputs(text: string, parameter: string): readonly IDraftInput[] {
  const ports = new Map<string, IPort>();
  const index = new RegExp(`\\b${parameter}\\[["']([^"'\\n]+)["']\\]`, 'g');
  for (const [, name = ''] of text.matchAll(index)) {
    ports.set(name, { name, type: 'any', required: true });
  }
  const get = new RegExp(
    `\\b${parameter}\\.get\\(\\s*["']([^"'\\n]+)["']\\s*(?:,\\s*([^()\\n]+))?\\)`,
    'g'
  );
  for (const [, name = '', written] of text.matchAll(get)) {
    const value = written === undefined ? undefined : readPython(written);
    const facts =
      value === undefined || written === undefined
        ? undefined
        : factsOfLiteral(value, written);
    ports.set(name, {
      name,
      type: facts?.type ?? 'any',
      ...(facts?.value === undefined ? {} : { default: facts.value })
    });
  }
  return [...ports.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(port => ({ port, variable: port.name, form: 'plain', argument: port.name }));
}

const RETURNED = /\breturn\s*(?:\{|dict\()([\s\S]*?)[})]\s*(?:\n|$)/g;
const KEY = /["']([^"'\n]+)["']\s*:|\b(\w+)\s*=(?!=)/g;

/** Keys of the dictionaries that it returns: `{"y": …}` or `dict(y=…)`. */
function outputNames(text: string): readonly string[] {
  const bodies = [...text.matchAll(RETURNED)].map(([, body = '']) => body);
  const names = bodies.flatMap(body =>
    [...body.matchAll(KEY)].map(([, key, word]) => key ?? word ?? '')
  );
  return [...new Set(names)].filter(name => name !== '').sort();
}
