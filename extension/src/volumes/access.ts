import type { TranslationBundle } from '@jupyterlab/translation';
import {
  canAccess,
  sessionOwnerIn,
  type Actor,
  type Refusal,
  type Verdict,
  type VolumeAction,
  type VolumeOwner
} from '@llmos-lab/skills';

import { UNTRANSLATED } from './fileStore';

/** Reads a file of the volume that is asked about; null where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/**
 * Asks the one access rule about one volume, for the person at this browser unless
 * another actor is given, in whose language it answers. Drive, repository and commands all
 * ask here.
 */
export class VolumeAccess {
  constructor(
    private readonly _owner: () => VolumeOwner,
    private readonly _actor: () => Actor,
    private readonly _trans: TranslationBundle = UNTRANSLATED
  ) {}

  get owner(): VolumeOwner {
    return this._owner();
  }

  can(action: VolumeAction, actor = this._actor()): Verdict {
    const verdict = canAccess(actor, this._owner(), action);
    return verdict.allowed || !verdict.why
      ? verdict
      : { ...verdict, reason: refusalText(verdict.why, this._trans) };
  }

  /**
   * Whether a file or folder may be written, made, moved or deleted. A session belongs
   * to whom its `session.json` names, a new one to whoever makes it.
   */
  async write(path: string, read: ReadFile, actor = this._actor()): Promise<Verdict> {
    const [top, session, ...rest] = path.split('/');
    if (top !== 'sessions' || session === undefined) {
      return this.can({ verb: 'write', path }, actor);
    }
    // A session's folder is asked about as what is in it.
    const inside = rest.length === 0 ? `${path}/session.json` : path;
    const action = { verb: 'write', path: inside } as const;
    const anyone = this.can(action, actor);
    if (anyone.allowed || actor.kind !== 'user') {
      return anyone;
    }
    const own = this.can({ ...action, sessionOwner: actor.id }, actor);
    if (!own.allowed) {
      return own;
    }
    const bytes = await read(`sessions/${session}/session.json`);
    return this.can({ ...action, sessionOwner: ownerIn(bytes) ?? actor.id }, actor);
  }

  /** Whether a `session.json` may be given these bytes: nobody writes as another. */
  saves(path: string, bytes: Uint8Array, actor = this._actor()): Verdict {
    const sessionOwner = /^sessions\/[^/]+\/session\.json$/.test(path)
      ? ownerIn(bytes)
      : undefined;
    return sessionOwner === undefined
      ? { allowed: true }
      : this.can({ verb: 'write', path, sessionOwner }, actor);
  }
}

/** As the rule says it in English. */
function refusalText(why: Refusal, trans: TranslationBundle): string {
  switch (why.code) {
    case 'others-volume':
      return trans.__(
        'This volume belongs to %1. Ask them to share it with a team.',
        why.owner
      );
    case 'no-member':
      return trans.__(
        'You are not a member of the team %1. Add it in your profile.',
        why.team
      );
    case 'other-team-job':
      return trans.__(
        'The job of the team %1 has no right in the team %2.',
        why.job,
        why.team
      );
    case 'users-read-only-for-job':
      return trans.__('The team job reads user volumes and does not change them.');
    case 'team-by-promotion':
      return trans.__(
        'Skills and other files of a team change by promotion. Copy this to your volume, edit it there and promote it.'
      );
    case 'others-session':
      return trans.__('This session belongs to another member. Fork it to work on it.');
    case 'system-read-only-for-job':
      return trans.__('The team job reads the system library and does not change it.');
    case 'system-read-only':
      return trans.__(
        'The system library is read-only. Copy this to your volume and propose the change.'
      );
  }
}

/** Undefined without the file. */
function ownerIn(bytes: Uint8Array | null): string | undefined {
  return bytes === null ? undefined : sessionOwnerIn(new TextDecoder().decode(bytes));
}
