import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  formatPromotion,
  isDraft,
  isSkillId,
  newSkillText,
  parseSkill,
  skillChangeMessage,
  skillPath,
  SKILL_TYPES,
  type NewSkillKind
} from '@llmos-lab/skills';
import type { Command } from 'commander';
import { applyChanges } from '../applyChanges';
import { withFolders } from '../checkedOut';
import { cloneIn, openClone } from '../clone';
import { filesBeside } from '../skillFilesBeside';
import { CommandFailure, WRONG_USAGE } from '../failure';
import { requireNamed, volumeName, volumeTitle } from '../identity';
import { listAdvice, readLibrary, type ILibraryEntry } from '../library';
import { VOLUME_HELP } from '../options';
import { printJson, printLine } from '../output';
import { volumeOr } from '../places';
import { sha256 } from '../sha256';
import { besidePath, pathsOfSkill, removalsFor } from '../skillPaths';

interface ICreateOptions {
  readonly volume?: string;
  readonly type: string;
  readonly name?: string;
  readonly from?: string;
  readonly commit: boolean;
  readonly allowSecrets?: boolean;
  readonly json?: boolean;
}

/** `llmos skills create|promote`: each change is a commit in its volume. */
export function addSkillChanges(skills: Command): void {
  skills
    .command('create')
    .description('Make a new skill that runs as it is, and commit it.')
    .argument('<id>', 'small letters, digits and hyphens')
    .option('--volume <dir>', VOLUME_HELP)
    .option('--type <type>', `context or ${SKILL_TYPES.join(', ')}`, 'python-wasm')
    .option('--name <name>', 'name for people (default: the id)')
    .option('--from <file>', 'take this skill file instead of a template')
    .option('--no-commit', 'write the file only')
    .option('--allow-secrets', 'commit also what looks like a secret')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos skills create low-pass --type ngspice --volume .'
    )
    .action(create);
  skills
    .command('promote')
    .description('Bring a skill into a volume of more people, with the reason.')
    .argument('<id>', 'id of the skill')
    .requiredOption('--to <dir>', 'clone of the volume that it goes to')
    .requiredOption('--reason <text>', 'why, for those who use it')
    .option('--volume <dir>', `where it is: ${VOLUME_HELP}`)
    .option('--allow-secrets', 'commit also what looks like a secret')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ llmos skills promote low-pass --volume ~/me --to ~/team ' +
        "--reason 'used in three projects'"
    )
    .action(promote);
}

async function create(id: string, options: ICreateOptions): Promise<void> {
  if (!isSkillId(id)) {
    throw new CommandFailure(
      `"${id}" is no id of a skill. Use 1 to 64 small letters, digits and hyphens, ` +
        'with a letter or digit first.',
      WRONG_USAGE
    );
  }
  const volume = volumeOr(options.volume);
  const path = skillPath(id);
  const place = { folder: volume, clone: await cloneIn(volume) };
  if ((await pathsOfSkill(place, id)).length > 0) {
    throw new CommandFailure(`${volume} has a skill "${id}" already.`);
  }
  const text = await newText(id, options);
  const { skill, problems } = parseSkill(text, path);
  const fault = problems.find(({ severity }) => severity === 'error');
  if (!skill || fault) {
    const { line = 1, message = 'it cannot be read.' } = fault ?? {};
    throw new CommandFailure(`${options.from ?? path}:${line}: ${message}`);
  }
  const commit = await applyChanges(volume, {
    changes: [{ path, content: encode(text) }],
    message: skillChangeMessage(path, null, text),
    allowSecrets: options.allowSecrets === true,
    commit: options.commit
  });
  const isPlain = options.commit && place.clone === null;
  const but = isPlain ? `, not committed: ${volume} is not a Git repository` : '';
  tell(options, { id: skill.id, path, commit }, `Made ${path}${but}`);
}

async function newText(
  id: string,
  { from, type, name = id }: ICreateOptions
): Promise<string> {
  if (from === undefined) {
    return newSkillText(id, name, readType(type));
  }
  return readFile(from, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${from} cannot be read: ${error.message}.`, WRONG_USAGE);
  });
}

function readType(text: string): NewSkillKind {
  const kinds: readonly NewSkillKind[] = ['context', ...SKILL_TYPES];
  const found = kinds.find(
    kind => kind === text || (text === 'spice' && kind === 'ngspice')
  );
  if (!found) {
    throw new CommandFailure(
      `--type must be one of ${kinds.join(', ')}; found "${text}".`,
      WRONG_USAGE
    );
  }
  return found;
}

interface IPromoteOptions {
  readonly to: string;
  readonly reason: string;
  readonly volume?: string;
  readonly allowSecrets?: boolean;
  readonly json?: boolean;
}

async function promote(id: string, options: IPromoteOptions): Promise<void> {
  const from = volumeOr(options.volume);
  const target = await openClone(options.to);
  const source = await cloneIn(from);
  [source, target].forEach(each => each && requireNamed(each.owner, each.folder));
  const found = await withFolders([from], ([folder = from]) => readOne(folder, id));
  if (!found) {
    throw new CommandFailure(`${from} has no skill "${id}". ${listAdvice(from)}`);
  }
  const { entry, own, beside } = found;
  if (isDraft(entry.text)) {
    throw new CommandFailure(
      `Nobody has reviewed ${skillPath(id)} since it was applied automatically. Accept it in ` +
        'the Evolution panel of the site, or take its line "learned_draft: true" out.'
    );
  }
  if (options.reason.trim() === '') {
    throw new CommandFailure(
      '--reason must say why: others will read it.',
      WRONG_USAGE
    );
  }
  const { path } = own;
  const files = [own, ...beside];
  const place = { folder: target.folder, clone: target };
  const given = files.map(each => each.path);
  const changes = [...(await removalsFor(place, entry.skill.id, given, true))];
  for (const file of files) {
    const there = await target.store.read(file.path);
    if (!there || Buffer.compare(there, file.content) !== 0) {
      changes.push(file);
    }
  }
  if (changes.length === 0) {
    throw new CommandFailure(`${options.to} has this version of "${id}" already.`);
  }
  const replaced =
    (await target.store.read(path)) ??
    (await target.store.read(besidePath(entry.skill.id, 'SKILL.md')));
  const commit = await applyChanges(resolve(options.to), {
    changes,
    message: formatPromotion({
      ...{ action: 'promote', skill: entry.skill.id, version: sha256(own.content) },
      from: source ? volumeName(source.owner) : 'user',
      to: await volumeTitle(target.folder, target.owner),
      fromCommit: (await source?.store.head()) ?? '',
      by: target.profile.id,
      replaces: replaced ? sha256(replaced) : '',
      reason: options.reason
    }),
    action: { verb: 'promote' },
    allowSecrets: options.allowSecrets === true,
    commit: true
  });
  tell(options, { id: entry.skill.id, path, commit }, `Promoted ${entry.skill.id}`);
}

/** A skill of a volume, and what is written of it in another. */
interface IFound {
  readonly entry: ILibraryEntry;
  readonly own: IWritten;
  readonly beside: readonly IWritten[];
}

interface IWritten {
  readonly path: string;
  readonly content: Uint8Array;
}

async function readOne(folder: string, id: string): Promise<IFound | null> {
  const entry = (await readLibrary([folder])).get(id);
  if (!entry) {
    return null;
  }
  const beside = Object.entries(await filesBeside([entry.path])(entry.path));
  return {
    entry,
    // Its text: what an export has written is read as what it is only in a SKILL.md.
    own: { path: skillPath(entry.skill.id), content: encode(entry.text) },
    beside: beside.map(([name, content]) => ({
      path: besidePath(entry.skill.id, name),
      content
    }))
  };
}

function tell(
  { json }: { readonly json?: boolean },
  result: {
    readonly id: string;
    readonly path: string;
    readonly commit: string | null;
  },
  what: string
): void {
  if (json) {
    printJson(result);
  } else {
    const { commit } = result;
    printLine(commit === null ? `${what}.` : `${what} (${commit.slice(0, 8)}).`);
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
