import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, editIcon, errorIcon } from '@jupyterlab/ui-components';
import { teamOf } from '@llmos-lab/skills';

import { addCommand, textArg } from '../addCommand';
import { copyToUser, type ICopy } from '../author/skillFiles';
import { CommandIDs } from '../commands';
import { skillsIcon } from '../icons';
import { splitDrive, SYSTEM_VOLUME, USER_VOLUME } from '../volumes/copyToUser';
import { compareSkills } from './compareSkill';
import { ID, requireSkill, type ISkillCommandContext } from './commandContext';
import { addInsertCommands } from './insertCommands';
import { openFileAt } from './openFile';
import { PANEL_ID } from './SkillPanel';

/** Adds the commands of the skills feature. */
export function addSkillCommands(context: ISkillCommandContext): void {
  addLibraryCommands(context);
  addInsertCommands(context);
  addFileCommands(context);
  addCopyCommands(context);
}

function addLibraryCommands(context: ISkillCommandContext): void {
  const { app, panel, trans } = context;
  addCommand(
    context,
    CommandIDs.openLibrary,
    {
      label: trans.__('Skill library'),
      caption: trans.__('Search the skills and insert one'),
      icon: skillsIcon,
      args: { id: { ...ID, description: 'A skill whose card to open' } }
    },
    async args => {
      app.shell.activateById(PANEL_ID);
      const id = textArg(args, 'id');
      if (id !== undefined) {
        panel.model.reveal(requireSkill(context, id).skill.id);
      }
      await panel.focusSearch();
    }
  );
}

function addFileCommands(context: ISkillCommandContext): void {
  const { documents, trans } = context;
  addCommand(
    context,
    CommandIDs.openSkill,
    {
      label: trans.__('Open skill'),
      caption: trans.__('Open the file of a skill in an editor'),
      icon: editIcon,
      args: { id: ID },
      required: ['id']
    },
    async args => {
      await openFileAt(context, requireSkill(context, textArg(args, 'id')).path);
    }
  );
  addCommand(
    context,
    CommandIDs.compareSkill,
    {
      label: trans.__('Compare skills'),
      caption: trans.__('Show how a skill differs from the one that it hides'),
      icon: editIcon,
      args: {
        used: { type: 'string', description: 'Contents path of the file in use' },
        hidden: { type: 'string', description: 'Contents path of the hidden file' }
      },
      required: ['used', 'hidden']
    },
    async args => {
      const used = textArg(args, 'used') ?? '';
      const hidden = textArg(args, 'hidden') ?? '';
      const { contents } = documents.services;
      await compareSkills(contents, { used, hidden }, trans);
    }
  );
  addCommand(
    context,
    CommandIDs.openProblem,
    {
      label: trans.__('Open problem'),
      caption: trans.__('Open a skill file at the line of a problem'),
      icon: errorIcon,
      args: {
        path: { type: 'string', description: 'Contents path of the file' },
        line: { type: 'integer', minimum: 1, description: 'Line, from 1' }
      },
      required: ['path', 'line']
    },
    async args => {
      await openFileAt(context, textArg(args, 'path') ?? '', Number(args.line));
    }
  );
}

function addCopyCommands(context: ISkillCommandContext): void {
  const { app, trans } = context;
  addCommand(
    context,
    CommandIDs.copySkill,
    {
      label: trans.__('Copy skill to my volume'),
      caption: trans.__('Make a copy that can be edited and is used instead'),
      icon: copyIcon,
      args: { id: ID },
      required: ['id'],
      isEnabled: args =>
        context.library.get(textArg(args, 'id') ?? '')?.volume !== USER_VOLUME
    },
    args => copyAndOpen(context, requireSkill(context, textArg(args, 'id')).path)
  );
  addCommand(
    context,
    CommandIDs.copyToVolume,
    {
      label: trans.__('Copy to my volume'),
      caption: trans.__('Copy this file of another volume to edit it'),
      icon: copyIcon,
      args: {
        path: { type: 'string', description: 'Contents path; without it the open file' }
      },
      isEnabled: args => {
        const path = textArg(args, 'path') ?? currentPath(context) ?? '';
        const { drive } = splitDrive(path);
        return drive === SYSTEM_VOLUME || teamOf(drive) !== null;
      }
    },
    async args => {
      const path = textArg(args, 'path') ?? currentPath(context);
      if (path === undefined) {
        throw new Error(trans.__('No file is open. Open one and try again.'));
      }
      await copyAndOpen(context, path);
    }
  );
  app.shell.currentChanged?.connect(() =>
    app.commands.notifyCommandChanged(CommandIDs.copyToVolume)
  );
}

async function copyAndOpen(context: ISkillCommandContext, path: string): Promise<void> {
  const { documents, trans } = context;
  const copy = await copyToUser(documents.services.contents, path);
  await openFileAt(context, copy.path);
  Notification.info(copyMessage(trans, copy), { autoClose: 5000 });
}

function copyMessage(trans: TranslationBundle, { path, made, beside }: ICopy): string {
  if (!made) {
    return trans.__('Your volume has this file already: %1.', path);
  }
  return beside === 0
    ? trans.__('Copied to %1. This copy is used from now on.', path)
    : trans._n(
        'Copied to %2 with the file beside it. This copy is used from now on.',
        'Copied to %2 with the %1 files beside it. This copy is used from now on.',
        beside,
        path
      );
}

function currentPath({ app, documents }: ISkillCommandContext): string | undefined {
  const widget = app.shell.currentWidget;
  return widget ? documents.contextForWidget(widget)?.path : undefined;
}
