/** What of a proposal goes into the volume: merged with whatever people have edited. */
import { formatSkill } from '../skill/format';
import type { ICandidateFile } from './candidateFile';
import type { ICompound } from './compound';
import { isEdited, keepEdits, wordsDigest } from './edits';
import type { ICandidateSteps } from './jobCommits';
import type { ILearnOptions } from './learnOptions';
import type { IProposal } from './propose';
import { withReview, type IReview } from './review';

/** The skill as it would go into the volume, and how it stands to the one that is there. */
export interface IPlan {
  /** Of the candidate's file. */
  readonly id: string;
  readonly compound: ICompound;
  readonly updates?: string;
  readonly beside?: string;
  /** What evolution has learned and proposes, without a person's edits of the candidate. */
  readonly learned: string;
  readonly proposed: string;
  /** Where a person has edited the candidate that waited. */
  readonly edits?: {
    readonly isUnited: boolean;
    readonly note: string;
    /** Digest of what evolution had proposed then. */
    readonly of: string;
  };
}

type Context = Pick<ILearnOptions, 'entries' | 'files' | 'renewal'>;

/** Merges an update with what people have edited, or puts it beside their skill. */
export async function planOf(context: Context, proposal: IProposal): Promise<IPlan> {
  const waiting = await context.files.candidates();
  const plan = await renewed(context, proposal, waiting);
  const edited = waiting.find(
    each => each.provenance.signature === proposal.pattern.signature && isEdited(each)
  );
  return edited ? withEdits(plan, edited, context, waiting) : plan;
}

/** With what people have edited in the skill that it renews. */
async function renewed(
  context: Context,
  { compound, updates }: IProposal,
  waiting: readonly ICandidateFile[]
): Promise<IPlan> {
  const { renewal } = context;
  const current = renewal?.own.find(({ skill }) => skill.id === updates);
  if (!renewal || !current || updates === undefined) {
    const { skill, text } = compound;
    return { id: skill.id, compound, learned: text, proposed: text };
  }
  const update = await renewal.update(current, compound);
  if (!('conflict' in update)) {
    const { text } = update.compound;
    return { id: updates, ...update, learned: compound.text, proposed: text };
  }
  const id = freeId(updates, context, waiting);
  const second = renamed(compound, id);
  const { text } = second;
  return { id, compound: second, beside: updates, learned: text, proposed: text };
}

/** With what a person has edited in the candidate. */
async function withEdits(
  plan: IPlan,
  edited: ICandidateFile,
  context: Context,
  waiting: readonly ICandidateFile[]
): Promise<IPlan> {
  const { review, provenance } = edited;
  const of = review.proposed ?? '';
  const base = (await context.renewal?.proposed?.(of)) ?? null;
  const { text, skill, isUnited, note } = keepEdits(edited, base, plan.proposed);
  const edits = { isUnited, note, of };
  if (isUnited) {
    return { ...plan, compound: { ...plan.compound, text, skill }, edits };
  }
  const theirs = { text, skill, provenance };
  const { learned, proposed } = plan;
  if (review.updates !== undefined) {
    // Into its skill it would go without the edits there, so it becomes a second one.
    const id = freeId(skill.id, context, waiting);
    const compound = renamed(theirs, id);
    return { id, compound, beside: skill.id, learned, proposed, edits };
  }
  const place = review.beside === undefined ? {} : { beside: review.beside };
  return { id: edited.id, compound: theirs, ...place, learned, proposed, edits };
}

function freeId(
  id: string,
  { entries }: Context,
  waiting: readonly ICandidateFile[]
): string {
  const taken = new Set([
    ...entries.map(({ skill }) => skill.id),
    ...waiting.map(each => each.id)
  ]);
  let number = 2;
  while (taken.has(`${id}-${number}`)) {
    number += 1;
  }
  return `${id}-${number}`;
}

function renamed(compound: ICompound, id: string): ICompound {
  const text = formatSkill(compound.text, { keys: { skill_id: id } });
  return { ...compound, text, skill: { ...compound.skill, id } };
}

/** The texts of the candidate, with its review. */
export function stepsOf(
  { compound, learned, proposed, updates, beside, edits }: IPlan,
  review: Pick<IReview, 'report' | 'sessions' | 'confidence'>
): ICandidateSteps {
  const said: IReview = {
    ...review,
    ...(updates !== undefined && { updates }),
    ...(beside !== undefined && { beside }),
    // Of a text that stays as it is: so that it is known for an edited one again.
    proposed: edits && !edits.isUnited ? edits.of : wordsDigest(proposed),
    ...(edits && { note: edits.note })
  };
  const whole = withReview(compound.text, said);
  if (!edits) {
    return { learned: withReview(learned, said), proposed: whole };
  }
  return edits.isUnited ? { learned, proposed, edited: whole } : { edited: whole };
}
