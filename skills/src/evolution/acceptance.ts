/** How a candidate becomes a skill of its volume: the same in the site and from a command. */
import { formatSkill } from '../skill/format';
import { parseSkill } from '../skill/parse';
import { skillPath } from '../skill/place';
import { markDraft } from './applied';
import { acceptMessage, candidatePath, type ICandidateFile } from './candidateFile';
import type { ITextChange } from './jobCommits';
import { withTrueReport } from './verdict';

/** The one commit that makes it so. */
export interface IAcceptance {
  /** Of the skill. */
  readonly id: string;
  /** Of its file within the volume. */
  readonly path: string;
  readonly message: string;
  readonly changes: readonly ITextChange[];
}

/** What the volume has at the place of a skill; null where there is nothing. */
export interface IStanding {
  /** `sha256:` of the file. */
  readonly version: string;
}

/** What is true of a skill only while it waits for review. */
const WAITING = ['updates', 'suggestion', 'proposed', 'note'].map(
  name => `learned_${name}`
);

/**
 * Plans the commit, or says why there can be none.
 *
 * @param options `isDraft`: nobody has looked at it, so that it is marked
 */
export function acceptCommit(
  candidate: ICandidateFile,
  before: IStanding | null,
  { isDraft }: { readonly isDraft: boolean }
): IAcceptance | { readonly problem: string } {
  const settled = formatSkill(withTrueReport(candidate), {
    keys: Object.fromEntries(WAITING.map(key => [key, undefined]))
  });
  const text = markDraft(settled, isDraft);
  const path = skillPath(candidate.skill.id);
  const { skill, problems } = parseSkill(text, path);
  if (!skill) {
    return { problem: problems[0]?.message ?? `"${candidate.id}" is no skill.` };
  }
  const { updates } = candidate.review;
  const problem = placeProblem(skill.id, before, updates);
  if (problem !== null) {
    return { problem };
  }
  const action = updates === undefined ? 'create' : 'update';
  return {
    id: skill.id,
    path,
    message: acceptMessage(skill.id, candidate.provenance, action),
    changes: [
      { path, text },
      { path: candidatePath(candidate.id), text: null }
    ]
  };
}

/**
 * Why a learned skill cannot go where it would, or null.
 *
 * @param updates version of the skill that it was merged into; undefined for a new one
 */
export function placeProblem(
  id: string,
  before: IStanding | null,
  updates: string | undefined
): string | null {
  if (updates === undefined) {
    return before === null
      ? null
      : `The volume has a skill "${id}" already. Rename the candidate first.`;
  }
  if (before === null) {
    return `The skill "${id}" is not in the volume any more. Reject this update.`;
  }
  return before.version === updates
    ? null
    : `The skill "${id}" was edited since this update was made. Run the job again: it brings the update on top of the edits.`;
}
