/** What cells do that a question is about. */
import { cellName, describeCell } from './cells';
import { meantCells, termsOf } from './namedCells';
import type { IContextCell } from '../context';
import type { IQuestion, ITold } from './question';

/** Words of such a question that name no cell. */
const EXPLAIN_WORDS = termsOf(
  'what does do is in explain describe this the selected code cell'
);

/** The cells that a question names, else the selected one, and what they do: Markdown. */
export function describeCells(question: IQuestion): ITold {
  const { graph, selected } = question;
  const meant = meantCells(question, EXPLAIN_WORDS);
  switch (meant.by) {
    case 'unknown':
      return { markdown: meant.sentence, cells: [] };
    case 'name': {
      const texts = meant.cells.map(
        cell =>
          `The cell ${cellName(graph, cell.id)}${placeOf(cell, question)}:\n\n${describeCell(cell, question)}`
      );
      return { markdown: texts.join('\n\n'), cells: meant.cells };
    }
    case 'this':
    case 'nothing':
      return selected
        ? { markdown: describeCell(selected, question), cells: [selected] }
        : { markdown: 'Select a cell first, then ask again.', cells: [] };
  }
}

/** Where a cell stands, for a question that numbers it: people count in both ways. */
function placeOf({ id, count }: IContextCell, { text, graph }: IQuestion): string {
  if (!/\d/.test(text)) {
    return '';
  }
  const place = graph.cells.findIndex(cell => cell.id === id) + 1;
  const shown = count === undefined ? '' : `, which shows [${count}]`;
  return ` (code cell ${place} from the top${shown})`;
}
