import { connects } from '../../skill/connect';
import { targetName } from '../../skill/cell';
import type { IExecutableSkill, ISkill } from '../../skill/skill';
import { rankForQuestion } from '../choose';
import type { IPlanStep } from '../planSteps';
import { askedOf, type IAsked } from '../relevance';
import { chainSkills } from './chain';
import { splitLibrary, type ICompoundSkill } from './compounds';
import { presets } from './examples';
import { asksHow, isCalled } from './howTo';
import { givenBy } from './quantities';
import type { IsKnown } from './runnable';
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
import { unusedText } from './unused';
import { nearMatches, wantedSkills, type IWanted } from './wanted';

/** What is told, with the skills and the steps that are offered beside it. */
export interface IOffered {
  readonly markdown: string;
  /** Ids, best first: their chips open them and insert them. */
  readonly skills: readonly string[];
  /** The steps that do what was asked: skills that fit together by their ports, or one. */
  readonly workflow: readonly IPlanStep[] | null;
}

/** A question for skills, and what they are chosen from. */
export interface IOfferInput {
  readonly question: string;
  readonly skills: readonly ISkill[];
  /** Skills offered at most. */
  readonly maxSkills: number;
  /** Whether a name of an example has a value where that would be inserted. */
  readonly isKnown: IsKnown;
}

/** The skills that answer the question, and the steps that do it; or that none does. */
export function offerSkills(input: IOfferInput): IOffered {
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
      ...unusedText(steps, question, single),
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

/** An answer that offers nothing. */
export function noSkill(markdown: string): IOffered {
  return { markdown, skills: [], workflow: null };
}
