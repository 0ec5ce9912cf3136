/** The commits that a job makes by itself, in the site as from the command line. */
import { candidatePath, EVOLUTION_RUNS, REJECTIONS } from './candidateFile';
import { formatRecord, type IEvolutionRun, type IRejection } from './records';
import { withoutReview } from './review';

/** How their messages begin. */
const RECORD = 'evolution: ';
/** Of commits that hold a skill just as it was learned, without any edit of a person. */
const LEARN = `${RECORD}Learn `;
/** Of those with what people have edited in a skill that is renewed. */
const PROPOSE = `${RECORD}Propose `;

/** Message of the commit that keeps what people have edited in the files of evolution. */
export const EDITED_BY_HAND = 'Edit learned skills';

/** What a file of the volume becomes, or with null that it goes. */
export interface ITextChange {
  readonly path: string;
  readonly text: string | null;
}

/** One commit of a job. */
export interface IJobCommit {
  readonly message: string;
  readonly change: ITextChange;
}

/** A line that is added to a file of records, and what its commit says. */
export interface IJobLine {
  readonly message: string;
  readonly path: string;
  readonly line: string;
}

/** A candidate step by step, as it comes to be. */
export interface ICandidateSteps {
  /** As it was learned, which a later update is compared with. */
  readonly learned?: string;
  /** With what people have edited in the skill that it renews. */
  readonly proposed?: string;
  /** With what a person has edited in the candidate itself. */
  readonly edited?: string;
}

/**
 * Of a candidate: each step that differs from the one before. Only the last has a report:
 * should it not come, nobody can accept what lacks those edits, and the next run makes it
 * again.
 */
export function candidateCommits(
  id: string,
  { learned, proposed = learned, edited = proposed }: ICandidateSteps
): readonly IJobCommit[] {
  const path = candidatePath(id);
  const steps = [
    { message: `${LEARN}${id}`, text: learned },
    { message: `${PROPOSE}${id}`, text: proposed },
    { message: `${RECORD}Keep the edits of ${id}`, text: edited }
  ];
  return steps.flatMap(({ message, text }, at) =>
    text === undefined || text === steps[at - 1]?.text
      ? []
      : [
          {
            message,
            change: { path, text: text === edited ? text : withoutReview(text) }
          }
        ]
  );
}

/** Of what a model has drafted, or said of a candidate, or of edits that were merged in. */
export function proposalCommit(id: string, text: string): IJobCommit {
  return {
    message: `${PROPOSE}${id}`,
    change: { path: candidatePath(id), text }
  };
}

/** Of a candidate that another one takes the place of. */
export function removalCommit(id: string): IJobCommit {
  return {
    message: `${RECORD}Take ${id} away`,
    change: { path: candidatePath(id), text: null }
  };
}

/** Of a run. */
export function runLine(run: IEvolutionRun): IJobLine {
  const { traces, applied = [], candidates, rejected } = run;
  const counts = [
    `${traces} traces`,
    ...(applied.length > 0 ? [`${applied.length} applied`] : []),
    `${candidates.length} to review`,
    `${rejected.length} rejected`
  ];
  return {
    message: `${RECORD}Record a run (${counts.join(', ')})`,
    path: EVOLUTION_RUNS,
    line: formatRecord(run)
  };
}

/** Of a candidate that a replay or a person has rejected. */
export function rejectionLine(rejection: IRejection): IJobLine {
  return {
    message: `${RECORD}Reject ${rejection.id}`,
    path: REJECTIONS,
    line: formatRecord(rejection)
  };
}

/** Id of the candidate that a commit holds just as it was learned; null for others. */
export function learnedIn(message: string): string | null {
  return idAfter(LEARN, message);
}

/** Id of the candidate that a commit holds as it was learned or proposed; null for others. */
export function proposedIn(message: string): string | null {
  return idAfter(LEARN, message) ?? idAfter(PROPOSE, message);
}

function idAfter(begin: string, message: string): string | null {
  const [subject = ''] = message.split('\n');
  return subject.startsWith(begin) ? subject.slice(begin.length) : null;
}
