import { analyseCell } from '../analyse';
import type { IFunctionDef, IModule, IRange } from '../python/ast';
import { parsePython } from '../python/parse';
import { tokenise, tokeniseRange, type IToken } from '../python/tokens';
import { walkTree } from '../python/tree';

/**
 * Code with top-level `await x` as `_wait(x)`, so that it runs outside a notebook. Code
 * with a top-level `async for` or `async with` becomes a coroutine of that name, whose
 * variables stay those of the module.
 */
export function withWaits(source: string, name: string): string {
  const tokens = tokenise(source);
  const functions = functionsIn(parsePython(source));
  const isOutside = ({ start }: IRange): boolean =>
    !functions.some(each => each.nameAt.start <= start && start < each.end);
  const needsCoroutine = tokens.some((token, index) => {
    const word = tokens[index + 1]?.text;
    const isAsync = token.kind === 'name' && token.text === 'async';
    return isAsync && (word === 'for' || word === 'with') && isOutside(token);
  });
  if (needsCoroutine) {
    const { defines } = analyseCell(source);
    const names = defines.length > 0 ? `    global ${defines.join(', ')}\n` : '';
    return `async def ${name}():\n${names}${indent(source, tokens)}\n\n\n_wait(${name}())`;
  }
  const marks = marksIn(source, tokens, isOutside);
  marks.sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const { start, end, text } of marks) {
    result += source.slice(at, start) + text;
    at = end;
  }
  return result + source.slice(at);
}

interface IMark extends IRange {
  readonly text: string;
}

/** What stands in place of each `await`, and behind what it awaits. */
function marksIn(
  source: string,
  tokens: readonly IToken[],
  isOutside: (range: IRange) => boolean
): IMark[] {
  return tokens.flatMap((token, index) => {
    const inner = (token.fields ?? []).flatMap(({ start, end }) =>
      marksIn(source, tokeniseRange(source, start, end), isOutside)
    );
    if (token.kind !== 'name' || token.text !== 'await' || !isOutside(token)) {
      return inner;
    }
    const end = endOfPrimary(tokens, index + 1);
    const next = tokens[index + 1];
    return [
      { start: token.start, end: next?.start ?? token.end, text: '_wait(' },
      { start: end, end, text: ')' }
    ];
  });
}

/** Where an atom with its calls, indices and attributes ends. */
function endOfPrimary(tokens: readonly IToken[], first: number): number {
  let at = skipAtom(tokens, first);
  for (;;) {
    const { kind, text } = tokens[at] ?? { kind: 'end', text: '' };
    if (kind === 'op' && text === '.') {
      at += 2;
    } else if (kind === 'op' && (text === '(' || text === '[')) {
      at = skipAtom(tokens, at);
    } else {
      return tokens[at - 1]?.end ?? 0;
    }
  }
}

/** The index behind a token, or behind the bracket that it opens. */
function skipAtom(tokens: readonly IToken[], first: number): number {
  let depth = 0;
  let at = first;
  do {
    const { kind, text } = tokens[at] ?? { kind: 'end', text: '' };
    if (kind === 'op' && '([{'.includes(text)) {
      depth += 1;
    } else if (kind === 'op' && ')]}'.includes(text)) {
      depth -= 1;
    }
    at += 1;
  } while (depth > 0 && at < tokens.length);
  return at;
}

/** The outermost functions. */
function functionsIn({ statements }: IModule): readonly IFunctionDef[] {
  const found: IFunctionDef[] = [];
  walkTree(statements, node => {
    if (node.kind === 'FunctionDef') {
      found.push(node);
    }
    return node.kind !== 'FunctionDef';
  });
  return found;
}

/** Lines four spaces to the right, but for those within a text. */
function indent(source: string, tokens: readonly IToken[]): string {
  const texts = tokens.filter(({ kind }) => kind === 'string');
  let start = 0;
  return source
    .split('\n')
    .map(line => {
      const at = start;
      start += line.length + 1;
      const isWithin = texts.some(text => text.start < at && at < text.end);
      return isWithin || line.trim() === '' ? line : `    ${line}`;
    })
    .join('\n');
}
