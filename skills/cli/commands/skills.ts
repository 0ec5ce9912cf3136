import { readFile } from 'node:fs/promises';
import {
  layerSkills,
  searchSkills,
  type ILayeredLibrary,
  type IPort,
  type IProblem,
  type ISkill,
  type IVolumeSkills
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { CommandFailure } from '../failure';
import { count, printJson, printLine, printTable } from '../output';
import { defaultVolumes, readSkills } from '../skillFiles';

interface IOptions {
  readonly json?: boolean;
  readonly errorsOnly?: boolean;
  readonly volume?: readonly string[];
  readonly limit?: string;
}

/** `llmos skills check|list|search|show`. */
export function addSkillsCommand(program: Command): void {
  const skills = program.command('skills').description('Check, list and find skills.');
  skills
    .command('check')
    .description('Say what is wrong with a skill file, a folder of skills or a volume.')
    .argument('<path>', 'file, folder or volume')
    .option('--json', 'print JSON')
    .option('--errors-only', 'leave warnings out')
    .action(check);
  skills
    .command('list')
    .description('List the skills of a folder or volume.')
    .argument('[path]', 'file, folder or volume (default: the system library)')
    .option('--json', 'print JSON')
    .action(list);
  withVolume(skills.command('search'))
    .description('Rank skills for a question.')
    .argument('<query...>', 'what is looked for')
    .option('--limit <n>', 'at most so many answers', '20')
    .option('--json', 'print JSON')
    .action(search);
  withVolume(skills.command('show'))
    .description('Print one skill.')
    .argument('<id>', 'id or alias of the skill')
    .option('--json', 'print JSON')
    .action(show);
}

function withVolume(command: Command): Command {
  return command.option(
    '--volume <dir>',
    'folder or volume, nearest first when given several times (default: the system library)',
    (path: string, paths: readonly string[] | undefined) => [...(paths ?? []), path]
  );
}

async function check(path: string, options: IOptions): Promise<void> {
  const { skills, problems: all } = await readSkills(path);
  const problems = all.filter(
    problem => !options.errorsOnly || problem.severity === 'error'
  );
  const ok = problems.length === 0;
  if (options.json) {
    printJson({
      ok,
      skills: skills.map(({ skill, path: file }) => summary(skill, file)),
      problems: problems.map(toRecord)
    });
  } else {
    for (const problem of problems) {
      printLine(`${problem.file}:${problem.line}: ${problem.severity} ${problem.code}`);
      printLine(`    ${problem.message}`);
    }
    printLine(
      `${count(skills.length, 'skill')}, ${count(problems.length, 'problem')}.`
    );
  }
  process.exitCode = ok ? 0 : 1;
}

function toRecord(problem: IProblem): Record<string, unknown> {
  const { file, line, code, severity, message } = problem;
  return { file, line, code, severity, message };
}

/** What `check` and `list` tell programs of a skill. */
function summary(skill: ISkill, file: string): Record<string, unknown> {
  const { id, kind, name, description, category } = skill;
  const runs = skill.kind === 'executable';
  return {
    id,
    kind,
    type: runs ? skill.type : null,
    inputs: runs ? skill.inputs : [],
    outputs: runs ? skill.outputs : [],
    name,
    description,
    category,
    file
  };
}

async function list(path: string | undefined, options: IOptions): Promise<void> {
  const library = await readLibrary(path === undefined ? undefined : [path]);
  const { problems } = library;
  const entries = library.skills;
  if (options.json) {
    printJson({
      ok: problems.length === 0,
      skills: entries.map(({ file, volume, shadows }) => ({
        ...summary(file.skill, file.path),
        volume,
        shadows
      })),
      problems: problems.map(toRecord)
    });
    return;
  }
  printTable(
    entries.map(({ file: { skill } }) => [
      skill.id,
      skill.kind === 'executable' ? skill.type : 'context',
      skill.category,
      skill.description
    ])
  );
  const more =
    problems.length > 0
      ? ` ${count(problems.length, 'problem')}: see "skills check".`
      : '';
  printLine(`${count(entries.length, 'skill')}.${more}`);
}

interface ILibrary extends ILayeredLibrary {
  readonly problems: readonly IProblem[];
}

async function readLibrary(paths: readonly string[] | undefined): Promise<ILibrary> {
  const volumes: IVolumeSkills[] = [];
  const problems: IProblem[] = [];
  for (const volume of paths ?? defaultVolumes()) {
    const checked = await readSkills(volume);
    volumes.push({ volume, skills: checked.skills });
    problems.push(...checked.problems);
  }
  return { ...layerSkills(volumes), problems };
}

async function search(words: readonly string[], options: IOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new CommandFailure(
      `--limit needs a whole number from 1, not "${options.limit ?? ''}".`,
      2
    );
  }
  const library = await readLibrary(options.volume);
  const skills = library.skills.map(({ file }) => file.skill);
  const query = words.join(' ');
  const matches = searchSkills(skills, query, limit);
  if (options.json) {
    printJson(
      matches.map(({ id, score }) => ({
        id,
        score: Number(score.toFixed(4)),
        name: library.get(id)?.file.skill.name
      }))
    );
    return;
  }
  printTable(
    matches.map(({ id, score }) => [
      score.toFixed(1).padStart(6),
      id,
      library.get(id)?.file.skill.description ?? ''
    ])
  );
  if (matches.length === 0) {
    printLine(`No skill matches "${query}".`);
  }
}

async function show(id: string, options: IOptions): Promise<void> {
  const library = await readLibrary(options.volume);
  const entry = library.get(id);
  if (!entry) {
    const skills = library.skills.map(({ file }) => file.skill);
    const near = searchSkills(skills, id, 3).map(match => match.id);
    const hint = near.length > 0 ? ` Near it: ${near.join(', ')}.` : '';
    throw new CommandFailure(`There is no skill "${id}".${hint}`);
  }
  const { skill, path } = entry.file;
  if (options.json) {
    printJson({ ...skill, file: path, volume: entry.volume, shadows: entry.shadows });
    return;
  }
  printLine(`${skill.name} (${skill.id})`);
  printLine(skill.description);
  if (skill.kind === 'executable') {
    printPorts('Inputs', skill.inputs);
    printPorts('Outputs', skill.outputs);
  }
  printLine();
  printLine(path);
  printLine();
  process.stdout.write(await readFile(path, 'utf8'));
}

function printPorts(title: string, ports: readonly IPort[]): void {
  printLine();
  printLine(`${title}:`);
  printTable(
    ports.map(port => [
      `  ${port.name}`,
      port.unit === undefined ? port.type : `${port.type} in ${port.unit}`,
      port.required
        ? 'required'
        : port.default === undefined
          ? ''
          : `default ${JSON.stringify(port.default)}`,
      port.description ?? ''
    ])
  );
}
