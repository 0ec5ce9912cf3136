/** Why cells are stale, blocked or waiting. */
import type { IContextCell } from '../context';
import { cellName } from './cells';
import { meantCells, termsOf, type Meant } from './namedCells';
import type { IQuestion, ITold } from './question';

/** Words of such a question that name no cell. */
const STATE_WORDS = termsOf(
  'why which what list any all everything result cell selected still now stale blocked failed fail did has have waiting up out date not run grey cancelled cached'
);

/** States in which a result is missing or no longer fits. */
const NOT_CURRENT = /^(?:stale|blocked|failed|cancelled)\b/;
/** States of cells that have not run; without one it is not known to have. */
const NOT_RUN = /^(?:idle|waiting)?(?::|$)/;
/** States of cells that the last run left out or stopped; they may have run before. */
const NOT_ENDED = /^(?:blocked|cancelled)\b/;
/** Asks for all that Run stale would run. */
const ASKS_CURRENT = /\bstale\b|\bdate\b/i;
const ASKS_UNRUN = /\b(?:not|never|\w+n['’]t)\b.*\brun\b/i;

/** Why the cells that a question means are as they are, else the selected one: Markdown. */
export function explainStates(question: IQuestion): ITold {
  return explainMeant(meantCells(question, STATE_WORDS), question);
}

/** How the cells are that a question means, else all that are not up to date: Markdown. */
export function tellStates(question: IQuestion): ITold {
  if (ASKS_UNRUN.test(question.text)) {
    return tellUnrun(question);
  }
  const meant = meantCells(question, STATE_WORDS);
  if (meant.by !== 'nothing') {
    return explainMeant(meant, question);
  }
  const unrun = ASKS_CURRENT.test(question.text) ? unrunIn(question) : [];
  return {
    markdown: `${noneFailed(question)}${listStates(question, unrun)}`,
    cells: [...question.cells.filter(isNotCurrent), ...unrun]
  };
}

/** That none failed, where only that is asked and others are not up to date. */
function noneFailed({ text, cells }: IQuestion): string {
  const isAsked = /\bfail/i.test(text) && cells.some(isNotCurrent);
  const hasFailed = cells.some(({ state }) => state?.startsWith('failed') === true);
  return isAsked && !hasFailed ? 'No cell failed. ' : '';
}

/** The cells with code that nothing has run since the notebook was opened. */
function unrunIn({ cells }: IQuestion): readonly IContextCell[] {
  return cells.filter(
    ({ type, source, state = '' }) =>
      type === 'code' && source.trim() !== '' && NOT_RUN.test(state)
  );
}

/** Those that nothing has run, and those that the last run did not finish. */
function tellUnrun(question: IQuestion): ITold {
  const { cells, graph } = question;
  const unrun = unrunIn(question);
  const unended = cells.filter(
    ({ type, source, state = '' }) =>
      type === 'code' && source.trim() !== '' && NOT_ENDED.test(state)
  );
  const lists = [
    ...unrunList(unrun, graph),
    ...listOf(
      'The last run did not finish these cells',
      unended.map(cell => stateLine(cell, graph))
    )
  ];
  const markdown =
    lists.length === 0
      ? 'Every cell with code has run, or runs now.'
      : `${lists.join('\n\n')}\n\n*Run all by the graph* in *Run ▾* runs the notebook; Shift+Enter runs the selected cell.`;
  return { markdown, cells: [...unrun, ...unended] };
}

function unrunList(
  unrun: readonly IContextCell[],
  graph: IQuestion['graph']
): readonly string[] {
  const lines = unrun.map(({ id }) => `- ${cellName(graph, id)}`);
  return listOf('These cells have not run yet', lines);
}

function listOf(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`${title}:\n\n${lines.join('\n')}`];
}

/** A cell with its state and why it has it. */
function stateLine(
  { id, state = '' }: IContextCell,
  graph: IQuestion['graph']
): string {
  const [status = '', ...reason] = state.split(': ');
  const why = reason.length > 0 ? `: ${reason.join(': ')}` : '';
  return `- ${cellName(graph, id)} is **${status}**${why}`;
}

function explainMeant(meant: Meant, question: IQuestion): ITold {
  const { graph, selected: cell } = question;
  if (meant.by === 'unknown') {
    return { markdown: meant.sentence, cells: [] };
  }
  if (meant.by === 'name') {
    const texts = meant.cells.map(each =>
      explainState(each, `The cell ${cellName(graph, each.id)}`)
    );
    return { markdown: texts.join('\n\n'), cells: meant.cells };
  }
  if (!cell) {
    const others = listStates(question);
    const markdown = `Select a cell and ask again to learn more of it. ${others}`;
    return { markdown, cells: [] };
  }
  const name = cell.source.trim() === '' ? '' : `, ${cellName(graph, cell.id)},`;
  const markdown =
    cell.type === 'code'
      ? explainState(cell, `The selected cell${name}`)
      : `The selected cell is **text**: it computes nothing, so it is never stale. ${listStates(question)}`;
  return { markdown, cells: [cell] };
}

function isNotCurrent({ type, state = '' }: IContextCell): boolean {
  return type === 'code' && NOT_CURRENT.test(state);
}

/** The cells whose results do not fit, and why, then those that have none: Markdown. */
function listStates(
  { cells, graph }: IQuestion,
  unrun: readonly IContextCell[] = []
): string {
  const lines = cells.filter(isNotCurrent).map(cell => stateLine(cell, graph));
  const none = 'No code cell of this notebook is stale, blocked or failed now.';
  const lists = [
    ...(lines.length === 0 ? [none] : listOf('These cells are not up to date', lines)),
    ...unrunList(unrun, graph)
  ];
  const runs = unrun.length > 0 ? 'what is stale or has not run' : 'what is stale';
  return [
    ...lists,
    ...(lists[0] === none && unrun.length === 0
      ? []
      : [
          `*Run stale* (◐ in the toolbar) runs ${runs} and what it needs, nothing else.`
        ])
  ].join('\n\n');
}

/** Why a code cell is as it is, and what helps: Markdown that begins with `it`. */
function explainState({ state = '', error }: IContextCell, it: string): string {
  const [status = '', ...reason] = state.split(': ');
  const because = reason.join(': ');
  const why = because === '' ? '' : ` ${because}`;
  switch (status) {
    case 'stale':
      return `${it} is **stale**: its result no longer fits.${why} *Run stale* (◐ in the toolbar) runs it and what it needs, nothing else.`;
    case 'blocked':
      return `${it} is **blocked**: it did not run because something that it needs failed.${why} Mend that cell, then *Run stale*.`;
    case 'failed':
      return `${it} **failed**.${error === undefined ? why : `\n\n${error}`}`;
    case 'waiting':
      return `${it} is **waiting** for what it needs.${why}`;
    case 'running':
      return `${it} is **running**.`;
    case 'cancelled':
      return `${it} was **cancelled** before it ended.${why} *Run stale* runs it again.`;
    case 'done':
      return `${it} is up to date: nothing that it needs has changed since it ran.`;
    case 'cached':
      return `${it} is up to date. Its result came from the cache: the same skill ran with the same inputs before.`;
    default:
      return `${it} has not run yet. *Run all by the graph* in *Run ▾* runs the notebook; Shift+Enter runs the selected cell.`;
  }
}
