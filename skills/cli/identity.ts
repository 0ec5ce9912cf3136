/** Who works, whose a volume is, and what the access rule says. */
import { resolve } from 'node:path';
import {
  canAccess,
  NO_PROFILE,
  profileActor,
  profileAuthor,
  readProfile,
  teamVolume,
  type Actor,
  type IAuthor,
  type IProfileFields,
  type Refusal,
  type VolumeAction,
  type VolumeOwner
} from '@llmos-lab/skills';
import { now } from './clock';
import { CommandFailure, REFUSED, WRONG_USAGE } from './failure';
import { gitIn } from './git/gitIn';

/** Key of Git's configuration that says whose a volume is. */
export const OWNER_KEY = 'llmos.owner';
const REMOTE_KEY = 'remote.origin.url';
/** What the site calls the repository of a team, whichever team it is. */
const ANY_TEAM = 'llmunix-team-volumes';

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

/** Who made something, as a part of a sentence; empty where they have said no name. */
export function byWhom(user: string): string {
  return user === NO_PROFILE.id ? '' : `by ${user}, `;
}

/** The author of a commit that is made now. */
export function authorOf(profile: IProfileFields): IAuthor {
  return profileAuthor(profile, now());
}

/**
 * Whose a volume is: `llmos.owner` of Git's configuration says it, else the name of the
 * repository that it was cloned from, which every clone has; any other is the person's own.
 */
export async function readOwner(
  folder: string,
  profile: Pick<IProfileFields, 'id'>
): Promise<VolumeOwner> {
  const text = await config(folder, OWNER_KEY);
  const address = await config(folder, REMOTE_KEY);
  return text === undefined ? ownerOf(address ?? '', profile.id) : parseOwner(text);
}

/** Of a team, while nobody has said which one. */
const SOME_TEAM = { kind: 'team', id: '' } as const satisfies VolumeOwner;

/**
 * Stops where a command must know whose a volume is and nothing says which team's.
 *
 * @throws CommandFailure that names the configuration which decides
 */
export function requireNamed(owner: VolumeOwner, folder?: string): void {
  if (owner.kind === 'team' && owner.id === SOME_TEAM.id) {
    const where = folder === undefined ? '' : `-C ${folder} `;
    throw new CommandFailure(
      `Which team's volume is ${folder ?? 'this'}? The name of its repository, ` +
        `${ANY_TEAM}, does not say it. Say it there with: git ${where}config ${OWNER_KEY} team:ID`,
      REFUSED
    );
  }
}

/** The volume's drive in the site. */
export function volumeName(owner: VolumeOwner): string {
  return owner.kind === 'team' ? teamVolume(owner.id) : owner.kind;
}

/**
 * What a volume is called in messages of commits. A clone that counts as a person's own may
 * be one in which a proposal is prepared, such as a fork: it is called by its repository.
 */
export async function volumeTitle(folder: string, owner: VolumeOwner): Promise<string> {
  if (owner.kind !== 'user') {
    return volumeName(owner);
  }
  const [name = ''] = partsOf((await config(folder, REMOTE_KEY)) ?? resolve(folder));
  return name.replace(/\s+/g, '-') || volumeName(owner);
}

/** Parts of the address or path of a repository, its name first. */
function partsOf(address: string): readonly string[] {
  return address
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:\\]/)
    .reverse();
}

/**
 * The owner that the address of a repository names, by the names that the site gives them.
 *
 * @example ownerOf('git@github.com:lab/llmunix-team-optics.git', 'ana') // team optics
 */
function ownerOf(address: string, person: string): VolumeOwner {
  const [name = '', account = ''] = partsOf(address);
  // A fork of it, by another account, is where somebody prepares what they propose.
  if (account === 'llmunix' && name === 'system-volumes') {
    return { kind: 'system' };
  }
  if (name === ANY_TEAM) {
    return SOME_TEAM;
  }
  const team = /^llmunix-team-([\w-]+)$/.exec(name)?.[1];
  return team === undefined ? { kind: 'user', id: person } : { kind: 'team', id: team };
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
    WRONG_USAGE
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
  requireNamed(owner);
  if (owner.kind === 'user') {
    requireAccess(actor, owner, { verb: 'write', path: 'evolution/runs.jsonl' });
  } else if (!asJob) {
    const isMember =
      owner.kind === 'team' && actor.kind === 'user' && actor.teams.includes(owner.id);
    if (!isMember) {
      throw new CommandFailure(
        owner.kind === 'team'
          ? `You are not a member of the team ${owner.id}. Add it in LLMOS_TEAMS, or add ` +
              `--as-job where a server runs its job.${countsAs(owner)}`
          : 'The system library is changed by its job alone. Add --as-job where a server runs it.',
        REFUSED
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
  requireNamed(owner);
  const verdict = canAccess(actor, owner, action);
  if (!verdict.allowed) {
    const reason = reasonHere(actor, verdict.why) ?? verdict.reason;
    throw new CommandFailure(`${reason}${countsAs(owner)}`, REFUSED);
  }
}

/** Where the site's profile decides who somebody is: what decides it here. */
function reasonHere(actor: Actor, why: Refusal | undefined): string | null {
  if (why?.code === 'no-member') {
    return `You are not a member of the team ${why.team}. If you are, set LLMOS_TEAMS=${why.team}.`;
  }
  if (why?.code === 'others-volume') {
    const { owner } = why;
    const taken = actor.kind === 'user' ? `, and you count as ${actor.id} here` : '';
    return (
      `This volume belongs to ${owner}${taken}. If you are ${owner}, set LLMOS_USER=${owner}, ` +
      `or run: git config --global llmos.user ${owner}. Else ask them to share it with a team.`
    );
  }
  return null;
}

/** How somebody learns why a clone is not their own, and says it where it is. */
function countsAs(owner: VolumeOwner): string {
  if (owner.kind === 'user') {
    return '';
  }
  const whose = owner.kind === 'team' ? `team:${owner.id}` : owner.kind;
  return ` (The volume counts as ${whose}, by its remote's name or ${OWNER_KEY} of Git's configuration.)`;
}

async function config(folder: string, key: string): Promise<string | undefined> {
  return (await gitIn(folder).getConfig(key)).value ?? undefined;
}
