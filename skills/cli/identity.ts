/** Who works, whose a volume is, and what the access rule says. */
import {
  canAccess,
  NO_PROFILE,
  profileActor,
  profileAuthor,
  readProfile,
  type Actor,
  type IAuthor,
  type IProfileFields,
  type VolumeAction,
  type VolumeOwner
} from '@llmos-lab/skills';
import { now } from './clock';
import { CommandFailure } from './failure';
import { gitIn } from './git/gitIn';

/** Key of Git's configuration that says whose a volume is. */
export const OWNER_KEY = 'llmos.owner';
/** Exit code of what the access rule refuses. */
const NO_RIGHT = 3;

/**
 * The person at this machine: `LLMOS_USER` and `LLMOS_TEAMS` (with commas), else
 * `llmos.user` and `llmos.teams` of Git's configuration; name and address are Git's own.
 */
export async function readIdentity(folder: string): Promise<IProfileFields> {
  const { env } = process;
  const teams = env['LLMOS_TEAMS'] ?? (await config(folder, 'llmos.teams'));
  return readProfile({
    id: env['LLMOS_USER'] ?? (await config(folder, 'llmos.user')) ?? NO_PROFILE.id,
    teams: (teams ?? '').split(','),
    name: env['GIT_AUTHOR_NAME'] ?? (await config(folder, 'user.name')),
    email: env['GIT_AUTHOR_EMAIL'] ?? (await config(folder, 'user.email'))
  });
}

/** The author of a commit that is made now. */
export function authorOf(profile: IProfileFields): IAuthor {
  return profileAuthor(profile, now());
}

/** Whose a volume is; where nothing says it, the person's own. */
export async function readOwner(
  folder: string,
  { id }: Pick<IProfileFields, 'id'>
): Promise<VolumeOwner> {
  const text = await config(folder, OWNER_KEY);
  return text === undefined ? { kind: 'user', id } : parseOwner(text);
}

/** Reads `user:ID`, `team:ID` or `system`. */
export function parseOwner(text: string): VolumeOwner {
  const [kind = '', id = ''] = text.trim().split(':');
  if (kind === 'system' && id === '') {
    return { kind };
  }
  if ((kind === 'user' || kind === 'team') && id !== '') {
    return { kind, id };
  }
  throw new CommandFailure(
    `"${text}" is no owner of a volume. Use user:ID, team:ID or system.`,
    2
  );
}

/** The job that learns for a volume: on the person's own volume the person. */
export function jobOf(owner: VolumeOwner, profile: IProfileFields): Actor {
  switch (owner.kind) {
    case 'user':
      return profileActor(profile);
    case 'team':
      return { kind: 'team-job', team: owner.id };
    case 'system':
      return { kind: 'system-job' };
  }
}

/**
 * Asks whether somebody may start the job that learns for a volume. On their own volume
 * that is they themselves; the job of a team is started by a member, as in the site.
 *
 * @param asJob says that this is the job, on a server say, whoever is set up there
 * @throws CommandFailure
 */
export function requireJob(
  { actor, owner }: { readonly actor: Actor; readonly owner: VolumeOwner },
  asJob: boolean
): void {
  if (owner.kind === 'user') {
    requireAccess(actor, owner, { verb: 'write', path: 'evolution/runs.jsonl' });
  } else if (!asJob) {
    const isMember =
      owner.kind === 'team' && actor.kind === 'user' && actor.teams.includes(owner.id);
    if (!isMember) {
      throw new CommandFailure(
        owner.kind === 'team'
          ? `You are not a member of the team ${owner.id}. Add it in LLMOS_TEAMS, or add ` +
              '--as-job where a server runs its job.'
          : 'The system volume is changed by its job alone. Add --as-job where a server runs it.',
        NO_RIGHT
      );
    }
  }
}

/**
 * Asks the one access rule.
 *
 * @throws CommandFailure with its reason
 */
export function requireAccess(
  actor: Actor,
  owner: VolumeOwner,
  action: VolumeAction
): void {
  const verdict = canAccess(actor, owner, action);
  if (!verdict.allowed) {
    throw new CommandFailure(verdict.reason, NO_RIGHT);
  }
}

async function config(folder: string, key: string): Promise<string | undefined> {
  return (await gitIn(folder).getConfig(key)).value ?? undefined;
}
