/** What a person makes of a learned skill or a guide that waits for review. */
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  candidatePath,
  decisionMessage,
  draftSignature,
  formatSkill,
  rejectionOf,
  REJECTIONS,
  toSkillId,
  withdrawalCommit,
  withoutRejection,
  type IFileChange,
  type IRejection
} from '@llmos-lab/skills';

import { change, type EvolutionFiles } from './evolutionFiles';
import type { IDraft, IReviewed } from './tokens';

/**
 * Takes it away, out of the volume where it was applied; its workflow, or that update of a
 * skill, is not proposed again.
 *
 * @returns how to bring it back as it was
 * @throws SecretsError for a reason with secrets, before anything is taken away
 */
export async function rejectWaiting(
  files: EvolutionFiles,
  waiting: IReviewed | IDraft,
  reason: string
): Promise<() => Promise<void>> {
  const { id, skill, path } = waiting;
  await files.checkWords(reason);
  const text = await files.text(path);
  // First: where this fails nothing is remembered, and the next try does not repeat it.
  if ('isApplied' in waiting) {
    const { message, change: made } = withdrawalCommit(waiting);
    await files.apply(message, [change(made.path, made.text)], {
      edited: [made.path]
    });
  } else {
    await files.removeCandidate(id);
  }
  const at = new Date().toISOString();
  const rejection: IRejection =
    'review' in waiting
      ? rejectionOf(waiting, reason, at)
      : {
          ...{ v: 1, by: 'person', id: skill.id, reason, at, newest: '' },
          signature: draftSignature(waiting.origin)
        };
  await files.refuse(rejection);
  return async () => {
    const { before, after } = await withoutIt(files, rejection);
    await files.apply(decisionMessage('undone', id), [change(path, text), after], {
      expected: [change(path, null), before]
    });
  };
}

/** Takes a rejection back: the next run may propose its workflow. */
export async function forgetRejection(
  files: EvolutionFiles,
  rejection: IRejection
): Promise<void> {
  const { before, after } = await withoutIt(files, rejection);
  await files.apply(decisionMessage('allowed', rejection.id), [after], {
    expected: [before]
  });
}

/** The file of rejections as it is, and as it is to be without one of them. */
async function withoutIt(
  files: EvolutionFiles,
  rejection: IRejection
): Promise<{ readonly before: IFileChange; readonly after: IFileChange }> {
  const text = await files.text(REJECTIONS);
  return {
    before: change(REJECTIONS, text),
    after: change(REJECTIONS, withoutRejection(text ?? '', rejection))
  };
}

/**
 * Gives it another name, and the id that goes with it.
 *
 * @throws Error where that id is taken, or it was edited meanwhile
 */
export async function renameWaiting(
  files: EvolutionFiles,
  waiting: IReviewed | IDraft,
  { name, description }: { readonly name: string; readonly description?: string },
  { taken, trans }: { readonly taken: readonly string[]; trans: TranslationBundle }
): Promise<void> {
  const { id } = waiting;
  // An update keeps the id of its skill, and a name its own.
  const isUpdate = 'review' in waiting && waiting.review.updates !== undefined;
  const next = isUpdate || name === waiting.skill.name ? id : toSkillId(name);
  if (next !== id && taken.includes(next)) {
    throw new Error(
      trans.__('There is a skill "%1" already. Choose another name.', next)
    );
  }
  const keys = {
    ...{ skill_id: next, name, learned_suggestion: undefined },
    ...(description !== undefined && { description })
  };
  // What was shown may be older than what somebody has saved since.
  const before = await files.text(candidatePath(id));
  if (before === null) {
    throw new Error(trans.__('No learned skill "%1" waits for review.', id));
  }
  await files.moveCandidate(id, next, { before, text: formatSkill(before, { keys }) });
}
