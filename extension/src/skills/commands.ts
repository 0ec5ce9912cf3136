import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon, editIcon, errorIcon, type LabIcon } from '@jupyterlab/ui-components';
import type { IExecutableEntry, ISkillEntry } from '@llmos-lab/kernel';
import type { JsonValue } from '@llmos-lab/skills';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs, KERNEL_NAME } from '../commands';
import { skillsIcon, workflowIcon } from '../icons';
import type { ISkillLibrary } from '../tokens';
import { copyToUser, splitDrive, SYSTEM_VOLUME } from '../volumes/copyToUser';
import { IMPORT_LINE } from './cellPlan';
import { insertSkill, showCell } from './insertSkill';
import { openedForGood } from './openedNotebook';
import { openFileAt } from './openFile';
import { pickSkill } from './SkillPicker';
import { PANEL_ID, type SkillPanel } from './SkillPanel';

/** What the commands work with. */
export interface ISkillCommandContext {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly documents: IDocumentManager;
  readonly notebooks: INotebookTracker;
  readonly panel: SkillPanel;
  readonly trans: TranslationBundle;
  /** Folder in which a new notebook goes. */
  readonly folder: () => string;
}

interface ICommandText {
  readonly label: string;
  readonly caption: string;
  readonly icon: LabIcon;
  /** JSON schema of the arguments by name, and the names that must be there. */
  readonly args?: ReadonlyJSONObject;
  readonly required?: readonly string[];
  readonly isEnabled?: (args: Args) => boolean;
}

type Args = ReadonlyPartialJSONObject;

/** Adds the commands of the skills feature. */
export function addSkillCommands(context: ISkillCommandContext): void {
  addLibraryCommands(context);
  addInsertCommands(context);
  addFileCommands(context);
  addCopyCommands(context);
}

const ID = { type: 'string', description: 'Id of the skill, such as quantum-vqe' };

function addLibraryCommands(context: ISkillCommandContext): void {
  const { app, panel, trans } = context;
  add(
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
      const id = text(args, 'id');
      if (id !== undefined) {
        panel.model.reveal(requireSkill(context, id).skill.id);
      }
      await panel.focusSearch();
    }
  );
}

function addInsertCommands(context: ISkillCommandContext): void {
  const { library, trans } = context;
  add(
    context,
    CommandIDs.insertSkill,
    {
      label: trans.__('Insert skill…'),
      caption: trans.__('Insert a skill below the active cell'),
      icon: skillsIcon,
      args: {
        id: { ...ID, description: 'Id of the skill; without it a dialog asks' },
        inputs: {
          type: 'object',
          description: 'Values for inputs by name; others keep their defaults'
        }
      }
    },
    async args => {
      await library.ready;
      const id = text(args, 'id') ?? (await pickSkill(library, trans));
      if (id === undefined) {
        return;
      }
      const entry = requireExecutable(context, id);
      const open = context.notebooks.currentWidget;
      const notebook = open ?? (await newNotebook(context, {}));
      await notebook.context.ready;
      const inputs = args.inputs as InputValues | undefined;
      await insertInto(context, notebook, entry, inputs);
    }
  );
  add(
    context,
    CommandIDs.newWorkflow,
    {
      label: trans.__('New workflow'),
      caption: trans.__('A new notebook that is ready for skills'),
      icon: workflowIcon,
      args: { cwd: { type: 'string', description: 'Folder for the notebook' } }
    },
    async args => {
      const notebook = await newNotebook(context, args);
      notebook.model?.sharedModel.transact(() => {
        const shared = notebook.model?.sharedModel;
        shared?.deleteCellRange(0, shared.cells.length);
        shared?.insertCells(0, [
          { cell_type: 'code', source: IMPORT_LINE },
          { cell_type: 'code', source: '' }
        ]);
      });
      context.app.shell.activateById(notebook.id);
      await showCell(notebook.content, 1);
      return notebook;
    }
  );
}

function addFileCommands(context: ISkillCommandContext): void {
  const { documents, trans } = context;
  add(
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
      await openFileAt(documents, requireSkill(context, text(args, 'id')).path);
    }
  );
  add(
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
      await openFileAt(documents, text(args, 'path') ?? '', Number(args.line));
    }
  );
}

function addCopyCommands(context: ISkillCommandContext): void {
  const { app, trans } = context;
  add(
    context,
    CommandIDs.copySkill,
    {
      label: trans.__('Copy skill to my volume'),
      caption: trans.__('Make a copy that can be edited and is used instead'),
      icon: copyIcon,
      args: { id: ID },
      required: ['id']
    },
    args => copyAndOpen(context, requireSkill(context, text(args, 'id')).path)
  );
  add(
    context,
    CommandIDs.copyToVolume,
    {
      label: trans.__('Copy to my volume'),
      caption: trans.__('Copy this file of the shipped library to edit it'),
      icon: copyIcon,
      args: {
        path: { type: 'string', description: 'Contents path; without it the open file' }
      },
      isEnabled: args => {
        const path = text(args, 'path') ?? currentPath(context) ?? '';
        return splitDrive(path).drive === SYSTEM_VOLUME;
      }
    },
    async args => {
      const path = text(args, 'path') ?? currentPath(context);
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

/** Adds one command; a failure of its body is shown here, once, as a notification. */
function add(
  { app, trans }: ISkillCommandContext,
  id: string,
  command: ICommandText,
  execute: (args: Args) => Promise<unknown>
): void {
  app.commands.addCommand(id, {
    label: command.label,
    caption: command.caption,
    icon: args => (args.isPalette ? undefined : command.icon),
    isEnabled: command.isEnabled,
    describedBy: {
      args: {
        type: 'object',
        properties: command.args ?? {},
        required: [...(command.required ?? [])]
      }
    },
    execute: async args => {
      try {
        return await execute(args);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        Notification.error(trans.__('%1: %2', command.label, reason), {
          autoClose: false
        });
        return undefined;
      }
    }
  });
}

type InputValues = Readonly<Record<string, JsonValue>>;

async function insertInto(
  { app, library, trans }: ISkillCommandContext,
  notebook: NotebookPanel,
  entry: IExecutableEntry,
  inputs: InputValues | undefined
): Promise<void> {
  if (!notebook.model) {
    throw new Error(trans.__('The notebook was closed. Open one and try again.'));
  }
  const index = insertSkill(notebook.model, {
    entry,
    inputs,
    after: notebook.content.activeCellIndex,
    find: id => library.get(id)
  });
  app.shell.activateById(notebook.id);
  await showCell(notebook.content, index);
}

/** A new notebook with our kernel, or with the default one where ours is not installed. */
async function newNotebook(
  { app, folder }: ISkillCommandContext,
  args: Args
): Promise<NotebookPanel> {
  const { kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const { specs } = kernelspecs;
  const kernelName = specs?.kernelspecs[KERNEL_NAME] ? KERNEL_NAME : specs?.default;
  const notebook = (await app.commands.execute('notebook:create-new', {
    cwd: text(args, 'cwd') ?? folder(),
    kernelName
  })) as NotebookPanel;
  await openedForGood(notebook);
  return notebook;
}

async function copyAndOpen(
  { documents, trans }: ISkillCommandContext,
  path: string
): Promise<void> {
  const copy = await copyToUser(documents.services.contents, path);
  await openFileAt(documents, copy.path);
  Notification.info(
    copy.made
      ? trans.__('Copied to %1. This copy is used from now on.', copy.path)
      : trans.__('Your volume has this file already: %1.', copy.path),
    { autoClose: 5000 }
  );
}

function currentPath({ app, documents }: ISkillCommandContext): string | undefined {
  const widget = app.shell.currentWidget;
  return widget ? documents.contextForWidget(widget)?.path : undefined;
}

function requireSkill(
  { library, trans }: ISkillCommandContext,
  id: string | undefined
): ISkillEntry {
  const entry = id === undefined ? undefined : library.get(id);
  if (!entry) {
    throw new Error(
      trans.__('There is no skill "%1". Look it up in the skill library.', id ?? '')
    );
  }
  return entry;
}

function requireExecutable(
  context: ISkillCommandContext,
  id: string
): IExecutableEntry {
  const entry = requireSkill(context, id);
  const { skill } = entry;
  if (skill.kind !== 'executable') {
    throw new Error(
      context.trans.__(
        '"%1" guides the assistant and has no code to insert. Choose a skill with a type.',
        skill.name
      )
    );
  }
  return { ...entry, skill };
}

function text(args: Args, name: string): string | undefined {
  const value = args[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
