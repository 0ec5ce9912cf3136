/** The notebook as a whole: what it does, how long it took, which variables it has. */
import { cellName } from './cells';
import type { IQuestion, ITold } from './question';

const WHAT =
  /\bwhat(?:'s| is| does)(?: in)? (?:this|the|my) (?:whole )?notebook\b(?! cra)(?:\s+(?:do|about|for))?\W*$|\b(?:explain|describe|summari[sz]e|outline)\b (?:me )?(?:this|the|my) (?:whole )?notebook\b/i;
const TIMES =
  /\b(?:which|what) cells?\b.*\b(?:longest|slow(?:est)?|most time|fast(?:est)?)\b|\bhow long\b.*\b(?:each cell|notebook|everything|all cells)\b/i;
const VARIABLES =
  /\b(?:which|what|list|show)\b.*\bvariables\b(?:\s+(?:are|exist|do|have|i|we|there|defined|in|this|the|notebook|here|now))*\W*$/i;
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
  if (TIMES.test(text)) {
    return { markdown: timesText(question), cells: [] };
  }
  return VARIABLES.test(text) ? { markdown: variablesText(question), cells: [] } : null;
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

function timesText({ cells, graph }: IQuestion): string {
  const lines = cells.flatMap(({ id, took }) =>
    took === undefined ? [] : `- ${cellName(graph, id)}: ${took}`
  );
  return lines.length === 0
    ? 'No cell has run to its end since the notebook was opened.'
    : `How long the cells took when they last ran:\n\n${lines.join('\n')}`;
}

function variablesText({ variables, graph }: IQuestion): string {
  const names = [
    ...new Set(
      graph.cells.flatMap(({ analysis }) =>
        analysis.defines.filter(
          name => !analysis.imports.some(each => each.name === name)
        )
      )
    )
  ];
  if (names.length === 0) {
    return 'No cell of this notebook defines a variable.';
  }
  const lines = names.map(name => {
    const line = variables.find(each => each.startsWith(`${name}: `));
    const type = line?.slice(name.length + 2).split(/ = | \{/)[0];
    return `- \`${name}\`: ${type ?? 'not there: its cell has not run in this kernel, or the kernel is busy'}`;
  });
  return `The variables of this notebook, by the cells that set them:\n\n${lines.join('\n')}`;
}
