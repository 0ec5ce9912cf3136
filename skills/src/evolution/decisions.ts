/** What people have decided on learned skills, as the commits of a volume tell it. */
import { parseCommit } from '../session/commitMessage';
import type { ILogEntry } from '../volume/store';

/**
 * What a decision came to. `undone`: a rejection was taken back at once, and what it took
 * away is there again; `allowed`: later, and the next run may propose it.
 */
export type DecisionKind = 'accepted' | 'updated' | 'rejected' | 'undone' | 'allowed';

/** What a person has made of a learned skill or a guide. */
export interface IDecision {
  readonly kind: DecisionKind;
  /** Of the skill. */
  readonly id: string;
  /** The person's name. */
  readonly who: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** SHA-1. */
  readonly commit: string;
}

/** What stands before and after the skill's id in the subject of a commit. */
const SUBJECTS = {
  accepted: ['Accept the learned skill ', ''],
  rejected: ['Reject the learned skill ', ''],
  undone: ['Bring the learned skill ', ' back'],
  allowed: ['Let the learned skill ', ' be proposed again']
} as const;

const KINDS = Object.keys(SUBJECTS) as readonly (keyof typeof SUBJECTS)[];

/** The message of the commit that decides on a skill, but for what makes one or renews it. */
export function decisionMessage(kind: keyof typeof SUBJECTS, id: string): string {
  const [before, after] = SUBJECTS[kind];
  return before + id + after;
}

/** Reads what a commit has decided; null where that is nothing. */
export function decisionOf({ oid, message, author }: ILogEntry): IDecision | null {
  const found = readDecision(message);
  return (
    found && {
      ...{ ...found, who: author.name, commit: oid },
      at: new Date(1000 * author.time).toISOString()
    }
  );
}

function readDecision(message: string): Pick<IDecision, 'kind' | 'id'> | null {
  const made = parseCommit(message);
  if (made.kind === 'evolution') {
    return { kind: made.action === 'create' ? 'accepted' : 'updated', id: made.skill };
  }
  const subject = made.kind === 'other' ? made.subject : '';
  const kind = KINDS.find(each => {
    const [before, after] = SUBJECTS[each];
    return subject.startsWith(before) && subject.endsWith(after);
  });
  if (kind === undefined) {
    return null;
  }
  const [before, after] = SUBJECTS[kind];
  return { kind, id: subject.slice(before.length, subject.length - after.length) };
}
