import { readFile } from 'node:fs/promises';
import {
  closest,
  limitsText,
  searchSkills,
  type IPort,
  type IProblem,
  type ISkill
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { withFolders, type Named } from '../checkedOut';
import { CommandFailure } from '../failure';
import { findSkills, listAdvice, type IFoundSkills } from '../library';
import { collect, readCount } from '../options';
import { count, printJson, printLine, printTable, printText } from '../output';
import { defaultVolumes } from '../places';
import { readSkills } from '../skillFiles';
import { addSkillChanges } from './skillChanges';
import { addSkillTransfer } from './skillTransfer';

interface IOptions {
  readonly json?: boolean;
  readonly errorsOnly?: boolean;
  readonly volume?: readonly string[];
  readonly limit?: string;
}

/** `llmos skills`: what asks stands here, what changes in `skillChanges` and `skillTransfer`. */
export function addSkillsCommand(program: Command): void {
  const skills = program
    .command('skills')
    .description('Check, list, find, make and move skills.');
  skills
    .command('check')
    .description('Say what is wrong with a skill file, a folder of skills or a volume.')
    .argument('<path>', 'file, folder, volume or bare repository')
    .option('--json', 'print JSON')
    .option('--errors-only', 'leave warnings out')
    .addHelpText('after', '\nExample:\n  $ llmos skills check skills/ --errors-only')
    .action(check);
  skills
    .command('list')
    .description('List the skills of a folder or volume.')
    .argument(
      '[path]',
      'file, folder, volume or bare repository (default: the system library)'
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos skills list ~/llmunix-user-ana')
    .action(list);
  withVolume(skills.command('search'))
    .description('Rank skills for a question.')
    .argument('<query...>', 'what is looked for')
    .option('--limit <n>', 'at most so many answers', '20')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos skills search ground state energy')
    .action(search);
  withVolume(skills.command('show'))
    .description('Print one skill.')
    .argument('<id>', 'id or alias of the skill')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos skills show quantum-vqe --json')
    .action(show);
  addSkillChanges(skills);
  addSkillTransfer(skills);
}

function withVolume(command: Command): Command {
  return command.option(
    '--volume <dir>',
    'folder, volume or bare repository, nearest first when given several times ' +
      '(default: the system library)',
    collect
  );
}

async function check(path: string, options: IOptions): Promise<void> {
  const {
    named,
    skills,
    problems: all
  } = await withFolders([path], async ([folder = path], told) => ({
    named: told,
    ...(await readSkills(folder))
  }));
  const problems = all.filter(
    problem => !options.errorsOnly || problem.severity === 'error'
  );
  const ok = problems.length === 0;
  if (options.json) {
    printJson({
      ok,
      skills: skills.map(({ skill, path: file }) => summary(skill, named(file))),
      problems: problems.map(problem => toRecord(problem, named))
    });
  } else {
    for (const problem of problems) {
      const { line, severity, code } = problem;
      printLine(`${named(problem.file)}:${line}: ${severity} ${code}`);
      printLine(`    ${problem.message}`);
    }
    printLine(
      `${count(skills.length, 'skill')}, ${count(problems.length, 'problem')}.`
    );
  }
  process.exitCode = ok ? 0 : 1;
}

function toRecord(problem: IProblem, named: Named): Record<string, unknown> {
  const { file, line, code, severity, message } = problem;
  return { file: named(file), line, code, severity, message };
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

/** Where a skill in force stands, and what it hides. */
function placeOf(
  { volume, shadows }: Pick<IFoundSkills['skills'][number], 'volume' | 'shadows'>,
  named: Named
): Record<string, unknown> {
  return {
    volume: named(volume),
    shadows: shadows.map(each => ({
      volume: named(each.volume),
      path: named(each.path)
    }))
  };
}

async function list(path: string | undefined, options: IOptions): Promise<void> {
  const { named, problems, entries } = await withFolders(
    path === undefined ? defaultVolumes() : [path],
    async (folders, told) => {
      const found = await findSkills(folders);
      return { named: told, problems: found.problems, entries: found.skills };
    }
  );
  const ok = problems.length === 0;
  process.exitCode = ok ? 0 : 1;
  if (options.json) {
    printJson({
      ok,
      skills: entries.map(({ file, volume, shadows }) => ({
        ...summary(file.skill, named(file.path)),
        ...placeOf({ volume, shadows }, named)
      })),
      problems: problems.map(problem => toRecord(problem, named))
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
  const more = ok ? '' : ` ${count(problems.length, 'problem')}: see "skills check".`;
  printLine(`${count(entries.length, 'skill')}.${more}`);
}

async function search(words: readonly string[], options: IOptions): Promise<void> {
  const limit = readCount('--limit', options.limit ?? '');
  const library = await withFolders(options.volume ?? defaultVolumes(), findSkills);
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

function show(id: string, options: IOptions): Promise<void> {
  return withFolders(options.volume ?? defaultVolumes(), (folders, named) =>
    showOne(id, options, { folders, named })
  );
}

async function showOne(
  id: string,
  options: IOptions,
  { folders, named }: { readonly folders: readonly string[]; readonly named: Named }
): Promise<void> {
  const library = await findSkills(folders);
  const entry = library.get(id);
  if (!entry) {
    const near = nearIds(
      id,
      library.skills.map(({ file }) => file.skill.id)
    );
    const hint = near.length > 0 ? ` Near it: ${near.join(', ')}.` : '';
    const [only] = options.volume?.length === 1 ? options.volume : [];
    throw new CommandFailure(`There is no skill "${id}".${hint} ${listAdvice(only)}`);
  }
  const { skill, path } = entry.file;
  if (options.json) {
    printJson({ ...skill, file: named(path), ...placeOf(entry, named) });
    return;
  }
  printLine(`${skill.name} (${skill.id})`);
  printLine(skill.description);
  if (skill.kind === 'executable') {
    printPorts('Inputs', skill.inputs);
    printPorts('Outputs', skill.outputs);
  }
  printLine();
  printLine(named(path));
  printLine();
  printText(await readFile(path, 'utf8'));
}

/** Ids that hold what was asked for, else the one that it may be a slip of. */
function nearIds(id: string, ids: readonly string[]): readonly string[] {
  const holding = ids.filter(each => each.includes(id.toLowerCase()));
  const near = closest(id, ids);
  return holding.length > 0 || near === undefined ? holding.slice(0, 3) : [near];
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
      limitsText(port),
      port.description ?? ''
    ])
  );
}
