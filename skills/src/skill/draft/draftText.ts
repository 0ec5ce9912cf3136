import { targetName } from '../cell';
import { formatSkill } from '../format';
import { formatPython } from '../python';
import type { IExecutableSkill, IPort } from '../skill';
import { indent } from './body';
import type { ICellDraft, IDraftInput } from './fromCell';

/** What a person says of the skill. */
export interface IDraftAbout {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
}

/** The file of the drafted skill. */
export function formatDraft(draft: ICellDraft, about: IDraftAbout): string {
  return formatSkill(skillOf(draft, about));
}

function skillOf(draft: ICellDraft, about: IDraftAbout): IExecutableSkill {
  return {
    kind: 'executable',
    ...about,
    keywords: [],
    aliases: [],
    body: BODY,
    type: draft.imports.some(line => /\bqiskit\b/.test(line))
      ? 'qiskit'
      : 'python-wasm',
    mode: 'browser-wasm',
    pure: isPure(draft),
    inputs: draft.inputs.map(({ port }) => port),
    outputs: draft.outputs.map(({ port }) => port),
    code: draftCode(draft),
    codeLine: 1
  };
}

/** Modules whose results differ from call to call, or that reach outside. */
const IMPURE =
  /\b(?:random|secrets|uuid|time|datetime|requests|urllib|urlopen|js|input|open)\b/;

/** A guess that is safe: a result that may differ is never answered from the cache. */
function isPure(draft: ICellDraft): boolean {
  return !IMPURE.test(
    [...draft.imports, ...draft.helpers, draft.body.source].join('\n')
  );
}

/** The card shows description and example by itself. */
const BODY = `
Made from a cell of a notebook.

## When to use

## Limits
`;

/** The code block: the cell within `execute`, or at the top where that would change it. */
export function draftCode(draft: ICellDraft): string {
  const { body, outputs } = draft;
  const imports = importsOf(draft);
  const reads = readInputs(draft.inputs);
  const values = outputs.map(
    ({ port, expression }) => `${JSON.stringify(port.name)}: ${expression}`
  );
  const result = `{${values.join(', ')}}`;
  const head = imports.length > 0 ? `${imports.join('\n')}\n\n` : '';
  const parts = [...reads, ...draft.helpers, body.source];
  if (body.isOwn) {
    const helpers = draft.helpers.map(helper => `${helper}\n\n\n`).join('');
    return `${head}${helpers}${body.source}\n`;
  }
  if (!body.isFunction) {
    return `${head}${parts.join('\n')}\nresult = ${result}\n`;
  }
  const define = body.isAsync ? 'async def' : 'def';
  const inner = indent([...parts, `return ${result}`].join('\n'));
  return `${head === '' ? '' : `${head}\n`}${define} execute(inputs):\n${inner}\n`;
}

function importsOf({ imports, inputs }: ICellDraft): readonly string[] {
  const more = [
    ...(inputs.some(({ form }) => form === 'array') ? ['import numpy'] : []),
    ...(inputs.some(isOfOutputs) ? ['from llmos import Outputs'] : [])
  ];
  return [...new Set([...more, ...imports])];
}

function isOfOutputs({ form, member }: IDraftInput): boolean {
  return form === 'outputs' || member !== undefined;
}

/** The lines that give the cell's variables their values. */
function readInputs(inputs: readonly IDraftInput[]): readonly string[] {
  const names = [...new Set(inputs.map(({ variable }) => variable))];
  // A variable named `inputs` comes last, since it hides what the others are read from.
  names.sort((a, b) => Number(a === 'inputs') - Number(b === 'inputs'));
  return names.map(name => {
    const own = inputs.filter(({ variable }) => variable === name);
    const [first] = own;
    if (first?.member === undefined) {
      return `${name} = ${first ? readInput(first) : 'None'}`;
    }
    const members = own.map(
      input => `${JSON.stringify(input.member)}: ${readInput(input)}`
    );
    return `${name} = Outputs(${JSON.stringify(name)}, {${members.join(', ')}})`;
  });
}

function readInput({ port, variable, form, dtype }: IDraftInput): string {
  const isOptional = !port.required && port.default === undefined;
  const key = JSON.stringify(port.name);
  const value = isOptional ? `inputs.get(${key})` : `inputs[${key}]`;
  switch (form) {
    case 'float':
      return `float(${value})`;
    case 'floats':
      return `[float(item) for item in ${value}]`;
    case 'array': {
      const type = dtype === undefined ? '' : `, dtype=${JSON.stringify(dtype)}`;
      return `numpy.asarray(${value}${type})`;
    }
    case 'tuple':
      return `tuple(${value})`;
    case 'set':
      return `set(${value})`;
    case 'outputs':
      return `Outputs(${JSON.stringify(variable)}, ${value})`;
    case 'plain':
    case 'none':
      return value;
  }
}

/**
 * The cell that does by a call of the new skill what the drafted cell did: it passes the
 * same variables, and gives later cells the names they use.
 *
 * @param taken Names of the notebook that the result's variable must not hide.
 */
export function replacementCell(
  draft: ICellDraft,
  id: string,
  taken: Iterable<string>
): string {
  const names = draft.inputs.map(({ port }) => port.name);
  const target = draft.target ?? targetName(id, [...taken, ...names]);
  const given = draft.inputs.map(({ port, argument }) => `${port.name}=${argument}`);
  const call = callText(id, given);
  const assigned = draft.outputs.flatMap(({ port, variable, isOutputs }) => {
    if (variable === null) {
      return [];
    }
    const value = memberOf(target, port);
    return [
      `${variable} = ${isOutputs ? `Outputs(${formatPython(id)}, ${value})` : value}`
    ];
  });
  const imports = draft.outputs.some(output => output.isOutputs && output.variable)
    ? ['from llmos import Outputs']
    : [];
  return [...imports, ...draft.kept, `${target} = ${call}`, ...assigned].join('\n');
}

/** Outputs named like methods of mappings are reached by key only. */
function memberOf(target: string, { name }: IPort): string {
  return ['items', 'keys', 'values', 'get'].includes(name)
    ? `${target}[${JSON.stringify(name)}]`
    : `${target}.${name}`;
}

function callText(id: string, given: readonly string[]): string {
  const call = `await skill(${formatPython(id)})`;
  const line = `${call}(${given.join(', ')})`;
  return line.length > 80 && given.length > 1
    ? `${call}(\n${given.map(part => `    ${part},\n`).join('')})`
    : line;
}
