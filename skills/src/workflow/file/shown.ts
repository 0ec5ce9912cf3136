import { analyseCell, skillCalls } from '../analyse';
import type { Statement } from '../python/ast';

/** What the script needs for {@link withShown}: like a notebook, it shows no `None`. */
export const SHOW = `def _show(value):
    if value is not None:
        print(repr(value))
`;

/** These show by themselves, and give `None`. */
const SHOWING = ['print', 'display'];

/**
 * The cell with `_show` around its last expression, or behind a skill call that is
 * assigned there: what a notebook shows below it. A semicolon keeps it quiet, as there.
 *
 * @param last its last statement
 */
export function withShown(source: string, last: Statement | undefined): string {
  if (!last || /^\s*;/.test(source.slice(last.end))) {
    return source;
  }
  if (last.kind === 'Expression') {
    return isShowing(last.value)
      ? source
      : source.slice(0, last.start) +
          `_show(${inBrackets(source.slice(last.start, last.end), last.value)})` +
          source.slice(last.end);
  }
  const target = skillResult(source, last);
  const line = source.slice(source.lastIndexOf('\n', last.start) + 1, last.start);
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  return target === null ? source : `${source.trimEnd()}\n${indent}_show(${target})`;
}

type Value = Extract<Statement, { readonly kind: 'Expression' }>['value'];

function isShowing(value: Value): boolean {
  return (
    value.kind === 'Call' &&
    value.callee.kind === 'Name' &&
    SHOWING.includes(value.callee.id)
  );
}

/** `a, b` would be two arguments. */
function inBrackets(text: string, { kind }: Value): string {
  return kind === 'Sequence' ? `(${text})` : text;
}

/** The variable that holds a skill's result, where the statement is such a call. */
function skillResult(source: string, { kind, start, end }: Statement): string | null {
  if (kind !== 'Assign') {
    return null;
  }
  const call = skillCalls(analyseCell(source)).find(
    each => each.topLevel && each.awaited && start <= each.start && each.end <= end
  );
  return call?.target ?? null;
}
