import type { TranslationBundle } from '@jupyterlab/translation';
import {
  acceptCommit,
  acceptMessage,
  candidatePath,
  placeProblem,
  reviewedCommit,
  skillPath,
  type ICandidateFile,
  type IContextDraft
} from '@llmos-lab/skills';

import { versionOf } from '../promote/plan';
import { change, type EvolutionFiles } from './evolutionFiles';

/**
 * Makes a candidate a skill of the volume, or an update of the one that it renews, in one
 * commit.
 *
 * @param how `isDraft`: it is applied automatically, and nobody has looked at it
 * @returns the commit's SHA-1
 * @throws Error for people when the candidate is no skill, its id is taken, or the skill
 *   that it renews was edited since
 */
export async function acceptCandidate(
  files: EvolutionFiles,
  id: string,
  trans: TranslationBundle,
  how: { readonly isDraft: boolean } = { isDraft: false }
): Promise<string> {
  const candidate = await files.candidate(id);
  const draft = candidate ? null : await files.draft(id);
  if (draft) {
    return acceptDraft(files, draft);
  }
  if (!candidate) {
    throw new Error(
      trans.__('There is no candidate "%1" that can be read. Edit or reject it.', id)
    );
  }
  const path = skillPath(candidate.skill.id);
  const before = await files.text(path);
  const planned = acceptCommit(candidate, await standing(before), how);
  if ('problem' in planned) {
    throw new Error(planned.problem);
  }
  const oid = await files.apply(
    planned.message,
    planned.changes.map(({ path: each, text }) => change(each, text)),
    { expected: [change(path, before)], edited: [path] }
  );
  if (oid === null) {
    throw new Error(
      trans.__('"%1" is in the volume as it was; nothing was committed.', planned.id)
    );
  }
  return oid;
}

/**
 * Takes a skill that was applied automatically as it is.
 *
 * @returns the commit's SHA-1
 * @throws VolumeError `conflict` when it was edited since it was shown
 */
export async function acceptApplied(
  files: EvolutionFiles,
  applied: Pick<ICandidateFile, 'id' | 'text' | 'review'>
): Promise<string> {
  const { message, change: made } = reviewedCommit(applied);
  const oid = await files.apply(message, [change(made.path, made.text)], {
    expected: [change(made.path, applied.text)],
    edited: [made.path]
  });
  return oid ?? '';
}

/** A guide that a model drafted: it names the commits that show the pattern. */
async function acceptDraft(
  files: EvolutionFiles,
  draft: IContextDraft
): Promise<string> {
  const { id, text, skill, origin } = draft;
  const path = skillPath(skill.id);
  const before = await files.text(path);
  const problem = placeProblem(skill.id, await standing(before), undefined);
  if (problem !== null) {
    throw new Error(problem);
  }
  const trailers = origin.commits.map(oid => `Commit: ${oid}`).join('\n');
  const subject = acceptMessage(skill.id, { runs: origin.commits.length, traces: [] });
  const oid = await files.apply(
    trailers === '' ? subject : `${subject}\n\n${trailers}`,
    [change(path, text), change(candidatePath(id), null)],
    { expected: [change(path, before)], edited: [path] }
  );
  return oid ?? '';
}

async function standing(text: string | null): Promise<{ version: string } | null> {
  return text === null
    ? null
    : { version: await versionOf(new TextEncoder().encode(text)) };
}
