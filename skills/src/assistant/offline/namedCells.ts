/** Cells that a question means, by what they are called or by pointing at them. */
import { normalise } from '../../skill/searchText';
import { closest, listOf } from '../../skill/suggest';
import type { IGraphCell } from '../../workflow/graph';
import type { IContextCell } from '../context';
import { cellName } from './cells';
import type { IQuestion } from './question';
import { wordsOf } from './wanted';

/**
 * `cell 3`, or `[3]` as the notebook shows it; an index of a variable is none. `code cell 3`
 * is the third one with code, whatever number it shows.
 */
const NUMBER = /\b(code\s+)?cell\s*(?:number|no\.?|#)?\s*\[?(\d+)\b|(?<!\w)\[(\d+)\]/i;
/** `the third cell`, by the places among the code cells. */
const ORDINAL =
  /\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last) (?:code )?cell\b/i;
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
/** A name, and whether the question says that it is one. */
const NAME = /(\bcell\s+|`)?([\p{L}_][\p{L}\p{N}_]*)/giu;
/** `the cell "total"`. */
const QUOTED = /\bcell\s+(?:called\s+|named\s+)?[`"'“‘]([^`"'”’\n]+)[`"'”’]/iu;
/** `the cell called total`, or another word, which need not be a name. */
const CALLED = /\bcell\s+(called\s+|named\s+)?([\p{L}_][\p{L}\p{N}_]*)/iu;
/** Letters from which on a word that is like a name is hardly so by chance. */
const LEAST_LIKE = 4;
/** Points at the selected cell, whatever else it names. */
const THIS_CELL = /\bthis (?:cell|one|does)\b|\bdoes this\b|\bselected\b/i;
const POINTS = /\b(?:this(?! notebook)|selected|it)\b/i;
/** Names listed at most where one is not there. */
const MOST_NAMES = 8;

/** What a question means among the cells. */
export type Meant =
  /** These, or the selected one (if any), which it points at. */
  | { readonly by: 'name' | 'this'; readonly cells: readonly IContextCell[] }
  /** No certain ones. */
  | { readonly by: 'nothing' }
  /** One that is not there, which the sentence says. */
  | { readonly by: 'unknown'; readonly sentence: string };

/** Words as they are compared with those of a question. */
export function termsOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(word => normalise(word) ?? word));
}

/**
 * The code cells that a question means: the one with such a number beside it (else in such
 * a place), the selected one for "this cell", else those with such a variable or title, else
 * those that have a word of it in a variable or skill. In their order.
 *
 * @param others words of the question that name none, as {@link termsOf} gives them
 */
export function meantCells(question: IQuestion, others: ReadonlySet<string>): Meant {
  const { text, cells, selected, hasNotebook } = question;
  if (!hasNotebook) {
    return { by: 'nothing' };
  }
  const [, code, number = '', shown = number] = NUMBER.exec(text) ?? [];
  if (shown !== '') {
    const found = numberedCell(question, Number(shown), code !== undefined);
    return found
      ? { by: 'name', cells: [found] }
      : {
          by: 'unknown',
          sentence: 'This notebook has no code cell of that number.'
        };
  }
  const ordinal = ORDINAL.exec(text)?.[1]?.toLowerCase();
  if (ordinal !== undefined) {
    const { cells: code } = question.graph;
    const cell = ordinal === 'last' ? code.at(-1) : code[ORDINALS.indexOf(ordinal)];
    const found = cells.find(({ id }) => id === cell?.id);
    return found
      ? { by: 'name', cells: [found] }
      : { by: 'unknown', sentence: `This notebook has no ${ordinal} code cell.` };
  }
  const pointed = selected ? [selected] : [];
  if (selected && THIS_CELL.test(text)) {
    return { by: 'this', cells: pointed };
  }
  const ids = namedCells(question, others).map(({ id }) => id);
  if (ids.length > 0) {
    return { by: 'name', cells: cells.filter(({ id }) => ids.includes(id)) };
  }
  if (POINTS.test(text)) {
    return { by: 'this', cells: pointed };
  }
  const name = nameOfNone(question, others);
  return name === null
    ? { by: 'nothing' }
    : { by: 'unknown', sentence: noCellText(name, question) };
}

function numberedCell(
  { cells, graph }: IQuestion,
  number: number,
  isPlace: boolean
): IContextCell | undefined {
  const numbered = isPlace ? undefined : cells.find(({ count }) => count === number);
  const id = numbered?.id ?? graph.cells[number - 1]?.id;
  // What has a number may have become a text since it ran.
  return cells.find(each => each.type === 'code' && each.id === id);
}

function namedCells(
  { text: question, cells, graph, find }: IQuestion,
  others: ReadonlySet<string>
): readonly IGraphCell[] {
  const telling = (text: string): readonly string[] =>
    wordsOf(text).filter(word => !isCommon(word, others));
  const names = [...question.matchAll(NAME)].flatMap(([, isSaid, name = '']) =>
    isSaid !== undefined || !isCommon(name, others) ? [name] : []
  );
  const words = telling(question);
  const titles = new Map(cells.map(({ id, title = '' }) => [id, telling(title)]));
  const called = graph.cells.filter(({ id, analysis }) => {
    const title = titles.get(id) ?? [];
    const isTitle = title.length > 0 && title.every(word => words.includes(word));
    return isTitle || analysis.defines.some(name => names.includes(name));
  });
  return called.length > 0
    ? called
    : graph.cells.filter(({ calls, analysis }) => {
        const texts = calls.flatMap(({ skill }) => [skill, find(skill)?.name ?? '']);
        const own = [...analysis.defines, ...texts].flatMap(wordsOf);
        return own.some(word => words.includes(word));
      });
}

function isCommon(word: string, others: ReadonlySet<string>): boolean {
  const term = normalise(word);
  return term === null || others.has(term);
}

/** What a question calls a cell, where that is a name for sure: said to be one, or like one. */
function nameOfNone(
  { text, graph }: IQuestion,
  others: ReadonlySet<string>
): string | null {
  const quoted = QUOTED.exec(text)?.[1];
  const [, said, word = ''] = CALLED.exec(text) ?? [];
  if (quoted !== undefined || word === '' || isCommon(word, others)) {
    return quoted ?? null;
  }
  const isLike =
    word.length >= LEAST_LIKE && nearName(word, namesIn(graph)) !== undefined;
  return said !== undefined || isLike ? word : null;
}

/** What the cells with code are called, as Markdown. */
function namesIn(graph: IQuestion['graph']): readonly string[] {
  const code = graph.cells.filter(({ source }) => source.trim() !== '');
  return [...new Set(code.map(({ id }) => cellName(graph, id)))];
}

function nearName(name: string, names: readonly string[]): string | undefined {
  const plain = names.map(each => each.slice(1, -1));
  return closest(name, plain);
}

/** That no cell is called so, and what those are called that there are. */
function noCellText(name: string, { graph }: IQuestion): string {
  const none = `No cell of this notebook is called \`${name}\``;
  const names = namesIn(graph);
  if (names.length === 0) {
    return `${none}: it has no code yet.`;
  }
  const near = nearName(name, names);
  const more = names.length - MOST_NAMES;
  const listed = names.slice(0, MOST_NAMES).concat(more > 0 ? `${more} more` : []);
  return [
    `${none}.`,
    ...(near === undefined ? [] : [`Did you mean \`${near}\`?`]),
    `There ${names.length === 1 ? 'is' : 'are'} ${listOf(listed, 'and')}.`
  ].join(' ');
}
