/** Which skills of a team have earned a place for everybody (R7.4). */
import type { ITrace } from '../session/trace';
import { minedOf } from './propose';
import { NOBODY } from './traceFile';

/** A team's skill as it is now. */
export interface ITeamSkill {
  readonly id: string;
  /** `sha256:` of its file: only runs of this version speak for it. */
  readonly version: string;
  /** Name of the team's volume. */
  readonly volume: string;
}

/** A skill worth proposing, and what speaks for it. */
export interface IPromotable extends ITeamSkill {
  /** People who used it with success. */
  readonly users: number;
  readonly runs: number;
  /** Share of the runs that succeeded. */
  readonly success: number;
}

/** What speaks for a skill, as the settings say. */
export interface IPromotableOptions {
  readonly minPeople: number;
  /** Share from 0 to 1. */
  readonly minSuccess: number;
}

/**
 * Skills that enough people have used with success, the most used first. As for what is
 * learned, the points of a sweep are no runs of a person.
 */
export function findPromotable(
  traces: readonly ITrace[],
  skills: readonly ITeamSkill[],
  { minPeople, minSuccess }: IPromotableOptions
): readonly IPromotable[] {
  const uses = new Map<string, { users: Set<string>; runs: number; good: number }>();
  const seen = new Set<string>();
  for (const { id, user, nodes } of minedOf(traces)) {
    // A session that was copied to a team is there twice.
    if (seen.has(id)) {
      continue;
    }
    seen.add(id);
    for (const { skill, version, status } of nodes) {
      if (skill !== null && (status === 'success' || status === 'failed')) {
        const key = `${skill} ${version}`;
        const use = uses.get(key) ?? { users: new Set(), runs: 0, good: 0 };
        use.runs += 1;
        if (status === 'success') {
          use.good += 1;
          use.users.add(user);
        }
        uses.set(key, use);
      }
    }
  }
  uses.forEach(({ users }) => users.delete(NOBODY));
  return skills
    .flatMap((skill): IPromotable[] => {
      const use = uses.get(`${skill.id} ${skill.version}`);
      const success = use ? use.good / use.runs : 0;
      return use && use.users.size >= minPeople && success >= minSuccess
        ? [{ ...skill, users: use.users.size, runs: use.runs, success }]
        : [];
    })
    .sort((a, b) => b.users - a.users || b.runs - a.runs || (a.id < b.id ? -1 : 1));
}
