/** Who works in this browser (requirement R5.9), and what follows from it. */
import { isRecord } from '../json';
import type { Actor, VolumeOwner } from './access';
import type { IAuthor } from './store';

/** What a person says of themselves; nothing of it is checked against a server. */
export interface IProfileFields {
  /** As it stands in commits. */
  readonly name: string;
  /** Short and lasting: owns the user volume and stands in sessions and traces. */
  readonly id: string;
  readonly email: string;
  /** Ids of teams, each once; their volumes are mounted in this order. */
  readonly teams: readonly string[];
}

/** One thing to mend in a profile, and where. */
export interface IProfileProblem {
  readonly field: keyof IProfileFields;
  readonly message: string;
}

/** Until somebody says who they are. */
export const NO_PROFILE: IProfileFields = {
  name: '',
  id: 'local',
  email: '',
  teams: []
};

const NAMELESS = { name: 'LLMos Lab user', email: 'user@localhost' };
const USER_ID = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;
const TEAM_ID = /^[a-z0-9](?:[a-z0-9-]{0,37}[a-z0-9])?$/;
/** Most teams at once: each is a volume that is read at start. */
const MAX_TEAMS = 20;

/** A profile from settings or a file; what is missing or of another type is left empty. */
export function readProfile(value: unknown): IProfileFields {
  const fields = isRecord(value) ? value : {};
  const text = (key: string): string => {
    const found = fields[key];
    return typeof found === 'string' ? found.trim() : '';
  };
  const teams = Array.isArray(fields.teams) ? (fields.teams as unknown[]) : [];
  const names = teams.filter(team => typeof team === 'string');
  return {
    name: text('name'),
    id: text('id') || NO_PROFILE.id,
    email: text('email'),
    teams: [...new Set(names.map(team => team.trim()).filter(team => team !== ''))]
  };
}

/** What must be mended before a profile can be kept; empty when nothing must. */
export function profileProblems(profile: IProfileFields): readonly IProfileProblem[] {
  const problems: IProfileProblem[] = [];
  const { name, id, email, teams } = profile;
  if ([...name].length > 100 || /[<>\p{Cc}]/u.test(name)) {
    const message = 'Use at most 100 characters, without < and >.';
    problems.push({ field: 'name', message });
  }
  if (!USER_ID.test(id)) {
    const message =
      'Use 1 to 64 letters, digits, dots, hyphens or underscores, with a letter or ' +
      'digit first and last.';
    problems.push({ field: 'id', message });
  }
  if (email !== '' && !/^[^\s<>@]+@[^\s<>@]+$/.test(email)) {
    const message = 'Write it as name@example.org, or leave it empty.';
    problems.push({ field: 'email', message });
  }
  const bad = teams.find(team => !TEAM_ID.test(team));
  if (bad !== undefined) {
    const message = `"${bad}" is no team id. Use 1 to 39 small letters, digits or hyphens.`;
    problems.push({ field: 'teams', message });
  } else if (teams.length > MAX_TEAMS) {
    const message = `At most ${MAX_TEAMS} teams can be mounted at once.`;
    problems.push({ field: 'teams', message });
  }
  return problems;
}

/** The person as `canAccess` asks for them. */
export function profileActor({ id, teams }: IProfileFields): Actor {
  return { kind: 'user', id, teams };
}

/**
 * The author of a commit; Git's names have no angle brackets or line ends.
 *
 * @param now milliseconds since 1970
 */
export function profileAuthor(profile: IProfileFields, now: number): IAuthor {
  const clean = (text: string): string => text.replace(/[<>\n\r]/g, ' ').trim();
  return {
    name: clean(profile.name) || NAMELESS.name,
    email: clean(profile.email) || NAMELESS.email,
    time: Math.floor(now / 1000)
  };
}

const TEAM = 'team-';

/** Name of the drive of a team's volume. */
export function teamVolume(team: string): string {
  return `${TEAM}${team}`;
}

/** The team whose volume has a drive of this name; `null` for others. */
export function teamOf(volume: string): string | null {
  return volume.startsWith(TEAM) ? volume.slice(TEAM.length) || null : null;
}

/** Whose the volume of this drive is, for a person at this browser; `null` for others. */
export function volumeOwner(
  volume: string,
  profile: Pick<IProfileFields, 'id'>
): VolumeOwner | null {
  if (volume === 'user') {
    return { kind: 'user', id: profile.id };
  }
  if (volume === 'system') {
    return { kind: 'system' };
  }
  const team = teamOf(volume);
  return team === null ? null : { kind: 'team', id: team };
}
