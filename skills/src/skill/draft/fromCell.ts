import { analyseCell } from '../../workflow/analyse';
import { memberUses } from '../../workflow/memberUses';
import { isPythonName } from '../ports';
import type { IExecutableSkill, IPort } from '../skill';
import { canBeFunction, readBody, type IBody } from './body';
import type { INameFacts, NameForm } from './facts';
import { outputsOf, type IDraftOutput } from './outputs';
import { readOwnExecute } from './ownExecute';
import { createResolver, type Need } from './resolve';

/** The cell that becomes a skill, where it stands, and what is known of its names. */
export interface ICellOptions {
  readonly source: string;
  /** Sources of the code cells above and below, in document order. */
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** What a kernel says of names; empty without one. */
  readonly facts?: Readonly<Record<string, INameFacts>>;
  /** Finds the skills that cells call, for the types of their outputs. */
  readonly find?: (id: string) => IExecutableSkill | undefined;
}

/** An input of the skill to be, and how the cell's variable is made from it. */
export interface IDraftInput {
  /** What the skill declares; a person may edit it. */
  readonly port: IPort;
  readonly variable: string;
  /** Of an output of a skill: its name there. */
  readonly member?: string;
  readonly form: NameForm;
  readonly dtype?: string;
  /** What the replaced cell passes. */
  readonly argument: string;
}

/** Something that a person should know before they save. */
export interface IDraftNote {
  readonly code:
    | 'incomplete'
    | 'shell'
    | 'magic'
    | 'lost-name'
    | 'unknown-name'
    | 'defines-execute'
    | 'empty';
  /** `error`: no skill can be made of the cell. */
  readonly severity: 'error' | 'warning';
  /** The name or line that it is about. */
  readonly about: string;
}

/** A skill to be, as data: what it takes, does and gives. */
export interface ICellDraft {
  readonly inputs: readonly IDraftInput[];
  readonly outputs: readonly IDraftOutput[];
  readonly imports: readonly string[];
  /** Functions and classes of the cells above that the code needs. */
  readonly helpers: readonly string[];
  readonly body: IBody;
  /** Statements of the cell that later cells need as they are: imports, functions. */
  readonly kept: readonly string[];
  /** The variable for the result in the replaced cell, when later cells want it so. */
  readonly target: string | undefined;
  readonly notes: readonly IDraftNote[];
}

/** Names that a kernel should be asked about, for `ICellOptions.facts`. */
export function namesToAsk(source: string): readonly string[] {
  const body = readBody(source);
  const { uses, defines } = analyseCell(body.source);
  return [...new Set([...uses, ...defines])].sort();
}

/**
 * Drafts a skill from a cell: inputs from its free variables, outputs from what later
 * cells use, with the imports and functions of earlier cells that it needs.
 */
export function fromCell(options: ICellOptions): ICellDraft {
  const body = readBody(options.source);
  const { imports, helpers, values, seen, notes: lost } = readNeeds(options, body);
  const own = readOwnExecute(body.source);
  if (own) {
    const outside = [...values.keys()].map(lostName);
    const notes = [...body.notes, ...lost, ...outside];
    const parts = { imports, helpers, kept: [], target: undefined, notes };
    return { ...own, ...parts, body: { ...body, isOwn: true } };
  }
  const notes = [...body.notes, ...lost];
  const inputs: IDraftInput[] = [];
  for (const [name, need] of [...values].sort(([a], [b]) => (a < b ? -1 : 1))) {
    inputs.push(...inputsOf(name, need, options, inputs, [body.source, ...helpers]));
    if (!need.facts && need.calls === undefined && !isBoundAbove(name, options)) {
      notes.push({ code: 'unknown-name', severity: 'warning', about: name });
    }
  }
  const { outputs, kept, target, code } = outputsOf(options, body);
  const isFunction = body.isFunction && helpers.every(canBeFunction);
  const names = [...seen, ...analyseCell(body.source).defines];
  if (!isFunction && names.includes('execute')) {
    notes.push({ code: 'defines-execute', severity: 'error', about: 'execute' });
  }
  const text = { ...body, source: code, isFunction };
  return { inputs, outputs, imports, helpers, body: text, kept, target, notes };
}

type ValueNeed = Extract<Need, { kind: 'value' }>;

/** What a cell and the functions that it calls need from outside. */
interface INeeds {
  readonly imports: readonly string[];
  /** Those that others call come first. */
  readonly helpers: readonly string[];
  readonly values: ReadonlyMap<string, ValueNeed>;
  readonly seen: ReadonlySet<string>;
  readonly notes: readonly IDraftNote[];
}

function readNeeds(options: ICellOptions, body: IBody): INeeds {
  const resolver = createResolver(options.above, options.facts ?? {});
  const imports = new Set<string>();
  const helpers: string[] = [];
  const values = new Map<string, ValueNeed>();
  const seen = new Set<string>();
  const notes: IDraftNote[] = [];
  const resolve = (name: string): void => {
    if (seen.has(name)) {
      return;
    }
    seen.add(name);
    const need = resolver.need(name);
    if (need?.kind === 'import') {
      need.lines.forEach(line => imports.add(line));
    } else if (need?.kind === 'helper') {
      analyseCell(need.source).uses.forEach(resolve);
      helpers.push(need.source);
    } else if (need?.kind === 'lost') {
      notes.push(lostName(name));
    } else if (need) {
      values.set(name, need);
    }
  };
  analyseCell(body.source).uses.forEach(resolve);
  // A function that counts a global up reads it too, if a cell above has made it.
  globalsOf(body.source)
    .filter(name => isBoundAbove(name, options))
    .forEach(resolve);
  return { imports: [...imports].sort(), helpers, values, seen, notes };
}

function lostName(about: string): IDraftNote {
  return { code: 'lost-name', severity: 'warning', about };
}

function globalsOf(source: string): readonly string[] {
  const declared = [...source.matchAll(/^[ \t]*global[ \t]+([^#;\n]+)/gm)];
  return declared.flatMap(([, names = '']) =>
    names.split(',').map(name => name.trim())
  );
}

function isBoundAbove(name: string, { above }: ICellOptions): boolean {
  return above.some(source => analyseCell(source).defines.includes(name));
}

/** One input for a value; for outputs of a skill, one for each output that is used. */
function inputsOf(
  name: string,
  need: ValueNeed,
  { find }: ICellOptions,
  others: readonly IDraftInput[],
  sources: readonly string[]
): readonly IDraftInput[] {
  const { facts, calls } = need;
  const isOutputs = calls !== undefined || facts?.form === 'outputs';
  const uses = sources.map(source => memberUses(source, name));
  const members = [...new Set(uses.flatMap(use => use.members))].sort();
  if (!isOutputs || uses.some(({ whole }) => whole) || members.length === 0) {
    const form = isOutputs ? 'outputs' : (facts?.form ?? 'plain');
    const port = portOf(name, isOutputs ? { ...facts, type: 'object' } : facts);
    return [{ port, variable: name, form, dtype: facts?.dtype, argument: name }];
  }
  const skill = calls === undefined ? undefined : find?.(calls);
  const taken = new Set(others.map(({ port }) => port.name));
  return members.map(member => {
    const known = facts?.members?.[member];
    const declared = skill?.outputs.find(output => output.name === member);
    const isFree = isPythonName(member) && !taken.has(member);
    const port = portOf(isFree ? member : `${name}_${member}`, known, declared);
    taken.add(port.name);
    const form = known?.form ?? 'plain';
    const argument = isPythonName(member)
      ? `${name}.${member}`
      : `${name}[${JSON.stringify(member)}]`;
    return { port, variable: name, member, form, dtype: known?.dtype, argument };
  });
}

/** A value that is known becomes the default; one that is not must be given. */
function portOf(
  name: string,
  facts: Partial<INameFacts> | undefined,
  declared?: IPort
): IPort {
  const type = declared?.type ?? facts?.type ?? 'any';
  const { unit, description } = declared ?? {};
  return {
    name,
    type,
    ...(unit === undefined ? {} : { unit }),
    ...(description === undefined ? {} : { description }),
    ...(facts?.value === undefined
      ? facts?.form === 'none'
        ? {}
        : { required: true }
      : { default: facts.value })
  };
}
