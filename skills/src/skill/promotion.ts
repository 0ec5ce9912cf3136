/** Commit messages of skills that move between volumes (requirement R7.7). */
import { formatCommit, normalisePrompt, parseCommit } from '../session/commitMessage';

/**
 * A reviewed skill that goes to a volume of more people, or steps back from it. Where it
 * came from stands in the commit, so that a later reader can follow it.
 */
export interface IPromotion {
  /** `restore` brings back the version that stood there before. */
  readonly action: 'promote' | 'demote' | 'restore';
  readonly skill: string;
  /** `sha256:` of the file that is in force after the commit; empty when none is. */
  readonly version: string;
  /** Drives of the two volumes, such as `user` and `team-optics`. */
  readonly from: string;
  readonly to: string;
  /** Newest commit of the volume that it came from; empty for one without a history. */
  readonly fromCommit: string;
  /** User id of who decided. */
  readonly by: string;
  /** `sha256:` of the file that was there before; empty when there was none. */
  readonly replaces: string;
  /** For people; never empty. May span lines. */
  readonly reason: string;
}

const SUBJECT = /^skill: (Promote|Demote|Restore) (\S+) from (\S+) to (\S+)$/;
const VERBS = { promote: 'Promote', demote: 'Demote', restore: 'Restore' } as const;
const FIELDS = [
  ['From-Commit', 'fromCommit'],
  ['By', 'by'],
  ['Replaces', 'replaces']
] as const;

/** Writes the message of the commit in the volume that changes. */
export function formatPromotion(promotion: IPromotion): string {
  const { action, skill, version, from, to, reason } = promotion;
  return formatCommit({
    kind: 'other',
    subject: `skill: ${VERBS[action]} ${skill} from ${from} to ${to}`,
    body: reason,
    trailers: [
      { key: 'Skill', value: `${skill} ${version}` },
      ...FIELDS.flatMap(([key, field]) =>
        promotion[field] === '' ? [] : [{ key, value: promotion[field] }]
      )
    ]
  });
}

/** Reads such a message; `null` for any other. */
export function parsePromotion(text: string): IPromotion | null {
  const commit = parseCommit(text);
  const match = commit.kind === 'other' ? SUBJECT.exec(commit.subject) : null;
  if (commit.kind !== 'other' || !match) {
    return null;
  }
  const [, verb = '', skill = '', from = '', to = ''] = match;
  const value = (key: string): string =>
    commit.trailers.find(trailer => trailer.key === key)?.value ?? '';
  const action = (['promote', 'demote', 'restore'] as const).find(
    each => VERBS[each] === verb
  );
  return action === undefined
    ? null
    : {
        ...{ action, skill, from, to },
        version: value('Skill').slice(skill.length).trim(),
        fromCommit: value('From-Commit'),
        by: value('By'),
        replaces: value('Replaces'),
        reason: normalisePrompt(commit.body)
      };
}
