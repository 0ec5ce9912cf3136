import { analyseCell } from './analyse';
import type { ICallArgument, ISkillCall } from './calls';
import type { IRange } from './python/ast';
import { parsePython } from './python/parse';
import { isPythonName } from '../skill/ports';

/**
 * The argument of a call that gives an input. `inputs` are the names of the skill's inputs
 * in their order, by which arguments given by position are found.
 */
export function findArgument(
  call: ISkillCall,
  name: string,
  inputs: readonly string[] = []
): ICallArgument | undefined {
  const positional = call.arguments.filter(item => item.name === null && !item.star);
  return (
    call.arguments.find(item => item.name === name) ?? positional[inputs.indexOf(name)]
  );
}

/**
 * The cell's source with one input set to a Python expression; everything outside that
 * argument stays. Null when the expression is no expression.
 *
 * @example
 * setArgument('v = await skill("a")(x=1)', call, 'x', 'h.x'); // 'v = await skill("a")(x=h.x)'
 */
export function setArgument(
  source: string,
  call: ISkillCall,
  name: string,
  expression: string,
  inputs: readonly string[] = []
): string | null {
  const value = asArgument(expression);
  if (value === null || !isPythonName(name)) {
    return null;
  }
  const found = findArgument(call, name, inputs);
  if (found) {
    return source.slice(0, found.valueStart) + value + source.slice(found.valueEnd);
  }
  const last = call.arguments[call.arguments.length - 1];
  const at = last?.end ?? call.argumentsStart;
  const gap = last ? separator(source, call) : '';
  return `${source.slice(0, at)}${gap}${name}=${value}${source.slice(at)}`;
}

/** What stands between two arguments, in the manner of this call. */
function separator(source: string, call: ISkillCall): string {
  const last = call.arguments[call.arguments.length - 1];
  const start = last?.start ?? call.argumentsStart;
  const line = source.lastIndexOf('\n', start - 1) + 1;
  const before = source.slice(line, start);
  return line > call.argumentsStart && before.trim() === '' ? `,\n${before}` : ', ';
}

/** The expression as one argument, in brackets where it has a comma; null when it is none. */
function asArgument(expression: string): string | null {
  const text = expression.trim();
  if (isOneArgument(text)) {
    return text;
  }
  const { statements, complete } = parsePython(text);
  const [statement, more] = statements;
  const tuple = complete && !more && statement?.kind === 'Expression';
  return tuple && isOneArgument(`(${text})`) ? `(${text})` : null;
}

function isOneArgument(text: string): boolean {
  const { statements, complete } = parsePython(`f(x=${text}\n)`);
  const [statement, more] = statements;
  if (!complete || more || statement?.kind !== 'Expression') {
    return false;
  }
  const { value } = statement;
  return (
    value.kind === 'Call' &&
    value.callee.kind === 'Name' &&
    value.arguments.length === 1 &&
    // A comment at the end would swallow what follows it.
    value.arguments[0]?.valueEnd === 4 + text.length
  );
}

/**
 * A list of Python with one expression more, unless that is in it; a new one in the place of
 * anything else.
 *
 * @example
 * listWith('[a.mesh]', 'b.mesh'); // '[a.mesh, b.mesh]'
 */
export function listWith(text: string, expression: string): string {
  const items = itemsOf(text);
  if (items.length === 0) {
    return `[${expression}]`;
  }
  return items.some(({ start, end }) => text.slice(start, end) === expression)
    ? text
    : text.replace(
        /(,?)(\s*)\]$/,
        (_, comma: string, space: string) => `, ${expression}${comma}${space}]`
      );
}

/**
 * A list of Python without the items that read these variables and no others; null where
 * it is no list, or where none or all of it would go.
 *
 * @example
 * listWithout('[a.mesh, b.mesh]', new Set(['a'])); // '[b.mesh]'
 */
export function listWithout(text: string, names: ReadonlySet<string>): string | null {
  const items = itemsOf(text);
  const isKept = ({ start, end }: IRange): boolean => {
    const { uses } = analyseCell(text.slice(start, end));
    return uses.length === 0 || !uses.every(name => names.has(name));
  };
  const kept = items.filter(isKept);
  if (kept.length === 0 || kept.length === items.length) {
    return null;
  }
  const [first] = items;
  const last = items.at(-1);
  const rest = kept.map(({ start, end }) => text.slice(start, end)).join(', ');
  return text.slice(0, first?.start) + rest + text.slice(last?.end);
}

/** What stands in a list as Python writes it; empty for anything else. */
function itemsOf(text: string): readonly IRange[] {
  const { statements, complete } = parsePython(text);
  const [only, more] = statements;
  const value = complete && !more && only?.kind === 'Expression' ? only.value : null;
  return value?.kind === 'Sequence' && text.startsWith('[') ? value.items : [];
}

/**
 * The cell's source without one argument, so that the skill's default holds. Null when
 * that cannot be said by taking it away: a positional argument with more behind it.
 */
export function removeArgument(
  source: string,
  call: ISkillCall,
  name: string,
  inputs: readonly string[] = []
): string | null {
  const found = findArgument(call, name, inputs);
  if (!found) {
    return source;
  }
  const index = call.arguments.indexOf(found);
  const after = call.arguments.slice(index + 1);
  if (found.name === null && after.some(item => item.name === null)) {
    return null;
  }
  const cut = (start: number, end: number): string =>
    source.slice(0, start) + source.slice(end);
  const [next] = after;
  if (next) {
    return cut(found.start, next.start);
  }
  const previous = call.arguments[index - 1];
  if (previous) {
    return cut(previous.end, found.end);
  }
  const rest = cut(found.start, found.end).slice(
    call.argumentsStart,
    call.argumentsEnd - (found.end - found.start)
  );
  return /^[\s,]*$/.test(rest)
    ? cut(call.argumentsStart, call.argumentsEnd)
    : cut(
        found.start,
        found.end + (/^\s*,/.exec(source.slice(found.end))?.[0].length ?? 0)
      );
}
