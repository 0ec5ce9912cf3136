/** Which cells set a variable, and which use it. */
import { listOf } from '../../skill/suggest';
import { descendants, type IGraphCell } from '../../workflow/graph';
import { cellName, placeOf } from './cells';
import type { IQuestion, ITold } from './question';

const ASKS =
  /^\W*(?:where is|(?:what|which) (?:cells? )?(?:(uses?|needs?|depends? on|reads?)|sets?|defines?)) (?:the )?(?:variable )?`?([\p{L}_][\p{L}\p{N}_]*)`?(?: (?:defined|set|(used|needed|read)))?\W*$/iu;
/** Letters of a line that is shown, at most. */
const MOST = 60;

/** The cells that set and use the variable that a question names; null for others. */
export function explainFlow(question: IQuestion): ITold | null {
  const { graph, cells } = question;
  const [, uses, name = '', used] = ASKS.exec(question.text) ?? [];
  const setting = graph.cells.filter(({ analysis }) => analysis.defines.includes(name));
  if (setting.length === 0) {
    return null;
  }
  const ids = new Set(
    graph.edges.filter(each => each.name === name).map(({ to }) => to)
  );
  const using = graph.cells.filter(({ id }) => ids.has(id));
  const isUse = (uses ?? used) !== undefined;
  const answers = [
    usedText(name, using, question),
    ...(/depend/i.test(uses ?? '') ? furtherText(using, question) : []),
    setText(name, setting, question)
  ];
  const about = new Set((isUse ? using : setting).map(({ id }) => id));
  return {
    markdown: (isUse ? answers : answers.reverse()).join(' '),
    cells: cells.filter(({ id }) => about.has(id))
  };
}

function usedText(
  name: string,
  using: readonly IGraphCell[],
  { graph }: IQuestion
): string {
  const names = using.map(({ id }) => cellName(graph, id));
  switch (names.length) {
    case 0:
      return `No other cell uses \`${name}\`.`;
    case 1:
      return `The cell ${listOf(names, 'and')} uses \`${name}\`.`;
    default:
      return `The cells ${listOf(names, 'and')} use \`${name}\`.`;
  }
}

/** The cells that depend on these, near or far. */
function furtherText(
  using: readonly IGraphCell[],
  { graph }: IQuestion
): readonly string[] {
  const near = new Set(using.map(({ id }) => id));
  const far = new Set(
    [...near].flatMap(id => descendants(graph, id)).filter(id => !near.has(id))
  );
  const names = graph.cells.flatMap(({ id }) =>
    far.has(id) ? cellName(graph, id) : []
  );
  return names.length === 0
    ? []
    : [
        `By what they give, ${listOf(names, 'and')} ${names.length === 1 ? 'depends' : 'depend'} on it too.`
      ];
}

function setText(
  name: string,
  setting: readonly IGraphCell[],
  { graph }: IQuestion
): string {
  const places = setting.map(cell => {
    const number = graph.cells.indexOf(cell) + 1;
    return `code cell ${number} (\`${lineOf(name, cell)}\`)`;
  });
  return `\`${name}\` is set by ${listOf(places, 'and')}.`;
}

/** The first line of a cell that has the name. */
function lineOf(name: string, { source }: IGraphCell): string {
  const lines = source.split('\n').map(line => line.trim().replaceAll('`', "'"));
  const line = lines.find(each => placeOf(name, each) >= 0) ?? '';
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}
