import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  packFolder,
  skillPath,
  toAgentSkill,
  withoutLogin,
  type IFileChange,
  type IImportedSkill,
  type IIncomingFile
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { absent } from '../absent';
import { applyChanges } from '../applyChanges';
import { withFolders } from '../checkedOut';
import { cloneIn } from '../clone';
import { nothingOr } from '../git/nothingOr';
import { filesBeside } from '../skillFilesBeside';
import { CommandFailure } from '../failure';
import { readRepository, readSource } from '../incoming';
import { listAdvice, readLibrary } from '../library';
import { VOLUME_HELP } from '../options';
import { count, printJson, printLine } from '../output';
import { defaultVolumes, volumeOr } from '../places';
import { besidePath, pathsOfSkill, removalsFor } from '../skillPaths';
import { writeWhole } from '../writeWhole';

interface IImportOptions {
  readonly volume?: string;
  readonly folder?: string;
  readonly replace?: boolean;
  readonly commit: boolean;
  readonly allowSecrets?: boolean;
  readonly json?: boolean;
}

/** `llmos skills import|export`: skills to and from the layout of Agent Skills. */
export function addSkillTransfer(skills: Command): void {
  skills
    .command('import')
    .description(
      'Copy skills from a folder, a file, a zip or a Git repository, and commit them.'
    )
    .argument('<source>', 'folder, skill file, zip, or address of a Git repository')
    .option('--volume <dir>', `where they go: ${VOLUME_HELP}`)
    .option('--folder <path>', 'only this folder of a Git repository')
    .option('--replace', 'take the place of skills with the same id')
    .option('--no-commit', 'write the files only')
    .option('--allow-secrets', 'commit also what looks like a secret')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos skills import https://example.org/skills.git --volume .'
    )
    .action(importSkills);
  skills
    .command('export')
    .description('Write a skill as a folder with SKILL.md, as Agent Skills have it.')
    .argument('<id>', 'id of the skill')
    .requiredOption(
      '-o, --output <dir>',
      'folder in which the skill gets its own folder'
    )
    .option('--replace', 'write over files there that differ')
    .option(
      '--volume <dir>',
      'volume or bare repository (default: LLMOS_VOLUMES_PATH or the system library)'
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ llmos skills export quantum-vqe -o ~/skills')
    .action(exportSkill);
}

async function importSkills(from: string, options: IImportOptions): Promise<void> {
  const volume = volumeOr(options.volume);
  const { skills, problems } = isAddress(from)
    ? await readRepository(from, options.folder ?? '')
    : await readSource(from);
  const source = withoutLogin(from);
  if (skills.length === 0) {
    const [first] = problems;
    throw new CommandFailure(
      first
        ? `${first.file}:${first.line}: ${first.message}`
        : `${source} holds no skill: no SKILL.md, and no Markdown file with front matter.`
    );
  }
  const place = { folder: volume, clone: await cloneIn(volume) };
  const taken: string[] = [];
  for (const { id } of skills) {
    if ((await pathsOfSkill(place, id)).length > 0) {
      taken.push(id);
    }
  }
  if (taken.length > 0 && !options.replace) {
    throw new CommandFailure(
      `${volume} has ${taken.join(', ')} already. Add --replace to take their place.`
    );
  }
  const changes = skills.flatMap(toChanges);
  const given = changes.map(({ path }) => path);
  for (const id of taken) {
    changes.push(...(await removalsFor(place, id, given, options.commit)));
  }
  const commit = await applyChanges(volume, {
    changes,
    message: `skill: Import ${skills.map(({ id }) => id).join(', ')}\n\nFrom ${source}`,
    allowSecrets: options.allowSecrets === true,
    commit: options.commit
  }).catch(nothingOr);
  if (options.json) {
    printJson({
      skills: skills.map(({ id, name }) => ({ id, name })),
      problems,
      commit
    });
  } else {
    problems.forEach(({ file, line, message }) =>
      printLine(`${file}:${line}: ${message}`)
    );
    skills.forEach(({ id, name }) => printLine(`${id}  ${name}`));
    printLine(
      options.commit && place.clone && commit === null
        ? `Nothing to import: ${volume} has the same ${count(skills.length, 'skill')} already.`
        : `Imported ${count(skills.length, 'skill')}.`
    );
  }
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function toChanges({ id, text, beside }: IImportedSkill): readonly IFileChange[] {
  return [
    { path: skillPath(id), content: new TextEncoder().encode(text) },
    ...beside.map(({ path, bytes }) => ({
      path: besidePath(id, path),
      content: bytes
    }))
  ];
}

function isAddress(source: string): boolean {
  return /^(?:[a-z+]+:\/\/|[^/@\s]+@[^/:\s]+:)/i.test(source);
}

interface IExportOptions {
  readonly output: string;
  readonly volume?: string;
  readonly replace?: boolean;
  readonly json?: boolean;
}

async function exportSkill(id: string, options: IExportOptions): Promise<void> {
  const volumes = options.volume === undefined ? defaultVolumes() : [options.volume];
  const { skill, files } = await withFolders(volumes, async folders => {
    const entry = (await readLibrary(folders)).get(id);
    if (!entry) {
      throw new CommandFailure(
        `There is no skill "${id}". ${listAdvice(options.volume)}`
      );
    }
    const beside = await filesBeside([entry.path])(entry.path);
    const packed = packFolder(
      toAgentSkill(entry.text, skillPath(entry.skill.id)),
      Object.entries(beside).map(([path, bytes]) => ({ path, bytes })),
      text => new TextEncoder().encode(text)
    );
    return { skill: entry.skill, files: packed };
  });
  const places = files.map(({ path, bytes }) => ({
    path: join(options.output, path),
    bytes
  }));
  if (!options.replace) {
    await refuseOthers(places);
  }
  for (const { path, bytes } of places) {
    await writeWhole(path, bytes);
  }
  const written = places.map(({ path }) => path);
  if (options.json) {
    printJson({ id: skill.id, files: written });
  } else {
    written.forEach(path => printLine(path));
  }
}

/**
 * Stops before anything is written where files stand that a person may have edited.
 *
 * @throws CommandFailure that names them
 */
async function refuseOthers(files: readonly IIncomingFile[]): Promise<void> {
  const others: string[] = [];
  for (const { path, bytes } of files) {
    const there = await readFile(path).catch(absent);
    if (there && !there.equals(bytes)) {
      others.push(path);
    }
  }
  if (others.length > 0) {
    throw new CommandFailure(
      `Nothing was written: ${others.join(', ')} ` +
        `${others.length === 1 ? 'has' : 'have'} other content there. ` +
        'Add --replace to write over it.'
    );
  }
}
