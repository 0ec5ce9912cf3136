import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { addIcon, copyIcon, deleteIcon } from '@jupyterlab/ui-components';
import { PathExt } from '@jupyterlab/coreutils';
import type { Contents } from '@jupyterlab/services';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  formatSkill,
  newSkillText,
  parseSkillFile,
  type NewSkillKind
} from '@llmos-lab/skills';

import { addCommand, tellError, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { refuseDeleted } from '../evolution/deletedDraft';
import { notAgain, tellGone } from '../evolution/tellGone';
import { driveFiles, type FilesDrive } from '../session/store/driveFiles';
import { exists, USER_VOLUME } from '../volumes/copyToUser';
import type { IAuthorContext } from './context';
import { askNewSkill } from './NewSkillDialog';
import { freeSkillId, idsOfFiles, newSkillPath } from './newId';
import { deleteSkillFiles, readSkillFiles, writeSkillFiles } from './skillFiles';
import { writeBack } from './writeBack';

const ID = { type: 'string', description: 'Id of the skill, such as quantum-vqe' };

const KINDS: readonly NewSkillKind[] = [
  'python-wasm',
  'qiskit',
  'javascript',
  'threejs',
  'ngspice',
  'context'
];

/** Adds the commands that make, duplicate and delete skills of the user's volume. */
export function addManageCommands(context: IAuthorContext): void {
  const { trans } = context;
  addCommand(
    context,
    CommandIDs.newSkill,
    {
      label: trans.__('New skill…'),
      caption: trans.__('Make a skill in your volume and open it'),
      icon: addIcon,
      args: {
        name: { type: 'string', description: 'Its name; without it a dialog asks' },
        kind: { type: 'string', enum: [...KINDS], description: 'Runtime, or context' }
      }
    },
    args => createSkill(context, args)
  );
  addCommand(
    context,
    CommandIDs.duplicateSkill,
    {
      label: trans.__('Duplicate skill'),
      caption: trans.__('Make a skill of another id that begins as this one'),
      icon: copyIcon,
      args: { id: ID },
      required: ['id']
    },
    args => duplicate(context, requireEntry(context, args))
  );
  addCommand(
    context,
    CommandIDs.deleteSkill,
    {
      label: trans.__('Delete skill…'),
      caption: trans.__('Delete this skill from your volume'),
      icon: deleteIcon,
      args: { id: ID },
      required: ['id'],
      isEnabled: args =>
        context.library.get(textArg(args, 'id') ?? '')?.volume === USER_VOLUME
    },
    args => askAndDelete(context, requireEntry(context, args))
  );
}

/** The entry that `id` names; throws when there is none. */
export function requireEntry(
  { library, trans }: IAuthorContext,
  args: CommandArgs
): ISkillEntry {
  const id = textArg(args, 'id') ?? '';
  const entry = library.get(id);
  if (!entry) {
    throw new Error(
      trans.__('There is no skill "%1". Look it up in the skill library.', id)
    );
  }
  return entry;
}

async function createSkill(context: IAuthorContext, args: CommandArgs): Promise<void> {
  const { library, contents, trans } = context;
  await library.ready;
  const kind = KINDS.find(each => each === args.kind) ?? 'python-wasm';
  const given = textArg(args, 'name');
  const files = await idsOfFiles(contents);
  const wanted =
    given === undefined
      ? await askNewSkill(trans, name => freeSkillId(name, library, files))
      : { name: given, kind };
  if (!wanted) {
    return;
  }
  const name = wanted.name.trim() || trans.__('My skill');
  const id = freeSkillId(name, library, await idsOfFiles(contents));
  const path = newSkillPath(id);
  const text = newSkillText(id, name, wanted.kind);
  await writeSkillFiles(contents, { path, text, beside: [] });
  await context.open(path);
}

async function duplicate(context: IAuthorContext, entry: ISkillEntry): Promise<void> {
  const { library, contents, trans } = context;
  const files = await readSkillFiles(contents, entry.path);
  const taken = await idsOfFiles(contents);
  const id = freeSkillId(`${entry.skill.id}-copy`, library, taken);
  const path = newSkillPath(id);
  const name = trans.__('%1 (copy)', entry.skill.name);
  // The older ids stay with the original: a copy must not take its calls.
  const text = formatSkill(parseSkillFile(files).text, {
    keys: { skill_id: id, name, aliases: undefined }
  });
  await writeSkillFiles(contents, { path, text, beside: files.beside });
  await context.open(path);
  Notification.info(trans.__('Made "%1" as a copy of "%2".', id, entry.skill.id), {
    autoClose: 5000
  });
}

async function askAndDelete(
  context: IAuthorContext,
  entry: ISkillEntry
): Promise<void> {
  const { contents, trans } = context;
  const { skill, path, shadows } = entry;
  if (entry.volume !== USER_VOLUME) {
    throw new Error(
      trans.__(
        '"%1" belongs to the volume "%2". Only skills of your volume can be deleted.',
        skill.name,
        entry.volume
      )
    );
  }
  const { button } = await showDialog({
    title: trans.__('Delete skill'),
    body:
      shadows.length > 0
        ? trans.__('Delete "%1"? %2 is used again then.', skill.name, shadows[0])
        : trans.__(
            'Delete "%1"? Cells that call it stop working until it is back.',
            skill.name
          ),
    buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Delete') })]
  });
  if (!button.accept) {
    return;
  }
  const files = await readSkillFiles(contents, path);
  await deleteSkillFiles(contents, path).catch(async (error: unknown) => {
    if (await exists(contents, path)) {
      throw error;
    }
    // The skill is gone by now, and only Undo below has its text.
    tellError(trans, trans.__('Files of "%1" are still there', skill.name), error);
  });
  const forget = await refuseDeleted(
    driveFiles(userDrive(contents)),
    { id: PathExt.basename(path, '.md'), text: files.text },
    trans.__('Deleted in the library.')
  ).catch((error: unknown) => {
    const what = trans.__('The workflow of "%1" may be proposed again', skill.name);
    tellError(trans, what, error);
    return null;
  });
  const undo = (): void => writeBack(context, skill.name, files, forget ?? undefined);
  const told = trans.__('Deleted "%1" from your volume.', skill.name);
  tellGone(forget ? [told, notAgain(trans)] : [told], undo, trans);
}

/** The drive of the user's volume, through what tells others of its changes. */
function userDrive(contents: Contents.IManager): FilesDrive {
  const at = (path: string): string => `${USER_VOLUME}:${path}`;
  return {
    name: USER_VOLUME,
    get: (path, options) => contents.get(at(path), options),
    save: (path, model) => contents.save(at(path), model),
    delete: path => contents.delete(at(path))
  };
}
