/** `.include` and `.lib` of files beside the skill: ngspice in the browser has no disk. */

import { failure } from './failure';
import type { INetlistLine } from './netlist';

/** Text of a file beside the skill, by its relative path; null when there is none. */
export type ReadFile = (path: string) => Promise<string | null>;

const INCLUDE = /^\s*\.(include|incl|inc|lib)\s+("[^"]*"|'[^']*'|\S+)\s*(\S+)?\s*$/i;
/** Most that a netlist may include, over all: what repeats itself grows very fast. */
const MAX_FILES = 100;
const MAX_LINES = 100_000;

/** One expansion of a netlist, and what it has taken so far. */
interface IExpansion {
  readonly readFile: ReadFile;
  readonly signal: { readonly aborted: boolean };
  files: number;
  lines: number;
}

/**
 * The netlist with every included file in the place of its card.
 *
 * @param signal Stops the reading of files; the call then ends as stopped.
 */
export function includeFiles(
  lines: readonly INetlistLine[],
  readFile: ReadFile,
  signal: { readonly aborted: boolean } = { aborted: false }
): Promise<readonly INetlistLine[]> {
  return expand(lines, { readFile, signal, files: 0, lines: 0 }, []);
}

/** @param open The files, with their sections, that the lines stand in. */
async function expand(
  lines: readonly INetlistLine[],
  state: IExpansion,
  open: readonly string[]
): Promise<readonly INetlistLine[]> {
  const out: INetlistLine[] = [];
  for (const line of lines) {
    const card = INCLUDE.exec(line.text);
    const [, kind = '', quoted = '', section] = card ?? [];
    if (!card || (kind.toLowerCase() === 'lib' && section === undefined)) {
      out.push(line);
      continue;
    }
    const name = quoted.replace(/^["']|["']$/g, '').replace(/^\.\//, '');
    const place = `${name} ${(section ?? '').toLowerCase()}`;
    if (open.includes(place)) {
      throw fileError(line, `${name} is included from itself.`);
    }
    const own = await linesOf(name, line, state);
    const chosen = section === undefined ? own : sectionOf(own, section, line);
    for (const inner of await expand(chosen, state, [...open, place])) {
      out.push(inner);
    }
  }
  return out;
}

async function linesOf(
  name: string,
  line: INetlistLine,
  state: IExpansion
): Promise<readonly INetlistLine[]> {
  if (state.signal.aborted) {
    throw failure('stopped', 'The call was stopped while its files were read.');
  }
  state.files += 1;
  const text =
    state.files > MAX_FILES ? '' : await readIncluded(name, line, state.readFile);
  const own = text.split(/\r?\n/);
  state.lines += own.length;
  if (state.files > MAX_FILES || state.lines > MAX_LINES) {
    const most = `${MAX_FILES} files or ${MAX_LINES} lines`;
    throw fileError(line, `The netlist includes more than ${most}.`);
  }
  return own.map((part, at) => ({ text: part, source: name, line: at + 1 }));
}

async function readIncluded(
  name: string,
  line: INetlistLine,
  readFile: ReadFile
): Promise<string> {
  const parts = name.split('/');
  if (/^[/~]|[\\:\0]/.test(name) || parts.some(part => part === '..' || part === '')) {
    throw fileError(line, `${name} is not a path below the skill's own folder.`);
  }
  const text = await readFile(parts.join('/'));
  if (text === null) {
    throw fileError(
      line,
      `There is no file ${name} beside the skill. Put it into the folder that is named ` +
        `as the skill, or write its contents into the netlist.`
    );
  }
  return text;
}

function sectionOf(
  lines: readonly INetlistLine[],
  section: string,
  asked: INetlistLine
): readonly INetlistLine[] {
  const name = section.toLowerCase();
  const from = lines.findIndex(
    ({ text }) => text.trim().toLowerCase().split(/\s+/).join(' ') === `.lib ${name}`
  );
  const to = lines.findIndex(
    ({ text }, index) => index > from && /^\s*\.endl\b/i.test(text)
  );
  if (from < 0 || to < 0) {
    throw fileError(asked, `The file has no section .lib ${section} … .endl.`);
  }
  return lines.slice(from + 1, to);
}

function fileError(line: INetlistLine, message: string): Error {
  return failure('bad-input', message, {
    name: 'FileNotFoundError',
    excerpt: line.text.trim(),
    ...(line.source === 'skill' ? { line: line.line } : {})
  });
}
