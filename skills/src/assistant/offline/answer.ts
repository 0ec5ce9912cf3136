import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { rankForQuestion } from '../choose';
import type { INotebookFacts } from '../context';
import type { IPlanStep } from '../planSteps';
import { askedOf, type IAsked } from '../relevance';
import { connects } from '../../skill/connect';
import { targetName } from '../../skill/cell';
import { alreadyThere } from './alreadyThere';
import { chainSkills } from './chain';
import { describeCells } from './aboutCells';
import { explainCutoff } from './cutoff';
import { explainExtreme } from './extremes';
import { splitLibrary, type ICompoundSkill } from './compounds';
import { explainNotebook } from './aboutNotebook';
import { errorAsked, type ErrorAsked } from './errorAsked';
import { presets } from './examples';
import { explainFlow } from './flow';
import { explainFile } from './files';
import { givenBy, unusedIn, type IUnused } from './quantities';
import { aboutLibrary, asksHow, howTo, isCalled } from './howTo';
import { explainResult, resultAsked, type IAboutResult } from './results';
import { explainInput, portsAsked, portsText } from './ports';
import { explainPlots, explainResults } from './myResults';
import { readQuestion, type IOffer, type IQuestion, type ITold } from './question';
import { knownIn, type IsKnown } from './runnable';
import { explainStates, tellStates } from './states';
import { termText } from './terms';
import {
  atOnceText,
  callsText,
  choiceText,
  explainSkill,
  leftOutText,
  nothingText,
  UNKNOWN_HOW,
  unfitText,
  workflowText,
  type ILeftOut
} from './texts';
import { asksTime, explainTime } from './times';
import { explainSetting, explainSweep } from './useInput';
import { explainAccuracy, explainValue } from './values';
import { nearMatches, wantedSkills, type IWanted } from './wanted';

/** An answer from the library alone. */
export interface IOfflineAnswer extends IOffer {
  readonly markdown: string;
  /** Ids, best first: their chips open them and insert them. */
  readonly skills: readonly string[];
  /** The steps that do what was asked: skills that fit together by their ports, or one. */
  readonly workflow: readonly IPlanStep[] | null;
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
    return { markdown: NO_NOTEBOOK, skills: [], workflow: null };
  }
  if (ABOUT_STATE.test(text)) {
    return plain(explainStates(question), question);
  }
  if (listsStates) {
    return plain(tellStates(question), question);
  }
  const time = explainTime(question);
  if (time !== null) {
    return { markdown: time, skills: [], workflow: null };
  }
  const whole = firstTold(OF_NOTEBOOK, question);
  if (whole) {
    return plain(whole, question);
  }
  const told = aboutLibrary(text, skills) ?? howTo(text);
  if (told !== null) {
    return { markdown: told, skills: [], workflow: null };
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
  const offered = withSkills({
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

/** What the ports of a skill are, or which skills draw the values of the notebook. */
function aboutSkills(skills: readonly ISkill[], question: IQuestion): Answer | null {
  const ports = portsAsked(skills, question.text);
  if (ports) {
    return { markdown: portsText(ports), skills: [ports.skill.id], workflow: null };
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

/** The skills that answer the question, and the steps that do it; or that none does. */
function withSkills(input: IOfflineInput & { readonly isKnown: IsKnown }): Answer {
  const { question, skills, maxSkills, isKnown } = input;
  const { single, named: compounds, others } = splitLibrary(skills, question);
  const byId = new Map(skills.map(skill => [skill.id, skill]));
  const asked = askedOf(single, question);
  const named = namedSkills(wantedSkills(single, asked), compounds);
  const library = [...single, ...compounds.map(({ skill }) => skill)];
  const chain = chainSkills(library, [...named.skills, ...named.besides], question);
  const used = new Set(chain?.map(({ skill = '' }) => skill));
  // Of a "Bode plot" the word that plots have is the lesser one: without a chain, what the
  // other words name may answer as well.
  const meant = named.besides.filter(({ id }) =>
    chain ? used.has(id) : fits(id, asked)
  );
  const wanted = [...named.skills, ...meant];
  const most = Math.max(1, maxSkills);
  const near = nearMatches(rankForQuestion(single, question, most))
    .filter(({ id }) => wanted.some(each => each.id === id) || fits(id, asked))
    .flatMap(({ id }) => byId.get(id) ?? [])
    .filter(skill => !isUnfed(skill, wanted));
  const first = firstOf(near, wanted, question);
  const able = first ? [...near, ...wanted] : single;
  const isHow = asksHow(question) && !able.some(skill => isCalled(skill, question));
  if (isHow || !first) {
    return noSkill(isHow ? UNKNOWN_HOW : nothingText(asked[0], byId));
  }
  const atOnce = others.filter(({ members }) => members.every(id => used.has(id)));
  const ranked = [first, ...near.filter(skill => skill !== first)];
  const alone = chain ? null : stepAlone(first, wanted, question);
  const { why } = first.kind === 'executable' ? givenBy(first, question) : { why: [] };
  const workflow = chain ?? (alone ? [alone] : null);
  const steps = (workflow ?? []).flatMap(({ skill = '' }) =>
    executable(byId.get(skill))
  );
  const told = new Set([first.id, ...used]);
  const leftOut =
    steps.length === 0 ? [] : leftOutOf(asked, { named: named.skills, library }, told);
  const unfit = asked
    .slice(1)
    .filter(({ fitting, covers }) => fitting.size === 0 && !isMet(covers, told));
  return {
    markdown: [
      ...(chain && wanted.length > 1
        ? []
        : [explainSkill(first, callsText(workflow ?? [], byId, first.id), isKnown)]),
      ...(chain ? [workflowText(chain, byId), ...atOnceText(chain, atOnce)] : []),
      ...(alone ? choiceText(alone, why) : []),
      ...unusedText(steps, question),
      ...leftOutText(leftOut),
      ...unfitText(unfit, byId),
      ...nearText(ranked.filter(({ id }) => !told.has(id)))
    ].join('\n\n'),
    skills: [
      ...new Set([
        ...ranked.map(({ id }) => id),
        ...used,
        ...atOnce.map(({ skill }) => skill.id)
      ])
    ].slice(0, most),
    workflow
  };
}

function executable(skill: ISkill | undefined): readonly IExecutableSkill[] {
  return skill?.kind === 'executable' ? [skill] : [];
}

function noSkill(markdown: string): Answer {
  return { markdown, skills: [], workflow: null };
}

function nearText(near: readonly ISkill[]): readonly string[] {
  const lines = near.map(
    ({ id, name, description }) => `- **${name}** (\`${id}\`): ${description}`
  );
  return lines.length > 0 ? ['**Also near**', lines.join('\n')] : [];
}

/** What a question names, where compounds that it names stand for their members. */
function namedSkills(
  { skills, besides }: IWanted,
  compounds: readonly ICompoundSkill[]
): IWanted {
  const members = compounds.flatMap(each => each.members);
  const isOther = ({ id }: ISkill): boolean => !members.includes(id);
  return {
    skills: [...compounds.map(({ skill }) => skill), ...skills.filter(isOther)],
    besides: besides.filter(isOther)
  };
}

/** Values of the question that set no input, so that nobody takes them for set. */
function unusedText(
  steps: readonly IExecutableSkill[],
  question: string
): readonly string[] {
  const lines = unusedIn(steps, question).map(({ text, preset, ports }: IUnused) => {
    const names = (ports: readonly string[]): string =>
      ports.map(name => `\`${name}\``).join(', ');
    if (preset.length > 0) {
      return `${text} is the default of ${names(preset)}.`;
    }
    return ports.length > 0
      ? `${text} was not used: it may be meant for ${names(ports)}.`
      : `${text} was not used: no input is left for it.`;
  });
  return lines.length === 0 ? [] : [lines.join(' ')];
}

function fits(id: string, asked: readonly IAsked[]): boolean {
  return asked.some(({ fitting }) => fitting.has(id));
}

/**
 * The parts that the steps leave out, where a skill is named for them: each with the best
 * one; of several one that takes any value.
 */
function leftOutOf(
  [, ...parts]: readonly IAsked[],
  { named, library }: Record<'named' | 'library', readonly ISkill[]>,
  told: ReadonlySet<string>
): readonly ILeftOut[] {
  return parts.flatMap(({ text, covers, fitting }) => {
    const share = ({ id }: ISkill): number => covers.get(id)?.share ?? 0;
    const [first] = named
      .filter(({ id }) => fitting.has(id))
      .sort((a, b) => share(b) - share(a));
    if (!first || [...fitting].some(id => told.has(id))) {
      return [];
    }
    const able = library.filter(each => share(each) >= share(first) && takesAny(each));
    const skill = able[0] ?? first;
    return skill.kind === 'executable' ? [{ text, skill }] : [];
  });
}

function takesAny(skill: ISkill): boolean {
  return (
    skill.kind === 'executable' &&
    skill.inputs.some(({ required, type }) => required === true && type === 'any')
  );
}

/** Whether what no skill answers by itself is a word more about one that is told. */
function isMet(covers: IAsked['covers'], told: ReadonlySet<string>): boolean {
  const shares = [...covers.values()].map(({ share }) => share);
  const best = Math.max(0, ...shares);
  return [...covers].some(([id, { share }]) => share === best && told.has(id));
}

/**
 * What is explained first: the best hit, unless the question names another skill, or one
 * that can be inserted as it is.
 */
function firstOf(
  near: readonly ISkill[],
  wanted: readonly IExecutableSkill[],
  question: string
): ISkill | undefined {
  const [best] = near;
  if (best?.kind === 'context') {
    return best;
  }
  const whole = wanted.filter(skill => stepAlone(skill, wanted, question) !== null);
  const named = whole.length > 0 ? whole : wanted;
  return named.find(skill => skill === best) ?? named[0] ?? best;
}

/** Whether a skill needs what none of those gives that the question names before it. */
function isUnfed(
  skill: ISkill,
  [first, ...others]: readonly IExecutableSkill[]
): boolean {
  if (skill.kind !== 'executable' || !first || first === skill) {
    return false;
  }
  const given = [first, ...others]
    .filter(each => each !== skill)
    .flatMap(({ outputs }) => outputs);
  return skill.inputs.some(
    ({ required, default: preset, type }) =>
      required === true &&
      preset === undefined &&
      !given.some(output => connects(output.type, type))
  );
}

/** The one skill that a question is about, with what it says of its inputs. */
function stepAlone(
  skill: ISkill,
  wanted: readonly ISkill[],
  question: string
): IPlanStep | null {
  if (skill.kind !== 'executable' || !wanted.includes(skill)) {
    return null;
  }
  const inputs = presets(skill, question);
  const isWhole = skill.inputs.every(
    ({ name, required, default: preset }) =>
      required !== true || preset !== undefined || Object.hasOwn(inputs, name)
  );
  return isWhole ? { id: targetName(skill.id, []), skill: skill.id, inputs } : null;
}
