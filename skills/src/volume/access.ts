/**
 * Who may do what in which volume (requirement R5.3). This is the only access rule:
 * drives, stores, commands, jobs and the assistant all ask `canAccess`.
 */

/** Who asks: a person, or one of the two jobs that learn skills. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly teams: readonly string[] }
  | { readonly kind: 'team-job'; readonly team: string }
  | { readonly kind: 'system-job' };

/** What is asked about. */
export type VolumeOwner =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'team'; readonly id: string }
  | { readonly kind: 'system' };

/** What the actor wants to do. */
export type VolumeAction =
  | { readonly verb: 'read' }
  | {
      readonly verb: 'write';
      /** Path in the volume, such as `skills/plot-xy.md`. */
      readonly path: string;
      /** User id of the session's owner, when `path` lies in a session. */
      readonly sessionOwner?: string;
    }
  /** Copy a reviewed skill in from a volume nearer to the person. */
  | { readonly verb: 'promote' }
  /** Suggest a change that somebody with the right to write decides on. */
  | { readonly verb: 'propose' };

/** Why something is refused: a program says it in the person's language by this. */
export type Refusal =
  | { readonly code: 'others-volume'; readonly owner: string }
  | { readonly code: 'no-member'; readonly team: string }
  | { readonly code: 'other-team-job'; readonly job: string; readonly team: string }
  | {
      readonly code:
        | 'users-read-only-for-job'
        | 'team-by-promotion'
        | 'others-session'
        | 'system-read-only-for-job'
        | 'system-read-only';
    };

/** The answer; `reason` says in one English sentence why not, and what to do instead. */
export type Verdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: string; readonly why?: Refusal };

const YES: Verdict = { allowed: true };
const no = (why: Refusal, reason: string): Verdict => ({ allowed: false, reason, why });

/**
 * Decides whether an actor may do something in a volume.
 *
 * @example canAccess({ kind: 'user', id: 'ana', teams: [] }, { kind: 'system' }, { verb: 'read' })
 */
export function canAccess(
  actor: Actor,
  volume: VolumeOwner,
  action: VolumeAction
): Verdict {
  switch (volume.kind) {
    case 'user':
      return inUserVolume(actor, volume.id, action);
    case 'team':
      return inTeamVolume(actor, volume.id, action);
    case 'system':
      return inSystemVolume(actor, action);
  }
}

function inUserVolume(actor: Actor, owner: string, action: VolumeAction): Verdict {
  switch (actor.kind) {
    case 'user':
      return actor.id === owner
        ? YES
        : no(
            { code: 'others-volume', owner },
            `This volume belongs to ${owner}. Ask them to share it with a team.`
          );
    case 'team-job':
      return action.verb === 'read'
        ? YES
        : no(
            { code: 'users-read-only-for-job' },
            'The team job reads user volumes and does not change them.'
          );
    case 'system-job':
      return YES;
  }
}

function inTeamVolume(actor: Actor, team: string, action: VolumeAction): Verdict {
  switch (actor.kind) {
    case 'user':
      return actor.teams.includes(team)
        ? asMember(actor.id, action)
        : no(
            { code: 'no-member', team },
            `You are not a member of the team ${team}. Add it in your profile.`
          );
    case 'team-job':
      return actor.team === team
        ? YES
        : no(
            { code: 'other-team-job', job: actor.team, team },
            `The job of the team ${actor.team} has no right in the team ${team}.`
          );
    case 'system-job':
      return YES;
  }
}

/** Members read, promote, propose, and add sessions of their own. */
function asMember(user: string, action: VolumeAction): Verdict {
  if (action.verb !== 'write') {
    return YES;
  }
  if (!/^sessions\/[^/]+\/./.test(action.path)) {
    return no(
      { code: 'team-by-promotion' },
      'Skills and other files of a team change by promotion. Copy this to your volume, ' +
        'edit it there and promote it.'
    );
  }
  return action.sessionOwner === user
    ? YES
    : no(
        { code: 'others-session' },
        'This session belongs to another member. Fork it to work on it.'
      );
}

function inSystemVolume(actor: Actor, action: VolumeAction): Verdict {
  if (action.verb === 'read' || actor.kind === 'system-job') {
    return YES;
  }
  if (action.verb === 'propose') {
    return actor.kind === 'user'
      ? YES
      : no(
          { code: 'system-read-only-for-job' },
          'The team job reads the system library and does not change it.'
        );
  }
  return no(
    { code: 'system-read-only' },
    'The system library is read-only. Copy this to your volume and propose the change.'
  );
}
