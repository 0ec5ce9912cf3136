import {
  canAccess,
  sessionOwnerIn,
  type Actor,
  type Verdict,
  type VolumeAction,
  type VolumeOwner
} from '@llmos-lab/skills';

/** Reads a file of the volume that is asked about; null where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/**
 * Asks the one access rule about one volume, for the person at this browser unless
 * another actor is given. Drive, repository and commands all ask here.
 */
export class VolumeAccess {
  constructor(
    private readonly _owner: () => VolumeOwner,
    private readonly _actor: () => Actor
  ) {}

  get owner(): VolumeOwner {
    return this._owner();
  }

  can(action: VolumeAction, actor = this._actor()): Verdict {
    return canAccess(actor, this._owner(), action);
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

/** Undefined without the file. */
function ownerIn(bytes: Uint8Array | null): string | undefined {
  return bytes === null ? undefined : sessionOwnerIn(new TextDecoder().decode(bytes));
}
