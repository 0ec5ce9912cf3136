/** Skills that were applied automatically: drafts in force, until a person has looked. */
import { frontMatterOf } from '../skill/editCode';
import { formatSkill } from '../skill/format';
import { skillPath } from '../skill/place';
import { readCandidate, type ICandidateFile } from './candidateFile';
import { decisionMessage } from './decisions';
import type { IJobCommit } from './jobCommits';
import { withTrueReport } from './verdict';

/** The key of the front matter that marks one. */
const DRAFT = 'learned_draft';

/** Whether nobody has reviewed the skill of this file since it was applied automatically. */
export function isDraft(text: string): boolean {
  // A library asks of all its skills, of which few were learned.
  return text.includes(DRAFT) && frontMatterOf(text)?.[DRAFT] === true;
}

/** The file of a skill with the mark, or without it. */
export function markDraft(text: string, isMarked: boolean): string {
  return formatSkill(text, { keys: { [DRAFT]: isMarked ? true : undefined } });
}

/** Reads such a skill with what its review says; null where it is none. */
export function readApplied(id: string, text: string): ICandidateFile | null {
  const read = isDraft(text) ? readCandidate(id, text) : null;
  return read && { ...read, path: skillPath(id) };
}

/** Of a person who takes it as it is: from then on a skill like any other. */
export function reviewedCommit(
  applied: Pick<ICandidateFile, 'id' | 'text' | 'review'>
): IJobCommit {
  const { id } = applied;
  return {
    message: decisionMessage('accepted', id),
    change: { path: skillPath(id), text: markDraft(withTrueReport(applied), false) }
  };
}

/** Of a person who wants it out of the volume. */
export function withdrawalCommit({ id }: Pick<ICandidateFile, 'id'>): IJobCommit {
  return {
    message: `Take the learned skill ${id} out`,
    change: { path: skillPath(id), text: null }
  };
}
