import { parseSkill } from './parse';
import { createReport } from './problems';
import type { IProblem, ISkill } from './skill';

/** A file as read from a volume. */
export interface ISkillFile {
  readonly path: string;
  readonly text: string;
}

/** The skills of one folder and everything wrong with its files. */
export interface ICheckedSkills {
  readonly skills: readonly { readonly path: string; readonly skill: ISkill }[];
  readonly problems: readonly IProblem[];
}

/**
 * Reads the skill files of one volume. A malformed file costs only itself; an id that two
 * files claim goes to the first in the order of paths.
 */
export function checkSkills(files: readonly ISkillFile[]): ICheckedSkills {
  const sorted = [...files].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  );
  const skills: { path: string; skill: ISkill }[] = [];
  const problems: IProblem[] = [];
  const owners = new Map<string, string>();
  for (const { path, text } of sorted) {
    const parsed = parseSkill(text, path);
    problems.push(...parsed.problems);
    if (!parsed.skill) {
      continue;
    }
    const { id } = parsed.skill;
    const owner = owners.get(id);
    if (owner === undefined) {
      owners.set(id, path);
      skills.push({ path, skill: parsed.skill });
    } else {
      const report = createReport(path);
      report.add(
        'duplicate-id',
        keyLine(text, 'skill_id'),
        `The id "${id}" is taken by ${owner}.`,
        'Write another skill_id, or remove one of the two files.'
      );
      problems.push(...report.problems);
    }
  }
  return { skills, problems: [...problems, ...checkAliases(skills, sorted, owners)] };
}

function checkAliases(
  skills: ICheckedSkills['skills'],
  files: readonly ISkillFile[],
  owners: ReadonlyMap<string, string>
): readonly IProblem[] {
  const problems: IProblem[] = [];
  const taken = new Map(owners);
  for (const { path, skill } of skills) {
    for (const alias of skill.aliases) {
      const owner = taken.get(alias);
      if (owner !== undefined && owner !== path) {
        const text = files.find(file => file.path === path)?.text ?? '';
        const report = createReport(path);
        report.add(
          'alias-taken',
          keyLine(text, 'aliases'),
          `The alias "${alias}" belongs to ${owner} already.`,
          'Remove it from one of the two files.'
        );
        problems.push(...report.problems);
      }
      taken.set(alias, owner ?? path);
    }
  }
  return problems;
}

/** 1-based line of a top-level key; 1 when the file does not write it. */
function keyLine(text: string, key: string): number {
  const lines = text.split('\n');
  return Math.max(1, lines.findIndex(line => line.startsWith(`${key}:`)) + 1);
}
