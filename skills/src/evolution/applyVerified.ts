/** *Apply automatically*: which skills go into their volume without waiting for a person. */
import { reasonOf } from '../reasonOf';
import type { ICandidateFile } from './candidateFile';
import type { ILearnFiles, IStopSignal } from './learnOptions';
import type { IAppliedSkill } from './records';
import { isNewSkill } from './review';
import { verdictOf } from './verdict';

/** What became of the candidates of a run. */
export interface IAppliedRun {
  readonly applied: readonly IAppliedSkill[];
  /** Ids of the candidates that wait for review. */
  readonly waiting: readonly string[];
  /** What could not be applied, and why, as sentences; it waits too. */
  readonly faults: readonly string[];
}

/**
 * Accepts the new skills of which all replays agreed, by their ids. Updates of skills that
 * are in use wait for their person.
 *
 * @param ids candidates that a run has found
 * @param accept makes one a skill of its volume; gives the commit
 * @param signal what is left when it is stopped waits
 */
export async function applyVerified(
  files: Pick<ILearnFiles, 'candidates'>,
  ids: readonly string[],
  accept: (id: string) => Promise<string>,
  signal: IStopSignal
): Promise<IAppliedRun> {
  const applied: IAppliedSkill[] = [];
  const faults: string[] = [];
  const done = new Set<string>();
  for (const candidate of await files.candidates()) {
    const { id, skill, review } = candidate;
    if (ids.includes(id) && isApplicable(candidate) && !signal.aborted) {
      try {
        const commit = await accept(id);
        applied.push({ id: skill.id, reason: review.report.reason, commit });
        done.add(id);
      } catch (error) {
        faults.push(`"${id}" was not applied: ${reasonOf(error)}`);
      }
    }
  }
  return { applied, waiting: ids.filter(id => !done.has(id)), faults };
}

/** Whether a candidate goes into its volume by itself: a new skill whose replays agreed. */
export function isApplicable(candidate: ICandidateFile): boolean {
  return isNewSkill(candidate.review) && verdictOf(candidate) === 'accepted';
}
