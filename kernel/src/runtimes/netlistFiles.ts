/** `.include` and `.lib` of files beside the skill: ngspice in the browser has no disk. */

import { failure } from './failure';
import type { INetlistLine } from './netlist';

/** Text of a file beside the skill, by its relative path; null when there is none. */
export type ReadFile = (path: string) => Promise<string | null>;

const INCLUDE = /^\s*\.(include|incl|inc|lib)\s+("[^"]*"|'[^']*'|\S+)\s*(\S+)?\s*$/i;
/** Files within files; more is taken for a circle. */
const MAX_DEPTH = 10;

/** The netlist with every included file in the place of its card. */
export async function includeFiles(
  lines: readonly INetlistLine[],
  readFile: ReadFile,
  depth = 0
): Promise<readonly INetlistLine[]> {
  const out: INetlistLine[] = [];
  for (const line of lines) {
    const card = INCLUDE.exec(line.text);
    const [, kind = '', quoted = '', section] = card ?? [];
    if (!card || (kind.toLowerCase() === 'lib' && section === undefined)) {
      out.push(line);
      continue;
    }
    const name = quoted.replace(/^["']|["']$/g, '');
    if (depth >= MAX_DEPTH) {
      throw fileError(line, `${name} is included from itself, or more than ten deep.`);
    }
    const text = await readIncluded(name, line, readFile);
    const own = text
      .split(/\r?\n/)
      .map((part, at) => ({ text: part, source: name, line: at + 1 }));
    const chosen = section === undefined ? own : sectionOf(own, section, line);
    out.push(...(await includeFiles(chosen, readFile, depth + 1)));
  }
  return out;
}

async function readIncluded(
  name: string,
  line: INetlistLine,
  readFile: ReadFile
): Promise<string> {
  const parts = name.replace(/^\.\//, '').split('/');
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
