/** The notebook as a whole: what it does, how long it took, which variables it has. */
import { listOf } from '../../skill/suggest';
import { definesByImport } from '../../workflow/analyse';
import type { IGraphCell } from '../../workflow/graph';
import { cellName, placeOf } from './cells';
import { whyUnknown, type IQuestion, type ITold } from './question';

const WHAT =
  /^\W*(?:(?:can|could) you |please )?(?:what(?:'s| is| does)(?: in)? (?:this|the|my) (?:whole )?notebook(?: do| about| for)?|(?:explain|describe|summari[sz]e|outline) (?:me )?(?:this|the|my) (?:whole )?notebook(?:\W+(?:to me|briefly|please))*)\W*$/i;
const COUNTS =
  /^\W*how many (?:code |text )?cells (?:are (?:there|in (?:this|the|my) notebook)|(?:does|do|has|have) (?:this|the|my|i|we) ?(?:notebook)?(?: have)?)(?: (?:in (?:this|the|my) notebook|here|now))?\W*$/i;
const RANKED =
  /^\W*(?:which|what) cells? (?:(?:is|are|was|were|took|takes?|ran|runs?|has|had|needed|the) )+(longest|most time|slow(?:est)?|fast(?:est)?)(?: one| to run| here)?\W*$/i;
const EACH =
  /^\W*how long (?:did|does|do) (?:each cell|(?:this|the|my) (?:whole )?notebook|everything|(?:all )?(?:the )?cells) (?:take|run)\b/i;
const VARIABLES =
  /^\W*(?:(?:what|which) variables (?:(?:are|exist|do|does|have|has|i|we|there|defined|set|in|this|the|my|notebook|here|now)\b\s*)+|(?:what are(?: all)? (?:the|my)|(?:list|show(?: me)?)(?: all)?(?: (?:the|my))?) variables(?: (?:of|in) (?:this|the|my) notebook| here)?)\W*$/i;
/** Steps listed at most. */
const MOST = 20;

/** What a question wants to know of the notebook as a whole; null for other questions. */
export function explainNotebook(question: IQuestion): ITold | null {
  const { text, hasNotebook } = question;
  if (!hasNotebook) {
    return null;
  }
  if (WHAT.test(text)) {
    return { markdown: stepsText(question), cells: [] };
  }
  if (COUNTS.test(text)) {
    return { markdown: countText(question), cells: [] };
  }
  const rank = RANKED.exec(text)?.[1];
  if (rank !== undefined || EACH.test(text)) {
    return { markdown: timesText(question, rank), cells: [] };
  }
  return VARIABLES.test(text) ? { markdown: variablesText(question), cells: [] } : null;
}

function countText({ cells, graph }: IQuestion): string {
  const code = graph.cells.length;
  const all = cells.length === 1 ? '1 cell' : `${cells.length} cells`;
  return `This notebook has ${all}: ${code} with code, ${cells.length - code} with text.`;
}

/** Its title, and what each cell with code calls or defines. */
function stepsText({ cells, graph, find }: IQuestion): string {
  const heading = cells
    .filter(({ type }) => type === 'markdown')
    .flatMap(({ source }) => /^#+\s+(.+)$/m.exec(source)?.[1] ?? [])[0];
  const steps = graph.cells.filter(({ source }) => source.trim() !== '');
  const lines = steps.map(({ id, calls, analysis }, index) => {
    const skills = [...new Set(calls.map(({ skill }) => find(skill)?.name ?? skill))];
    const what =
      skills.length > 0
        ? `calls ${skills.map(name => `**${name}**`).join(', ')}`
        : analysis.defines.length > 0
          ? `defines ${analysis.defines.map(name => `\`${name}\``).join(', ')}`
          : 'is plain Python';
    return `${index + 1}. ${cellName(graph, id)} ${what}`;
  });
  const more = lines.length - MOST;
  return [
    heading === undefined ? '' : `**${heading}**`,
    lines.length === 0
      ? 'It has no code yet.'
      : `Its cells with code, from top to bottom:\n\n${lines.slice(0, MOST).join('\n')}`,
    more > 0 ? `And ${more} more.` : '',
    lines.length === 0
      ? ''
      : 'Ask *What does the first cell do?* for one of them; the graph shows how their values flow.'
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

/** How long the cells took; where a rank is asked for, by that, and which is the first. */
function timesText({ cells, graph }: IQuestion, rank?: string): string {
  const isFast = rank?.startsWith('fast') === true;
  const timed = cells.flatMap(({ id, took }) => (took ? [{ id, took }] : []));
  if (rank !== undefined) {
    const sign = isFast ? 1 : -1;
    timed.sort((a, b) => sign * (a.took.ms - b.took.ms));
  }
  const lines = timed.map(({ id, took }) => `${cellName(graph, id)}: ${took.text}`);
  const [first] = lines;
  if (first === undefined) {
    return 'No cell has run to its end since the notebook was opened.';
  }
  const most = isFast ? 'fastest' : 'slowest';
  return [
    ...(rank === undefined ? [] : [`The ${most} cell was ${first}.`]),
    `How long the cells took when they last ran:\n\n${lines.map(line => `- ${line}`).join('\n')}`
  ].join('\n\n');
}

function variablesText(question: IQuestion): string {
  const names = [...new Set(question.graph.cells.flatMap(variablesOf))];
  if (names.length === 0) {
    return 'No cell of this notebook defines a variable.';
  }
  const lines = names
    .map(name => [name, question.variable(name)] as const)
    .filter(([name]) => !question.unasked.includes(name))
    .map(([name, line]) => {
      const type = line?.split(/ = | \{/)[0];
      return `- \`${name}\`: ${type ?? `not known: ${whyUnknown(name, question)}`}`;
    });
  const more = names
    .filter(name => question.unasked.includes(name))
    .map(name => `\`${name}\``);
  return [
    `The variables of this notebook, by the cells that set them:\n\n${lines.join('\n')}`,
    ...(more.length > 0
      ? [
          `The kernel was not asked for ${listOf(more, 'and')}, for they are many. Ask for one by its name.`
        ]
      : [])
  ].join('\n\n');
}

/** What a cell defines that is a value, no module, function or class, as it stands there. */
export function variablesOf({ analysis, source }: IGraphCell): readonly string[] {
  return analysis.defines
    .filter(
      name => !definesByImport(analysis, name) && !analysis.definitions.includes(name)
    )
    .sort((a, b) => placeOf(a, source) - placeOf(b, source));
}
