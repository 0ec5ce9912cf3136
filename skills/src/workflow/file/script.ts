import { analyseCell, isPythonCell } from '../analyse';
import type { INotebookCell } from '../change/change';
import { IMPORT_LINE, importsSkill } from '../change/importLine';
import { parsePython } from '../python/parse';
import { tokenise } from '../python/tokens';
import { withoutMagics } from './magics';
import { SHOW, withShown } from './shown';
import { withWaits } from './waits';

/** A Python script, and what of the notebook it leaves out. */
export interface IScript {
  readonly text: string;
  /** Sentences for people. */
  readonly notes: readonly string[];
}

/** Runs one awaitable after the other in one event loop, as the notebook's kernel does. */
const RUNNER = `import asyncio

_loop = asyncio.new_event_loop()
_wait = _loop.run_until_complete
`;

/** What IPython puts into every notebook. */
const DISPLAY = `try:
    from IPython.display import display
except ImportError:
    display = print
`;

/**
 * The notebook as a script that `python` runs: cells in their order between `# %%` marks,
 * Markdown as comments, a top-level `await x` as `_wait(x)`, what a notebook shows below a
 * cell as `_show(x)`. Lines for IPython and cells that cannot be read become comments; the
 * notes say which.
 */
export function toScript(name: string, given: readonly INotebookCell[]): IScript {
  // Python ends a line at a lone carriage return too, and with it a comment.
  const cells = given.map(cell => ({
    ...cell,
    source: cell.source.replace(/\r\n?/g, '\n')
  }));
  const notes: string[] = [];
  const parts = cells
    .filter(({ source }) => source.trim() !== '')
    .map(({ type, source }, index) =>
      type === 'code'
        ? codePart(source, index + 1, notes)
        : `# %% [${type}]\n${comment(source)}`
    );
  const code = cells.filter(({ type }) => type === 'code');
  const usesSkill = code.some(({ source }) =>
    analyseCell(source).uses.includes('skill')
  );
  const title = name.replace(/\s+/g, ' ');
  const head = [
    `# ${title}, exported from LLMos Lab. It needs Python with the package llmos[native].\n`,
    ...(usesSkill && !code.some(importsSkill) ? [`${IMPORT_LINE}\n`] : []),
    ...(parts.some(part => part.includes('_wait(')) ? [RUNNER] : []),
    ...(parts.some(part => part.includes('_show(')) ? [SHOW] : []),
    ...(code.some(({ source }) => usesDisplay(source)) ? [DISPLAY] : [])
  ];
  return { text: [...head, ...parts].join('\n'), notes };
}

function usesDisplay(source: string): boolean {
  return tokenise(source).some(
    ({ kind, text }) => kind === 'name' && text === 'display'
  );
}

function codePart(source: string, number: number, notes: string[]): string {
  const mark = '# %%\n';
  if (!isPythonCell(source)) {
    const magic = source.trim().split(/\s/)[0] ?? '';
    notes.push(`Cell ${number} is not Python (${magic}) and became a comment.`);
    return mark + comment(source);
  }
  const { text, count } = withoutMagics(source);
  const module = parsePython(text);
  if (!module.complete) {
    notes.push(`Cell ${number} has a syntax error and became a comment.`);
    return mark + comment(source);
  }
  if (count > 0) {
    const lines = count === 1 ? 'A line' : `${count} lines`;
    notes.push(`${lines} for IPython in cell ${number} became comments.`);
  }
  // IPython takes the first line's indentation off all lines; a block does so too.
  const isIndented = /^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]+[^\s#]/.test(text);
  const shown = withShown(text, module.statements.at(-1));
  const block = isIndented ? `if True:\n${shown}` : shown;
  return `${mark}${withWaits(block.trimEnd(), `_cell_${number}`)}\n`;
}

/** Lines as comments, with an end. */
function comment(source: string): string {
  const lines = source.trimEnd().split('\n');
  return lines.map(line => `${`# ${line}`.trimEnd()}\n`).join('');
}
