/** How long cells took, and what they gave, from the notebook as it is. */
import type { IContextCell } from '../context';
import { cellName } from './cells';
import { meantCells, termsOf } from './namedCells';
import type { IQuestion } from './question';
import { valuesNow } from './results';
import { hasWords, wordsOf } from './wanted';

const ASKS =
  /\bhow (?:long|much time|fast|slow)\b.*\b(?:take|takes|took|taken|run|ran|was|were)\b/i;
/** The one that is selected: no word between tells of another. */
const THE_CELL = /\bthe cell (?:\w+ly )?(?:take|run)\b/i;
/** Words of such a question that name no cell. */
const TIME_WORDS = termsOf('how long much time fast slow did the cell run last');

/** Whether a question is about how long something took. */
export function asksTime(text: string): boolean {
  return ASKS.test(text);
}

/**
 * How long the cells took that a question names, else the selected one, with the outputs
 * that it names besides: Markdown. Null for other questions.
 */
export function explainTime(question: IQuestion): string | null {
  const { text, selected } = question;
  if (!asksTime(text)) {
    return null;
  }
  const meant = meantCells(question, TIME_WORDS);
  switch (meant.by) {
    case 'unknown':
      return meant.sentence;
    case 'name':
    case 'this':
      return timesOf(meant.cells, question);
    case 'nothing':
      return selected && THE_CELL.test(text) ? timesOf([selected], question) : null;
  }
}

/** Null where none of these has code. */
function timesOf(cells: readonly IContextCell[], question: IQuestion): string | null {
  const { text, graph } = question;
  const words = wordsOf(text).filter(word => !TIME_WORDS.has(word));
  const lines = cells
    .filter(({ type }) => type === 'code')
    .map(cell => {
      const values = outputsAsked(cell.id, words, question);
      return [`The cell ${cellName(graph, cell.id)} ${timeOf(cell)}.`, ...values].join(
        ' '
      );
    });
  return lines.length === 0 ? null : lines.join('\n\n');
}

function timeOf({ took, state = '' }: IContextCell): string {
  if (took === undefined) {
    return 'has no time: it has not run to its end since the notebook was opened';
  }
  return /^cached\b/.test(state)
    ? `got its result from the cache when it last ran, in ${took.text}: nothing was computed anew`
    : `took ${took.text} when it last ran`;
}

/** The values of one cell's outputs that a question names. */
function outputsAsked(
  id: string,
  words: readonly string[],
  question: IQuestion
): readonly string[] {
  const { graph, find } = question;
  const cells = graph.cells.filter(cell => cell.id === id);
  const ids = cells.flatMap(({ calls }) => calls.map(call => call.skill));
  return [...new Set(ids.map(find))].flatMap(skill =>
    skill?.kind === 'executable'
      ? skill.outputs
          .filter(({ name }) => hasWords(words, name))
          .flatMap(output => valuesNow({ skill, output }, cells, question))
      : []
  );
}
