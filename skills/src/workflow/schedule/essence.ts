import { isPythonCell, type ICellAnalysis } from '../analyse';
import { tokenise, type IToken } from '../python/tokens';

/** A cell, or the part of it from `start` to `end`. */
export interface IExcerpt {
  readonly source: string;
  readonly analysis: ICellAnalysis;
  readonly start?: number;
  readonly end?: number;
}

/** Stand for what has no text of its own. */
const MARKS: Readonly<Partial<Record<IToken['kind'], string>>> = {
  newline: '\u0001',
  indent: '\u0002',
  dedent: '\u0003',
  end: ''
};

/** Essences by the analysis of their cell, which stays while its source does. */
const KNOWN = new WeakMap<ICellAnalysis, Map<string, string>>();

/**
 * What Python reads of a cell: the source without comments, blank lines and the spaces
 * between its tokens. Where not all of it is whole Python, every character counts.
 */
export function essence(excerpt: IExcerpt): string {
  const { source, analysis, start = 0, end = source.length } = excerpt;
  if (analysis.incomplete || !isPythonCell(source)) {
    return source.slice(start, end);
  }
  const known = KNOWN.get(analysis) ?? new Map<string, string>();
  const place = `${start} ${end}`;
  const found = known.get(place) ?? read(source, start, end);
  KNOWN.set(analysis, known.set(place, found));
  return found;
}

function read(source: string, start: number, end: number): string {
  const tokens = tokenise(source);
  if (tokens.some(({ kind }) => kind === 'magic' || kind === 'error')) {
    return source.slice(start, end);
  }
  return tokens
    .filter(token => token.start >= start && token.end <= end)
    .map(({ kind, text }) => MARKS[kind] ?? text)
    .join('\u0000');
}
