/** Questions about an error: the exception of a cell, or a value that is called so. */
import type { IContextCell } from '../context';
import { cellName } from './cells';
import { lacksRun } from './definer';
import { explainError } from './errors';
import { fixedSource } from './fixes';
import { meantCells, termsOf } from './namedCells';
import type { IOffer, IQuestion, ITold } from './question';
import { errorValues, explainResult } from './results';
import { variableText } from './values';
import { says } from './wanted';

const ABOUT_ERROR =
  /\b(?:this|the|that|last|my)\b.*\b(?:error|exception|traceback)\b|\bwhy\b.*\bfail|\bfix (?:this|it|the)\b|\bwhat went wrong\b/i;
/** Where an exception is, at the end of what is said of it. */
const PLACE =
  '(?:here|now|(?:in|from|on|at|with) (?:(?:this|the|my) )?(?:(?:code|selected) )?(?:cell|notebook|line|code)(?: \\d+)?)';
/**
 * Asks for an exception: "Why do I get an error?", "Is there an error?", "What is wrong?" A
 * noun after it, as in "an error bar", makes it something to draw or to compute.
 */
const ANY_ERROR = new RegExp(
  [
    '(?:\\b(?:why|fix|mend|solve|help)\\b|^(?!.*\\b(?:how|can)\\b).*\\b(?:gets?|got|gives?|gave|throws?|raises?)\\b)' +
      `.*\\ban (?:error|exception)(?: message)?(?=\\W*$|[,.;:!]| (?:there|again|when|whenever|if|after|and|but|${PLACE})\\b)`,
    `^\\W*(?:(?:is|are) there|do i have|any)(?: an| any)? (?:error|exception)s?(?: ${PLACE})?\\W*$`,
    `^\\W*what(?:'s| is) (?:wrong|the problem)(?: ${PLACE})?\\W*$`
  ].join('|'),
  'i'
);
/** Without one of these, or alone, "the error" is something to draw or to compute. */
const ASKS_WHY =
  /\b(?:what|why|explain|mean|fix|mend|solve|help|wrong|happen)\b|^\W*(?:show (?:me )?)?(?:(?:this|the|that|last|my) )+(?:error|exception|traceback)\b/i;
/** Of the notebook, whatever else the error is of. */
const OURS = /\b(?:cell|notebook)\b/i;
/** Says what has the error. */
const ERROR_OF = /\b(?:error|exception|traceback) (?:of|between|on)\b/i;
/** An error pasted into the question. */
const PASTED = /\b\w*(?:Error|Exception|Interrupt): .+/;
/** No value is called so. */
const EXCEPTION =
  /\b(?:this|that|last) error\b|\b(?:exception|traceback|fix|happen|fail)/i;
/** Words of such a question that name no cell. */
const ERROR_WORDS = termsOf(
  'what why how does did do is in of the this that last my an error exception traceback mean fix mend solve help explain fail failed happen went wrong cell show'
);

/** What a question about an error finds. */
export type ErrorAsked =
  | ({
      readonly kind: 'exception';
      readonly offer: IOffer;
    } & ITold)
  | ({ readonly kind: 'value' } & ITold)
  /** Neither; without a sentence where no notebook is open. */
  | { readonly kind: 'none'; readonly markdown: string | null };

/**
 * What a question about an error means, by what there is: an exception that is pasted, or
 * that a cell shows, else an output called "error"; null for other questions. Where there
 * are both, or where the question says of what, the output is meant only if it is named
 * with its variable.
 */
export function errorAsked(question: IQuestion): ErrorAsked | null {
  const { text, cells, selected, hasNotebook } = question;
  const pasted = PASTED.exec(text)?.[0];
  if (pasted !== undefined) {
    const markdown = explainError(pasted, question);
    return { kind: 'exception', markdown, cells: [], offer: {} };
  }
  const isSaid =
    errorValues(question).said.length > 0 && /\bexplain\b|\bwhy\b/i.test(text);
  const typed = ASKS_WHY.test(text) ? cells.filter(each => saysType(text, each)) : [];
  const isAny = typed.length > 0 || ANY_ERROR.test(text);
  if (!isSaid && !isAny && !(ABOUT_ERROR.test(text) && ASKS_WHY.test(text))) {
    return null;
  }
  const isOf = ERROR_OF.test(text);
  const meant =
    isOf || /\bcell\b/i.test(text) ? meantCells(question, ERROR_WORDS) : null;
  if (isOf && !isSaid && !isAny && meant?.by === 'nothing' && !OURS.test(text)) {
    // Of something that the notebook does not have.
    return null;
  }
  if (meant?.by === 'unknown') {
    return { kind: 'none', markdown: meant.sentence };
  }
  const named = meant?.by === 'name' ? meant.cells : [];
  const [among = cells] = [named, typed].filter(({ length }) => length > 0);
  const failed = among.filter(({ error }) => error !== undefined);
  const isSelected = selected !== undefined && failed.includes(selected);
  const cell = isSelected ? selected : failed.at(-1);
  const value =
    isAny || EXCEPTION.test(text)
      ? null
      : errorValue(question, cell !== undefined || isOf);
  if (value) {
    return { kind: 'value', ...value };
  }
  if (cell) {
    return exceptionOf(cell, question);
  }
  if (named.length > 0) {
    return { kind: 'none', markdown: noErrorText(named, question) };
  }
  return !isAny &&
    /\bfix\b/i.test(text) &&
    !/\bfix (?:it|this|the (?:error|cell))\W*$/i.test(text)
    ? null
    : {
        kind: 'none',
        markdown: hasNotebook ? 'No cell of this notebook shows an error now.' : null
      };
}

/** Whether a text names the exception of a cell by its type, as "NameError". */
function saysType(text: string, { error = '' }: IContextCell): boolean {
  const type = /^\w+(?:Error|Exception|Interrupt)\b/.exec(error)?.[0];
  return type !== undefined && says(text, type);
}

/** What an output or a variable called "error" is. */
function errorValue(question: IQuestion, isNamed: boolean): ITold | null {
  const { said, all } = errorValues(question);
  const [about] = isNamed ? said : [...said, ...all];
  if (about) {
    const { cells } = question;
    return {
      markdown: explainResult(about, question),
      cells: cells.filter(({ id }) => id === about.cell.id)
    };
  }
  return isNamed ? null : variableText('error', question);
}

/** What the exception of a cell means, and what can be done about it. */
function exceptionOf(cell: IContextCell, question: IQuestion): ErrorAsked {
  const { id, error = '' } = cell;
  return {
    ...{ kind: 'exception', cells: [cell] },
    markdown: explainError(error, { ...question, cell: id }),
    offer: {
      ...(fixedSource(cell, question) === null ? {} : { fix: id }),
      ...(lacksRun(cell, question) ? { run: id } : {})
    }
  };
}

/** That the cells which a question names show none, and which one does. */
function noErrorText(
  named: readonly IContextCell[],
  { graph, cells }: IQuestion
): string {
  const none = named.map(({ id }) => `The cell ${cellName(graph, id)} shows no error.`);
  const other = cells.filter(({ error }) => error !== undefined).pop();
  return [
    ...none,
    ...(other
      ? [`The cell ${cellName(graph, other.id)} does: \`${other.error ?? ''}\``]
      : [])
  ].join(' ');
}
