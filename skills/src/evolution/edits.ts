/** What a person makes of a learned skill while it waits; never lost when it is made anew. */
import type { IExecutableSkill } from '../skill/skill';
import { digest } from '../workflow/schedule/digest';
import type { ICandidateFile } from './candidateFile';
import { renewSkill } from './renew';
import { withoutReview } from './review';

/** Stands for the text of a candidate without the report of its review. */
export function wordsDigest(text: string): string {
  return digest(withoutReview(text));
}

/** Whether it reads otherwise than evolution has proposed it. */
export function isEdited({
  text,
  review
}: Pick<ICandidateFile, 'text' | 'review'>): boolean {
  return review.proposed !== undefined && review.proposed !== wordsDigest(text);
}

/** A candidate with a person's edits, and what became of them, as a sentence. */
export interface IKeptEdits {
  readonly text: string;
  readonly skill: IExecutableSkill;
  /** Whether what was learned since is in it too. */
  readonly isUnited: boolean;
  readonly note: string;
}

/**
 * Unites a person's edits with what was learned since, or keeps their text as it is.
 *
 * @param base what evolution proposed before they edited it; null where that is not known
 */
export function keepEdits(
  { text, skill }: Pick<ICandidateFile, 'text' | 'skill'>,
  base: string | null,
  ours: string
): IKeptEdits {
  const theirs = withoutReview(text);
  const united =
    base === null
      ? { conflict: 'What was proposed before is not in the history.' }
      : renewSkill({ base: withoutReview(base), theirs, ours });
  return 'conflict' in united
    ? {
        ...{ text: theirs, skill, isUnited: false },
        note: `It was edited while it waited, so its text stays as it is. What was learned since is not in it: ${united.conflict}`
      }
    : {
        ...{ ...united, isUnited: true },
        note: 'It was edited while it waited. Those edits are in it, and what was learned since.'
      };
}
