/** Cells that a question means by what they are called. */
import { normalise } from '../../skill/searchText';
import type { IGraphCell } from '../../workflow/graph';
import type { IContextCell } from '../context';
import { graphOfCells, type FindSkill } from './cells';
import { wordsOf } from './wanted';

/** `cell 3`, or `[3]` as the notebook shows it; an index of a variable is none. */
const NUMBER = /\bcell\s*(?:number|no\.?|#)?\s*\[?(\d+)\b|(?<!\w)\[(\d+)\]/i;
/** A name, and whether the question says that it is one. */
const NAME = /(\bcell\s+|`)?([\p{L}_][\p{L}\p{N}_]*)/giu;

/** Where cells are looked for. */
export interface INamedIn {
  readonly cells: readonly IContextCell[];
  readonly find: FindSkill;
  /** Words of the question that name none, as {@link termsOf} gives them. */
  readonly others: ReadonlySet<string>;
}

/** Whether a question names a cell by its number. */
export function isNumbered(question: string): boolean {
  return NUMBER.test(question);
}

/** Words as they are compared with those of a question. */
export function termsOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(word => normalise(word) ?? word));
}

/**
 * The code cells that a question names: the one with such a number beside it (else in such
 * a place), else those with such a variable or title, else those that have a word of it in
 * a variable or skill. In their order; none where it names none.
 */
export function namedCells(
  question: string,
  { cells, find, others }: INamedIn
): readonly IGraphCell[] {
  const graph = graphOfCells(cells);
  const [, number = '', shown = number] = NUMBER.exec(question) ?? [];
  if (shown !== '') {
    const numbered = cells.find(({ count }) => count === Number(shown));
    const found = numbered
      ? graph.cells.find(({ id }) => id === numbered.id)
      : graph.cells[Number(shown) - 1];
    return found ? [found] : [];
  }
  const isCommon = (word: string): boolean => {
    const term = normalise(word);
    return term === null || others.has(term);
  };
  const telling = (text: string): readonly string[] =>
    wordsOf(text).filter(word => !isCommon(word));
  const names = [...question.matchAll(NAME)].flatMap(([, isSaid, name = '']) =>
    isSaid !== undefined || !isCommon(name) ? [name] : []
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
