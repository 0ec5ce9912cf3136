import { readPython } from '../skill/python';
import type { Expression, ICall, IModule, Statement } from './python/ast';
import { parsePython } from './python/parse';
import { tokenise } from './python/tokens';
import { walkTree, type TreeNode } from './python/tree';

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
  readonly source: IMember | null;
}

/** A variable, or one attribute or key of it. */
export interface IMember {
  readonly name: string;
  readonly output: string | null;
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
  /**
   * True when its arguments hold nothing but literals, names, attributes, keys and
   * operators on them: evaluating them calls nothing, uses nothing up and binds nothing.
   */
  readonly onlyReads: boolean;
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
    walkTree(statement, (node, parent) => {
      const found = node.kind === 'Call' ? readCall(node) : null;
      if (found) {
        const topLevel = node === whole;
        const awaited = parent?.kind === 'Await';
        calls.push({ ...found, awaited, topLevel, target: topLevel ? target : null });
      }
      return true;
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

/**
 * Whether a cell does nothing but call one skill, as far as its text says: one statement
 * that may keep the result in a variable, beside it at most the import of `skill`.
 */
export function isOneCall(source: string, { statements, complete }: IModule): boolean {
  const [statement, more] = statements.filter(each => !isSkillImport(each));
  const whole = statement ? valueOf(statement) : undefined;
  const call = whole?.kind === 'Await' ? whole.value : whole;
  return (
    complete &&
    statement !== undefined &&
    !more &&
    call?.kind === 'Call' &&
    (statement.kind === 'Expression' || targetOf(statement) !== null) &&
    (statement.kind !== 'AnnAssign' || isReading(statement.annotation)) &&
    !tokenise(source).some(({ kind }) => kind === 'magic')
  );
}

/** The call of a cell that does nothing but call one skill; else null. */
export function onlyCall(cell: {
  readonly analysis: { readonly isOneCall: boolean };
  readonly calls: readonly ISkillCall[];
}): ISkillCall | null {
  const [call, more] = cell.calls;
  return call?.topLevel && !more && cell.analysis.isOneCall ? call : null;
}

function isSkillImport(statement: Statement): boolean {
  return (
    statement.kind === 'Import' &&
    statement.names.every(
      ({ module, member, name }) =>
        module === 'llmos' && member === 'skill' && name === 'skill'
    )
  );
}

const READING: ReadonlySet<string> = new Set([
  'Name',
  'Constant',
  'Attribute',
  'Subscript',
  'Sequence',
  'Group'
]);

function isReading(expression: Expression): boolean {
  let reads = true;
  walkTree(expression, node => {
    reads &&= READING.has(node.kind) && !('consumes' in node);
    return reads;
  });
  return reads;
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
    onlyReads: [...rest, ...call.arguments].every(
      ({ star, value }) => star === '' && isReading(value)
    ),
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

/** What a literal says that is one plain string; null for all else. */
export function textOf(value: TreeNode): string | null {
  const text = value.kind === 'Constant' && value.text !== undefined ? value.text : '';
  const read = text === '' ? undefined : readPython(text);
  return typeof read === 'string' ? read : null;
}

/** The variable, attribute or key that a text reads: `h.energy`; null for all else. */
export function readMember(text: string): IMember | null {
  const [statement, more] = parsePython(text).statements;
  return statement?.kind === 'Expression' && !more ? sourceOf(statement.value) : null;
}

function sourceOf(value: Expression): IMember | null {
  if (value.kind === 'Name') {
    return { name: value.id, output: null };
  }
  if (value.kind === 'Attribute' && value.value.kind === 'Name') {
    return { name: value.value.id, output: value.attribute };
  }
  if (value.kind === 'Subscript' && value.value.kind === 'Name') {
    const output = keyOf(value.index);
    return output === null ? null : { name: value.value.id, output };
  }
  return null;
}

/** The text of an index that is one plain string. */
export function keyOf(index: Expression): string | null {
  const item = index.kind === 'Group' ? onlyItem(index.items) : null;
  return item ? textOf(item) : null;
}

/** The expression of an index that is neither a slice nor a tuple. */
function onlyItem(items: readonly Expression[]): Expression | null {
  const [first, more] = items;
  if (!first || more) {
    return null;
  }
  return first.kind === 'Group' ? onlyItem(first.items) : first;
}
