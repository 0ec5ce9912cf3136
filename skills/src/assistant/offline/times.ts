/** How long cells took, and what they gave, from the notebook as it is. */
import type { IGraphCell } from '../../workflow/graph';
import type { INotebookFacts } from '../context';
import { cellName, graphOfCells, type FindSkill } from './cells';
import { namedCells, termsOf } from './namedCells';
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
export function explainTime(
  question: string,
  notebook: INotebookFacts,
  find: FindSkill
): string | null {
  if (!ASKS.test(question)) {
    return null;
  }
  const words = wordsOf(question).filter(word => !NO_NAMES.has(word));
  const graph = graphOfCells(notebook.cells);
  const { cells: within } = notebook;
  const named = namedCells(question, { cells: within, find, others: NO_NAMES });
  const isHere = /\b(?:this|selected|it)\b/i.test(question);
  const selected = graph.cells.filter(
    ({ id }) => isHere && named.length === 0 && id === notebook.selected
  );
  const cells = [...named, ...selected];
  if (cells.length === 0) {
    return null;
  }
  return cells
    .map(cell => {
      const { took, state } = notebook.cells.find(({ id }) => id === cell.id) ?? {};
      const how = /^cached\b/.test(state ?? '') ? ', answered from the cache' : '';
      const time =
        took === undefined
          ? 'has no time: it has not run to its end since the notebook was opened'
          : `took ${took} when it last ran${how}`;
      const values = outputsAsked(cell, words, notebook, find);
      return [`The cell ${cellName(graph, cell.id)} ${time}.`, ...values].join(' ');
    })
    .join('\n\n');
}

function outputsAsked(
  { calls }: IGraphCell,
  words: readonly string[],
  notebook: INotebookFacts,
  find: FindSkill
): readonly string[] {
  return calls.flatMap(call => {
    const skill = find(call.skill);
    const outputs = skill?.kind === 'executable' ? skill.outputs : [];
    return outputs
      .filter(({ name }) => wordsOf(name).every(word => words.includes(word)))
      .flatMap(output =>
        skill?.kind === 'executable' ? valuesNow(skill, output, notebook) : []
      );
  });
}
