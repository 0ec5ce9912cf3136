import { readPython } from '../skill/python';
import type { Expression, ICall, IModule, Statement } from './python/ast';

/** An argument of a skill call; offsets count UTF-16 units of the cell's source. */
export interface ICallArgument {
  /** Null when it is given by position, or unpacked with a star. */
  readonly name: string | null;
  readonly star: '' | '*' | '**';
  /** The whole argument, `name=` included. */
  readonly start: number;
  readonly end: number;
  /** The expression alone. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The variable that the expression reads whole or by one attribute or key: `h.energy`. */
  readonly source: { readonly name: string; readonly output: string | null } | null;
}

/** A call such as `vqe = await skill("quantum-vqe")(iterations=100)`. */
export interface ISkillCall {
  /** The skill's id. */
  readonly skill: string;
  /** The id's string literal. */
  readonly idStart: number;
  readonly idEnd: number;
  /** Under which name `skill` is called: `skill`, an alias, or `llmos.skill`. */
  readonly callee: string;
  /** A pinned version. */
  readonly version: string | null;
  /** The variable that takes the result. */
  readonly target: string | null;
  readonly awaited: boolean;
  /** True where the call is a statement of the cell itself, not within a function or loop. */
  readonly topLevel: boolean;
  /** The whole call, `await` and target left out. */
  readonly start: number;
  readonly end: number;
  /** Offsets behind the opening and before the closing bracket of the arguments. */
  readonly argumentsStart: number;
  readonly argumentsEnd: number;
  readonly arguments: readonly ICallArgument[];
}

/** All calls in a cell that have the form of a skill call, whatever their callee's name. */
export function findCalls(module: IModule): readonly ISkillCall[] {
  const calls: ISkillCall[] = [];
  for (const statement of module.statements) {
    const target = targetOf(statement);
    const value = valueOf(statement);
    const whole = value?.kind === 'Await' ? value.value : value;
    visit(statement, false, (call, awaited) => {
      const found = readCall(call);
      if (found) {
        const topLevel = call === whole;
        calls.push({ ...found, awaited, topLevel, target: topLevel ? target : null });
      }
    });
  }
  return calls;
}

function valueOf(statement: Statement): Expression | undefined {
  const hasValue =
    statement.kind === 'Expression' ||
    statement.kind === 'Assign' ||
    statement.kind === 'AnnAssign';
  return hasValue ? statement.value : undefined;
}

function targetOf(statement: Statement): string | null {
  const [target, more] =
    statement.kind === 'Assign'
      ? statement.targets
      : statement.kind === 'AnnAssign'
        ? [statement.target]
        : [];
  return target?.kind === 'Name' && !more ? target.id : null;
}

/** Calls `found` for each call in a tree, in the order of the text. */
function visit(
  node: unknown,
  awaited: boolean,
  found: (call: ICall, awaited: boolean) => void
): void {
  if (Array.isArray(node)) {
    node.forEach(item => visit(item, false, found));
    return;
  }
  if (typeof node !== 'object' || node === null) {
    return;
  }
  const kind = 'kind' in node ? node.kind : null;
  if (kind === 'Call') {
    found(node as ICall, awaited);
  }
  for (const child of Object.values(node)) {
    visit(child, kind === 'Await', found);
  }
}

type Found = Omit<ISkillCall, 'awaited' | 'topLevel' | 'target'>;

function readCall(call: ICall): Found | null {
  const inner = call.callee;
  if (inner.kind !== 'Call') {
    return null;
  }
  const callee = dotted(inner.callee);
  const [first, ...rest] = inner.arguments;
  const skill = first?.name === null && first.star === '' ? textOf(first.value) : null;
  if (callee === null || skill === null || !first) {
    return null;
  }
  const version = rest.find(({ name }) => name === 'version');
  return {
    skill,
    idStart: first.valueStart,
    idEnd: first.valueEnd,
    callee,
    version: version ? textOf(version.value) : null,
    start: call.start,
    end: call.end,
    argumentsStart: call.open + 1,
    argumentsEnd: call.end - 1,
    arguments: call.arguments.map(({ value, ...argument }) => ({
      ...argument,
      source: argument.star === '' ? sourceOf(value) : null
    }))
  };
}

function dotted(value: Expression): string | null {
  if (value.kind === 'Name') {
    return value.id;
  }
  const owner = value.kind === 'Attribute' ? dotted(value.value) : null;
  return owner !== null && value.kind === 'Attribute'
    ? `${owner}.${value.attribute}`
    : null;
}

function textOf(value: Expression): string | null {
  const text = value.kind === 'Constant' && value.text !== undefined ? value.text : '';
  const read = text === '' ? undefined : readPython(text);
  return typeof read === 'string' ? read : null;
}

function sourceOf(value: Expression): ICallArgument['source'] {
  if (value.kind === 'Name') {
    return { name: value.id, output: null };
  }
  if (value.kind === 'Attribute' && value.value.kind === 'Name') {
    return { name: value.value.id, output: value.attribute };
  }
  if (value.kind === 'Subscript' && value.value.kind === 'Name') {
    const index = value.index.kind === 'Group' ? onlyItem(value.index.items) : null;
    const output = index ? textOf(index) : null;
    return output === null ? null : { name: value.value.id, output };
  }
  return null;
}

/** The expression of an index that is neither a slice nor a tuple. */
function onlyItem(items: readonly Expression[]): Expression | null {
  const [first, more] = items;
  if (!first || more) {
    return null;
  }
  return first.kind === 'Group' ? onlyItem(first.items) : first;
}
