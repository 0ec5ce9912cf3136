import { fromAgentSkill } from './agentSkill';
import { idFromPath, parseSkill } from './parse';
import { skillPath } from './place';
import { createReport } from './problems';
import type { IProblem, ISkill } from './skill';

/** A file as read from a volume. */
export interface ISkillFile {
  readonly path: string;
  readonly text: string;
}

/** A file with what `parseSkill` made of it. */
export interface IParsedFile extends ISkillFile {
  readonly skill: ISkill | null;
  readonly problems: readonly IProblem[];
}

/** The skills of one folder and everything wrong with its files. */
export interface ICheckedSkills<T extends ISkillFile = ISkillFile> {
  readonly skills: readonly (T & { readonly skill: ISkill })[];
  readonly problems: readonly IProblem[];
}

/**
 * Reads the skill files of one volume, those that an export has written as an import does. A
 * malformed file costs only itself; an id that two files claim goes to the first in the order
 * of paths.
 */
export function checkSkills(files: readonly ISkillFile[]): ICheckedSkills {
  const { skills, problems } = checkParsed(files.map(parseSkillFile));
  return {
    skills: skills.map(({ path, text, skill }) => ({ path, text, skill })),
    problems
  };
}

/**
 * Reads a skill file of a volume; one that an export has written, `<folder>/SKILL.md`, as
 * what it is. Its text is then that from which it was made; the lines are the file's.
 */
export function parseSkillFile({ path, text }: ISkillFile): IParsedFile {
  const given = { path, text, ...parseSkill(text, path) };
  if (!given.skill || !/(?:^|[/\\:])skill\.md$/i.test(path)) {
    return given;
  }
  const made = fromAgentSkill(text, idFromPath(path));
  if (made.text === text) {
    return given;
  }
  const { skill, problems } = parseSkill(made.text, skillPath(made.id));
  // What was kept is the end of the front matter, so all of it lies as far above.
  const above = lines(text) - lines(made.text);
  return {
    ...{ path, text: made.text },
    skill:
      skill?.kind === 'executable'
        ? { ...skill, codeLine: skill.codeLine + above }
        : skill,
    problems: problems.map(problem => ({
      ...problem,
      file: path,
      line: Math.max(problem.line + above, 1)
    }))
  };
}

function lines(text: string): number {
  return text.split('\n').length;
}

/** Does the same for files that have been parsed already. */
export function checkParsed<T extends IParsedFile>(
  files: readonly T[]
): ICheckedSkills<T> {
  const sorted = [...files].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  );
  const skills: (T & { readonly skill: ISkill })[] = [];
  const problems: IProblem[] = [];
  const owners = new Map<string, string>();
  for (const file of sorted) {
    const { path, text, skill } = file;
    problems.push(...file.problems);
    if (!skill) {
      continue;
    }
    const { id } = skill;
    const owner = owners.get(id);
    if (owner === undefined) {
      owners.set(id, path);
      skills.push({ ...file, skill });
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
  return { skills, problems: [...problems, ...checkAliases(skills, owners)] };
}

function checkAliases(
  skills: ICheckedSkills['skills'],
  owners: ReadonlyMap<string, string>
): readonly IProblem[] {
  const problems: IProblem[] = [];
  const taken = new Map(owners);
  for (const { path, text, skill } of skills) {
    for (const alias of skill.aliases) {
      const owner = taken.get(alias);
      if (owner !== undefined && owner !== path) {
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
