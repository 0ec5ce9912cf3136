import { IGNORED_NAMES } from '../../workflow/builtins';
import { analyseCell } from '../../workflow/analyse';
import { parsePython } from '../../workflow/python/parse';
import { tokenise, type IToken } from '../../workflow/python/tokens';
import type { IDraftNote } from './fromCell';

/** The code of a cell, ready to stand in a skill. */
export interface IBody {
  /** Without magics, and without indentation that all lines share. */
  readonly source: string;
  /** True when it waits for something: then `execute` is `async`. */
  readonly isAsync: boolean;
  /** False when its meaning depends on standing at the top level of a module. */
  readonly isFunction: boolean;
  /** True when it defines `execute(inputs)` itself. */
  readonly isOwn?: true;
  readonly notes: readonly IDraftNote[];
}

/** First line of a cell that says it becomes a skill, and what follows it there. */
const SKILL_MAGIC = /^\s*%%skill(?:[ \t]+([^\r\n]*))?(?:\r?\n|$)/;

/** What stands behind `%%skill`, such as an id; undefined for other cells. */
export function readSkillMagic(source: string): string | undefined {
  const found = SKILL_MAGIC.exec(source);
  return found ? (found[1] ?? '').trim() : undefined;
}

/** Reads a cell's code. */
export function readBody(source: string): IBody {
  const notes: IDraftNote[] = [];
  const own = source.replace(SKILL_MAGIC, '').replace(/\r\n?/g, '\n');
  const tokens = tokenise(own);
  for (const { kind, text, start } of tokens) {
    if (kind === 'magic') {
      notes.push(noteOf(text, text.startsWith('!') || text.startsWith('%%')));
    } else if (kind === 'string' && /^[ \t]*[%!]/.test(text)) {
      notes.push(noteOf(lineAt(own, start), true));
    }
  }
  const code = dedent(withoutMagics(own, tokens));
  const { complete, statements } = parsePython(code);
  if (!complete) {
    notes.push({ code: 'incomplete', severity: 'error', about: '' });
  } else if (statements.length === 0) {
    notes.push({ code: 'empty', severity: 'error', about: '' });
  }
  return {
    source: code,
    isAsync: tokens.some(({ kind, text }) => kind === 'name' && WAITS.has(text)),
    isFunction: canBeFunction(code),
    notes
  };
}

const WAITS: ReadonlySet<string> = new Set(['await', 'async']);

function noteOf(text: string, isShell: boolean): IDraftNote {
  return isShell
    ? { code: 'shell', severity: 'error', about: text.trim() }
    : { code: 'magic', severity: 'warning', about: text.trim() };
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** Lines for IPython alone; within a block something must stand in their place. */
function withoutMagics(source: string, tokens: readonly IToken[]): string {
  let code = source;
  for (const { kind, start, end } of [...tokens].reverse()) {
    if (kind === 'magic') {
      const lineStart = code.lastIndexOf('\n', start - 1) + 1;
      const isInner = start > lineStart;
      const next = code.indexOf('\n', end);
      code = isInner
        ? `${code.slice(0, start)}pass${code.slice(end)}`
        : code.slice(0, lineStart) + (next < 0 ? '' : code.slice(next + 1));
    }
  }
  return code.replace(/^(?:[ \t]*\n)+/, '').trimEnd();
}

/** Takes off the indentation of the first line, as IPython does. */
function dedent(code: string): string {
  const base = /^[ \t]*/.exec(code)?.[0] ?? '';
  return base === ''
    ? code
    : mapLines(code, line => (line.startsWith(base) ? line.slice(base.length) : line));
}

/** Indents code; the lines inside a text of several lines stay as they are. */
export function indent(code: string, by = '    '): string {
  return mapLines(code, line => (line.trim() === '' ? line : by + line));
}

/** Applies `change` to each line that does not begin within a string. */
function mapLines(code: string, change: (line: string) => string): string {
  const inside = tokenise(code).filter(
    ({ kind, text }) => kind === 'string' && text.includes('\n')
  );
  let offset = 0;
  return code
    .split('\n')
    .map(line => {
      const at = offset;
      offset += line.length + 1;
      return inside.some(({ start, end }) => start < at && at < end)
        ? line
        : change(line);
    })
    .join('\n');
}

/** Names whose calls look at the scope that they stand in. */
const SCOPE_READERS = /\b(?:exec|eval|globals|locals|vars|dir)\s*\(/;

/**
 * Whether code means the same inside a function. Not when it declares or looks up
 * globals, hides a built-in name that it reads before, imports everything of a module, or
 * defines a class, whose body does not see a function's variables of the same name.
 */
export function canBeFunction(code: string): boolean {
  const tokens = tokenise(code).filter(({ kind }) => kind === 'name');
  const { defines } = analyseCell(code);
  return (
    !tokens.some(({ text }) => text === 'global' || text === 'class') &&
    !/^\s*from\s.*\bimport\s*\*/m.test(code) &&
    !SCOPE_READERS.test(code) &&
    !defines.some(name => IGNORED_NAMES.has(name))
  );
}
