import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { IExecutableEntry, ISkillEntry } from '@llmos-lab/kernel';
import { IMPORT_LINE, skillPlace, type JsonValue } from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs, KERNEL_NAME } from '../commands';
import { skillsIcon, workflowIcon } from '../icons';
import { readOnlyReason } from '../notebook/readOnly';
import { splitDrive } from '../volumes/copyToUser';
import { ID, requireExecutable, type ISkillCommandContext } from './commandContext';
import { insertSkill, showCell, type Place } from './insertSkill';
import { openedForGood } from './openedNotebook';
import { pickSkill } from './SkillPicker';

/** Adds the commands that put skills into notebooks. */
export function addInsertCommands(context: ISkillCommandContext): void {
  addInsertSkill(context);
  addInsertFile(context);
  addNewWorkflow(context);
}

function addInsertSkill(context: ISkillCommandContext): void {
  const { library, trans } = context;
  addCommand(
    context,
    CommandIDs.insertSkill,
    {
      label: trans.__('Insert skill…'),
      labelFor: args => (args.isNew ? trans.__('Notebook from a skill…') : undefined),
      caption: trans.__('Insert a skill below the active cell'),
      captionFor: args =>
        args.isNew
          ? trans.__('Choose a skill and insert it into a new notebook')
          : undefined,
      icon: skillsIcon,
      args: {
        id: { ...ID, description: 'Id of the skill; without it a dialog asks' },
        inputs: {
          type: 'object',
          description: 'Values for inputs by name; others keep their defaults'
        },
        notebook: {
          type: 'string',
          description: 'Path of an open notebook; without it the current one'
        },
        index: {
          type: 'integer',
          minimum: 0,
          description: 'Place among the cells; without it below the active cell'
        },
        cellId: {
          type: 'string',
          description: 'Id of a code cell whose text the call replaces'
        },
        isNew: { type: 'boolean', description: 'Insert into a new notebook' }
      }
    },
    async args => {
      await library.ready;
      const id = textArg(args, 'id') ?? (await pickSkill(library, trans));
      if (id !== undefined) {
        await insertInto(context, requireExecutable(context, id), args);
      }
    }
  );
}

function addNewWorkflow(context: ISkillCommandContext): void {
  const { trans } = context;
  addCommand(
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

/** Adds the entry of the file browser's menu: the skill in a file, as a cell. */
function addInsertFile(context: ISkillCommandContext): void {
  const { library, selectedFile, trans } = context;
  addCommand(
    context,
    CommandIDs.insertSkillFile,
    {
      label: trans.__('Insert as skill cell'),
      caption: trans.__('Insert the skill in this file below the active cell'),
      icon: skillsIcon,
      args: {
        path: {
          type: 'string',
          description: 'Contents path of a skill file; else the selected file'
        }
      },
      isVisible: args =>
        skillPlace(textArg(args, 'path') ?? selectedFile() ?? '')?.isOwn === true
    },
    async args => {
      const path = textArg(args, 'path') ?? selectedFile();
      if (path === undefined) {
        throw new Error(trans.__('No file is selected. Select a skill file.'));
      }
      await library.ready;
      const { skill } = requireFile(context, path);
      await insertInto(context, requireExecutable(context, skill.id), {});
    }
  );
}

/** The library's skill of a file; throws with the reason when there is none. */
function requireFile(
  { library, trans }: ISkillCommandContext,
  path: string
): ISkillEntry {
  const entry = library.entries.find(
    each => each.path === path || each.shadows.includes(path)
  );
  if (entry) {
    return entry;
  }
  const problem = library.problems.find(({ file }) => file === path);
  throw new Error(
    problem
      ? trans.__(
          '%1, line %2: %3',
          splitDrive(path).local,
          problem.line,
          problem.message
        )
      : trans.__(
          '"%1" is not in a volume, so no cell can call it. Move it to the folder "skills" of your volume.',
          path
        )
  );
}

type InputValues = Readonly<Record<string, JsonValue>>;

/** Inserts at the place that the arguments name, and shows the cell. */
async function insertInto(
  context: ISkillCommandContext,
  entry: IExecutableEntry,
  args: CommandArgs
): Promise<void> {
  const { app, library, trans } = context;
  const notebook = await targetNotebook(context, args);
  const { content } = notebook;
  if (!notebook.model) {
    throw new Error(trans.__('The notebook was closed. Open one and try again.'));
  }
  if (notebook.model.readOnly) {
    throw new Error(readOnlyReason(trans));
  }
  const cellId = textArg(args, 'cellId');
  const { cells } = notebook.model.sharedModel;
  const into = cells.findIndex(({ id }) => id === cellId);
  if (cellId !== undefined && into < 0) {
    throw new Error(trans.__('The cell is no longer there. Insert into another one.'));
  }
  const index = insertSkill(notebook.model, {
    entry,
    inputs: args.inputs as InputValues | undefined,
    place: placeOf(content, args, into),
    find: id => library.get(id)
  });
  app.shell.activateById(notebook.id);
  await showCell(content, index, { edit: into >= 0 });
}

function placeOf(content: Notebook, args: CommandArgs, into: number): Place {
  if (into >= 0) {
    return { into };
  }
  return typeof args.index === 'number'
    ? { at: args.index }
    : { after: content.activeCellIndex };
}

async function targetNotebook(
  context: ISkillCommandContext,
  args: CommandArgs
): Promise<NotebookPanel> {
  const { notebooks, trans } = context;
  const path = textArg(args, 'notebook');
  if (path !== undefined) {
    const open = notebooks.find(each => each.context.path === path);
    if (!open) {
      throw new Error(trans.__('The notebook "%1" is not open. Open it first.', path));
    }
    return open;
  }
  const current = args.isNew ? null : notebooks.currentWidget;
  const notebook = current ?? (await newNotebook(context, args));
  await notebook.context.ready;
  return notebook;
}

/** A new notebook with our kernel, or with the default one where ours is not installed. */
async function newNotebook(
  { app, folder }: ISkillCommandContext,
  args: CommandArgs
): Promise<NotebookPanel> {
  const { kernelspecs } = app.serviceManager;
  await kernelspecs.ready;
  const { specs } = kernelspecs;
  const kernelName = specs?.kernelspecs[KERNEL_NAME] ? KERNEL_NAME : specs?.default;
  const notebook = (await app.commands.execute('notebook:create-new', {
    cwd: textArg(args, 'cwd') ?? folder(),
    kernelName
  })) as NotebookPanel;
  await openedForGood(notebook);
  return notebook;
}
