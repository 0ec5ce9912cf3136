import type { ISkill } from '../../skill/skill';
import type { INotebookFacts } from '../context';
import { describeCells } from './aboutCells';
import { explainNotebook } from './aboutNotebook';
import { alreadyThere } from './alreadyThere';
import { explainCutoff } from './cutoff';
import { errorAsked, type ErrorAsked } from './errorAsked';
import { explainExtreme } from './extremes';
import { explainFile } from './files';
import { explainFlow } from './flow';
import { aboutLibrary, howTo } from './howTo';
import { explainPlots, explainResults } from './myResults';
import { handOver } from './namedValues';
import { noSkill, offerSkills, type IOffered } from './offerSkills';
import { explainInput, portsAsked, portsText } from './ports';
import { readQuestion, type IOffer, type IQuestion, type ITold } from './question';
import { explainResult, resultAsked, type IAboutResult } from './results';
import { knownIn } from './runnable';
import { explainStates, tellStates } from './states';
import { termText } from './terms';
import { asksTime, explainTime } from './times';
import { explainSetting, explainSweep } from './useInput';
import { explainAccuracy, explainValue } from './values';

/** An answer from the library alone. */
export interface IOfflineAnswer extends IOffered, IOffer {
  /** Variables that it tells of: with what the kernel says of them it is the whole answer. */
  readonly variables: readonly string[];
}

type Answer = Omit<IOfflineAnswer, 'variables'>;

/** What an answer is made from. */
export interface IOfflineInput {
  readonly question: string;
  readonly skills: readonly ISkill[];
  /** Skills offered at most. */
  readonly maxSkills: number;
  readonly notebook?: INotebookFacts;
}

const ABOUT_CELL =
  /\b(?:what (?:does|is)|explain|describe)\b.*\b(?:this|the|selected)\b.*\bcell\b|\b(?:explain|describe) (?:this|(?:code )?cell)\b|\bwhat (?:does|is|is in) (?:code )?cell\b|\bwhat does (?:this|it) do\b/i;
const LISTS_STATES =
  /\b(?:which|what(?:'s| is| are)?|are|is|any|list|all|cells)\b.*\b(?:stale|blocked|out of date|not up to date)\b|^\W*(?:stale|blocked|failed|cancelled) cells?\b/i;
/** The same in plain words, with no word more. */
const ASKS_STATES =
  /^\W*(?:(?:what|which cells?)(?: has| have)? failed|did any(?:thing| cells?) fail|(?:has|have) any(?:thing| cells?) failed|(?:what|which cells?) (?:has|have|did) (?:not|never) (?:been )?run(?: yet| so far)?|which cells? (?:has|have|did)n['’]t (?:been )?run(?: yet| so far)?|(?:is|are) (?:everything|(?:all )?(?:(?:this|the|my) )?(?:cells?|notebook|results?)) (?:still )?up to date)\W*$/i;
const ABOUT_STATE =
  /\bwhy\b.*\b(?:stale|blocked|waiting|out of date|not run|grey|cancelled|cached)\b/i;
/** Says that it is about a cell, wherever that is. */
const OF_A_CELL =
  /\bcell\s*(?:number|no\.?|#)?\s*\[?\d+\b|\b(?:this|selected) cell\b|\bthe cell (?:\w+ly )?(?:take|run)\b/i;
/** "Plot the result": a skill that has "results" to do with files is not meant. */
const PLOTS_RESULT =
  /\b(plot|draw|chart|graph|visuali[sz]e) (?:all )?(?:(?:the|its|my|their|these) )?(?:results?|outputs?)(?=\W*$|[,.;]| (?:as|and|then|plus)\b)/gi;

/** What tells of the notebook where a question can mean nothing else. */
const OF_NOTEBOOK = [
  explainNotebook,
  explainResults,
  explainFile,
  explainSweep,
  explainSetting,
  explainFlow
] as const;

const VALUES = [explainCutoff, explainValue, explainExtreme] as const;

const NO_NOTEBOOK = 'No notebook is open: open one, then ask again.';

/**
 * Answers without a model: about the selected cell, states, times, an output, an error, else
 * with the skills for the question, explained from their own text.
 */
export function answerOffline(input: IOfflineInput): IOfflineAnswer {
  const { question: text, notebook, skills } = input;
  const question = readQuestion(text, skills, notebook);
  const term = termText(question);
  const found = term === null ? answerTo(question, input) : noSkill(term);
  return { ...found, variables: [...question.looked] };
}

function answerTo(question: IQuestion, input: IOfflineInput): Answer {
  const { text, hasNotebook } = question;
  const { skills } = input;
  const listsStates = LISTS_STATES.test(text) || ASKS_STATES.test(text);
  const isAboutState = ABOUT_STATE.test(text) || listsStates;
  const isAboutCell = OF_A_CELL.test(text) && (asksTime(text) || ABOUT_CELL.test(text));
  if (!hasNotebook && (isAboutState || isAboutCell)) {
    return noSkill(NO_NOTEBOOK);
  }
  if (ABOUT_STATE.test(text)) {
    return plain(explainStates(question), question);
  }
  if (listsStates) {
    return plain(tellStates(question), question);
  }
  const time = explainTime(question);
  if (time !== null) {
    return noSkill(time);
  }
  const whole = firstTold(OF_NOTEBOOK, question);
  if (whole) {
    return plain(whole, question);
  }
  const told = aboutLibrary(text, skills) ?? howTo(text);
  if (told !== null) {
    return noSkill(told);
  }
  const value = firstTold(VALUES, question);
  if (value) {
    return plain(value, question);
  }
  const about = resultAsked(skills, question);
  if (about) {
    return plainResult(about, question);
  }
  const meaning = explainAccuracy(question) ?? explainInput(question);
  if (meaning) {
    return plain(meaning, question);
  }
  const error = errorAsked(question);
  if (error) {
    return plainError(error, question);
  }
  const meant = aboutSkills(skills, question);
  if (meant) {
    return meant;
  }
  if (hasNotebook && ABOUT_CELL.test(text)) {
    return plain(describeCells(question), question);
  }
  const offered = offerSkills({
    ...{ ...input, question: text.replace(PLOTS_RESULT, '$1') },
    isKnown: knownIn(question)
  });
  const there = alreadyThere(offered.workflow ?? [], question);
  return there ? plain(there, question) : offered;
}

function firstTold(
  ways: readonly ((question: IQuestion) => ITold | null)[],
  question: IQuestion
): ITold | null {
  for (const way of ways) {
    const told = way(question);
    if (told) {
      return told;
    }
  }
  return null;
}

/** What the ports of a skill are, or which skills draw or save values of the notebook. */
function aboutSkills(skills: readonly ISkill[], question: IQuestion): Answer | null {
  const ports = portsAsked(skills, question.text);
  if (ports) {
    return { markdown: portsText(ports), skills: [ports.skill.id], workflow: null };
  }
  const named = handOver(skills, question);
  if (named) {
    return named;
  }
  const plots = explainPlots(skills, question);
  return plots && { ...plots, workflow: null };
}

function plainError(error: ErrorAsked, question: IQuestion): Answer {
  switch (error.kind) {
    case 'exception':
      return { ...plain(error, question), ...error.offer };
    case 'value':
      return plain(error, question);
    case 'none':
      return { markdown: error.markdown ?? NO_NOTEBOOK, skills: [], workflow: null };
  }
}

function plainResult(about: IAboutResult, question: IQuestion): Answer {
  const markdown = explainResult(about, question);
  return { markdown, skills: [about.skill.id], workflow: null };
}

/** An answer about cells; the skills that they call stand as chips beside it. */
function plain({ markdown, cells }: ITold, { graph, find }: IQuestion): Answer {
  const calls = graph.cells
    .filter(({ id }) => cells.some(cell => cell.id === id))
    .flatMap(each => each.calls);
  const ids = calls.flatMap(({ skill }) => find(skill)?.id ?? []);
  return { markdown, skills: [...new Set(ids)], workflow: null };
}
