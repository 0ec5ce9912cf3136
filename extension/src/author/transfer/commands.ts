import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { downloadIcon, fileUploadIcon } from '@jupyterlab/ui-components';
import {
  decodeBase64,
  formatSkill,
  packFolder,
  parseSkillFile,
  readImport,
  skillPath,
  toAgentSkill,
  type IImport,
  type IImportedSkill,
  type IIncomingFile
} from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { download } from '../../download';
import { STAYS } from '../../stays';
import { exists, makeFolders, USER_VOLUME } from '../../volumes/copyToUser';
import type { IAuthorContext } from '../context';
import { requireEntry } from '../manageCommands';
import { fileOfId, freeSkillId, idsOfFiles, newSkillPath } from '../newId';
import { readSkillFiles, replaceSkillFiles, writeSkillFiles } from '../skillFiles';
import { chooseFiles } from './chooseFiles';
import { isZip, readZip, writeZip } from './zip';

/** Adds the commands that bring skills in from elsewhere, and take them out. */
export function addTransferCommands(context: IAuthorContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.importSkills,
    {
      label: trans.__('Import skills…'),
      caption: trans.__('Import skills from a zip, a folder or Markdown files'),
      icon: fileUploadIcon,
      args: {
        files: {
          type: 'array',
          description: 'Zips, or the files of a folder; without it a dialog asks',
          items: {
            type: 'object',
            required: ['path', 'base64'],
            properties: { path: { type: 'string' }, base64: { type: 'string' } }
          }
        },
        existing: {
          type: 'string',
          enum: ['replace', 'rename', 'skip'],
          description: 'What to do with ids that exist; without it a dialog asks'
        }
      }
    },
    args => importSkills(context, args)
  );
  addCommand(
    context,
    CommandIDs.exportSkill,
    {
      label: trans.__('Export skill…'),
      caption: trans.__('Download as an Agent Skills folder in a zip'),
      icon: downloadIcon,
      args: {
        id: { type: 'string', description: 'Id of the skill' },
        folder: {
          type: 'string',
          description: 'Contents folder to write the skill to, instead of a download'
        }
      },
      required: ['id']
    },
    args => exportSkill(context, args)
  );
}

type Existing = 'replace' | 'rename' | 'skip';

async function importSkills(context: IAuthorContext, args: CommandArgs): Promise<void> {
  const { trans } = context;
  const files = filesOf(args) ?? (await chooseFiles(trans));
  if (!files) {
    return;
  }
  await importFound(context, readImport(files, { isZip, readZip }), args);
}

/** Writes what was found to the user's volume, asking about ids that are taken. */
export async function importFound(
  context: IAuthorContext,
  found: IImport,
  args: CommandArgs
): Promise<void> {
  const { library } = context;
  if (found.skills.length === 0) {
    throw new Error(nothingFound(context, found));
  }
  await library.ready;
  const names = await idsOfFiles(context.contents);
  const taken = found.skills.filter(
    ({ id }) => names.has(id) || ownPath(context, id) !== undefined
  );
  const existing =
    taken.length === 0 ? 'replace' : (existingOf(args) ?? (await ask(context, taken)));
  if (existing === undefined) {
    return;
  }
  const written: string[] = [];
  for (const skill of found.skills) {
    const isTaken = taken.includes(skill);
    if (!(isTaken && existing === 'skip')) {
      written.push(await write(context, skill, isTaken ? existing : 'replace'));
    }
  }
  tell(context, written, found);
}

/** Writes one skill to the user's volume; gives its id there. */
async function write(
  context: IAuthorContext,
  skill: IImportedSkill,
  existing: Existing
): Promise<string> {
  const { library, contents } = context;
  const id =
    existing === 'rename'
      ? freeSkillId(skill.id, library, await idsOfFiles(contents))
      : skill.id;
  const text =
    id === skill.id
      ? skill.text
      : formatSkill(skill.text, { keys: { skill_id: id, aliases: undefined } });
  const files = { path: newSkillPath(id), text, beside: skill.beside };
  const old = ownPath(context, id) ?? (await fileOfId(contents, id));
  await (old === undefined
    ? writeSkillFiles(contents, files)
    : replaceSkillFiles(contents, old, files));
  return id;
}

/** The file of the user's own skill of that id. */
function ownPath({ library }: IAuthorContext, id: string): string | undefined {
  const entry = library.get(id);
  const isOwn = entry?.volume === USER_VOLUME && entry.skill.id === id;
  return isOwn ? entry.path : undefined;
}

async function ask(
  { trans }: IAuthorContext,
  taken: readonly IImportedSkill[]
): Promise<Existing | undefined> {
  const ids = taken.map(({ id }) => id).join(', ');
  const { button } = await showDialog({
    title: trans.__('Import skills'),
    body: trans.__('Your volume has these skills already: %1.', ids),
    buttons: [
      Dialog.cancelButton(),
      Dialog.createButton({ label: trans.__('Keep both'), actions: ['rename'] }),
      Dialog.warnButton({ label: trans.__('Replace'), actions: ['replace'] })
    ]
  });
  const [action] = button.actions;
  return action === 'rename' || action === 'replace' ? action : undefined;
}

function existingOf(args: CommandArgs): Existing | undefined {
  const wanted = args.existing;
  return wanted === 'replace' || wanted === 'rename' || wanted === 'skip'
    ? wanted
    : undefined;
}

function filesOf(args: CommandArgs): readonly IIncomingFile[] | undefined {
  if (!Array.isArray(args.files)) {
    return undefined;
  }
  return args.files.flatMap(file => {
    const { path, base64 } = file as { path?: unknown; base64?: unknown };
    return typeof path === 'string' && typeof base64 === 'string'
      ? [{ path, bytes: decodeBase64(base64) }]
      : [];
  });
}

function nothingFound({ trans }: IAuthorContext, { problems }: IImport): string {
  const [first] = problems;
  return first
    ? trans.__(
        'Nothing was imported. %1, line %2: %3',
        first.file,
        first.line,
        first.message
      )
    : trans.__(
        'No skill was found. A skill is a folder with SKILL.md, or a Markdown file that begins with "---".'
      );
}

function tell(
  { app, trans }: IAuthorContext,
  written: readonly string[],
  { problems }: IImport
): void {
  const [id] = written;
  if (id !== undefined) {
    const show = (): void => void app.commands.execute(CommandIDs.openLibrary, { id });
    Notification.success(
      trans._n(
        'Imported %2.',
        'Imported %1 skills: %2.',
        written.length,
        written.join(', ')
      ),
      { autoClose: 8000, actions: [{ label: trans.__('Show'), callback: show }] }
    );
  }
  const [first] = problems;
  if (first) {
    const files = new Set(problems.map(({ file }) => file)).size;
    Notification.warning(
      trans._n(
        'A skill was left out: %2, line %3: %4',
        '%1 skills were left out, the first: %2, line %3: %4',
        files,
        first.file,
        first.line,
        first.message
      ),
      { autoClose: STAYS.warning }
    );
  }
}

async function exportSkill(context: IAuthorContext, args: CommandArgs): Promise<void> {
  const { contents, trans } = context;
  const { path, skill } = requireEntry(context, args);
  const { beside, ...file } = await readSkillFiles(contents, path);
  const made = toAgentSkill(parseSkillFile(file).text, skillPath(skill.id));
  const files = packFolder(made, beside, content => new TextEncoder().encode(content));
  const folder = textArg(args, 'folder');
  if (folder === undefined) {
    const zip = new Uint8Array(writeZip(files));
    download(new Blob([zip], { type: 'application/zip' }), `${made.name}.zip`);
    return;
  }
  const target = `${folder.replace(/\/$/, '')}/${made.name}`;
  if (await exists(contents, target)) {
    throw new Error(trans.__('"%1" exists already. Choose another folder.', target));
  }
  const own = { path: `${target}/SKILL.md`, text: made.text, beside };
  await makeFolders(contents, own.path);
  await writeSkillFiles(contents, own);
}
