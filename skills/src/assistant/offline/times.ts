/** How long cells took, and what they gave, from the notebook as it is. */
import { cellName } from './cells';
import { meantCells, termsOf } from './namedCells';
import type { IQuestion } from './question';
import { valuesNow } from './results';
import { wordsOf } from './wanted';

const ASKS =
  /\bhow (?:long|much time|fast|slow)\b.*\b(?:take|takes|took|taken|run|ran|was|were)\b/i;
/** Words of such a question that name no cell. */
const NO_NAMES = termsOf('how long much time fast slow did the cell run last');

/**
 * How long the cells took that a question names, else the selected one, with the outputs
 * that it names besides: Markdown. Null for other questions.
 */
export function explainTime(question: IQuestion): string | null {
  const { text, graph } = question;
  if (!ASKS.test(text)) {
    return null;
  }
  const meant = meantCells(question, NO_NAMES);
  if (meant.by === 'unknown') {
    return meant.sentence;
  }
  const cells = 'cells' in meant ? meant.cells : [];
  const words = wordsOf(text).filter(word => !NO_NAMES.has(word));
  const lines = cells
    .filter(({ type }) => type === 'code')
    .map(cell => {
      const { took, state = '', id } = cell;
      const how = /^cached\b/.test(state) ? ', answered from the cache' : '';
      const time =
        took === undefined
          ? 'has no time: it has not run to its end since the notebook was opened'
          : `took ${took} when it last ran${how}`;
      const values = outputsAsked(id, words, question);
      return [`The cell ${cellName(graph, id)} ${time}.`, ...values].join(' ');
    });
  return lines.length === 0 ? null : lines.join('\n\n');
}

/** The values of one cell's outputs that a question names. */
function outputsAsked(
  id: string,
  words: readonly string[],
  { graph, variables, find }: IQuestion
): readonly string[] {
  const cells = graph.cells.filter(cell => cell.id === id);
  const ids = cells.flatMap(({ calls }) => calls.map(call => call.skill));
  return [...new Set(ids.map(find))].flatMap(skill =>
    skill?.kind === 'executable'
      ? skill.outputs
          .filter(({ name }) => wordsOf(name).every(word => words.includes(word)))
          .flatMap(output => valuesNow({ skill, output }, cells, variables))
      : []
  );
}
