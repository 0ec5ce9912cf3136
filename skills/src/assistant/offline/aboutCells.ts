/** What cells do that a question is about. */
import type { IContextCell, INotebookFacts } from '../context';
import { cellName, describeCell, graphOfCells, type FindSkill } from './cells';
import { isNumbered, namedCells, termsOf } from './namedCells';

/** Words of such a question that name no cell. */
const NO_NAMES = termsOf('what does do is in explain describe this the selected cell');

/** The cells that a question names, else the selected one, and what they do: Markdown. */
export function describeCells(
  question: string,
  { cells, selected = '' }: Pick<INotebookFacts, 'cells' | 'selected'>,
  find: FindSkill
): { readonly markdown: string; readonly cells: readonly IContextCell[] } {
  const isNumber = isNumbered(question);
  const isThis = !isNumber && /\b(?:this|selected|it)\b/i.test(question);
  const ids = isThis
    ? []
    : namedCells(question, { cells, find, others: NO_NAMES }).map(({ id }) => id);
  if (ids.length > 0) {
    const graph = graphOfCells(cells);
    const texts = ids.map(
      id => `The cell ${cellName(graph, id)}:\n\n${describeCell(cells, id, find)}`
    );
    const named = cells.filter(({ id }) => ids.includes(id));
    return { markdown: texts.join('\n\n'), cells: named };
  }
  return isNumber
    ? { markdown: 'This notebook has no code cell of that number.', cells: [] }
    : {
        markdown: describeCell(cells, selected, find),
        cells: cells.filter(({ id }) => id === selected)
      };
}
