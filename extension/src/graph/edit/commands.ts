import {
  addSkillCell,
  canUnfold,
  deleteCells,
  disconnectInputs,
  duplicateCells,
  placeCells,
  renameVariable,
  unfoldCell,
  type INotebookCell
} from '@llmos-lab/skills';
import { UUID } from '@lumino/coreutils';

import { textArg } from '../../addCommand';
import { askText } from '../../askText';
import { CommandIDs } from '../../commands';
import { pickSkill } from '../../skills/SkillPicker';
import {
  inputs,
  between,
  cellIds,
  connection,
  inputEnds,
  moves,
  optionalText,
  position,
  SCHEMAS,
  text
} from './arguments';
import { connectOnce } from './connect';
import { editContext } from './editContext';
import { findNotebook, notebookAt } from './findNotebook';
import { registerEdit, type IEditCommand, type IEditCommandContext } from './register';

/** Adds the commands that edit a notebook through its graph. */
export function addEditCommands(context: IEditCommandContext): void {
  const commands: readonly (readonly [string, IEditCommand])[] = [
    [CommandIDs.graphConnect, connectCommand(context)],
    [CommandIDs.graphDisconnect, disconnectCommand(context)],
    [CommandIDs.graphAdd, addCommand(context)],
    [CommandIDs.graphDelete, deleteCommand(context)],
    [CommandIDs.graphDuplicate, duplicateCommand(context)],
    [CommandIDs.graphUnfold, unfoldCommand(context)],
    [CommandIDs.graphRename, renameCommand(context)],
    [CommandIDs.graphMove, moveCommand(context)]
  ];
  for (const [id, command] of commands) {
    registerEdit(context, id, command);
  }
}

const newId = (): string => UUID.uuid4();

const lastOf = (about: readonly string[]): string | undefined => about.at(-1);

function emptyCell(): INotebookCell {
  return { id: newId(), type: 'code', source: '', metadata: {} };
}

function connectCommand({ trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Connect'),
    caption: trans.__('Write an output of a cell into an input of another'),
    args: SCHEMAS.connect,
    required: Object.keys(SCHEMAS.connect),
    plan: args => {
      const wanted = connection(args);
      return context => connectOnce(context, wanted, trans);
    }
  };
}

function disconnectCommand({ trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Disconnect'),
    caption: trans.__('Take an input out of its call, so that the default holds'),
    args: SCHEMAS.disconnect,
    required: [],
    plan: args => {
      const ends = inputEnds(args);
      return context => disconnectInputs(context, ends);
    }
  };
}

function addCommand({ library, trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Add skill to the graph…'),
    caption: trans.__('Add a cell that calls a skill'),
    args: SCHEMAS.add,
    required: [],
    selects: lastOf,
    plan: async args => {
      await library.ready;
      const skill = optionalText(args, 'skill') ?? (await pickSkill(library, trans));
      if (skill === undefined) {
        return null;
      }
      const place = args['position'] === undefined ? null : position(args);
      const after = optionalText(args, 'after');
      const middle = between(args);
      const given = inputs(args);
      const version = library.get(skill)?.version;
      const addition = {
        ...{ skill, newId },
        ...(version === undefined ? {} : { version }),
        ...(place ? { position: place } : {}),
        ...(after === undefined ? {} : { after }),
        ...(middle ? { between: middle } : {}),
        ...(given ? { inputs: given } : {})
      };
      return context => addSkillCell(context, addition);
    }
  };
}

function deleteCommand({ trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Delete from the graph'),
    caption: trans.__('Delete cells, and tell which others used their values'),
    args: SCHEMAS.delete,
    required: ['cells'],
    selects: (_, args) => optionalText(args, 'next'),
    plan: args => {
      const cells = cellIds(args);
      return context => {
        const result = deleteCells(context, cells);
        // JupyterLab would add a cell by itself, as a step of its own.
        return result.ok && result.cells.length === 0
          ? { ...result, cells: [emptyCell()] }
          : result;
      };
    }
  };
}

function duplicateCommand({ trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Duplicate in the graph'),
    caption: trans.__('Copy cells with new names for what they define'),
    args: SCHEMAS.cells,
    required: ['cells'],
    selects: lastOf,
    plan: args => {
      const cells = cellIds(args);
      return context => duplicateCells(context, cells, newId);
    }
  };
}

/** For cells that call a learned skill: others have nothing inside. */
function unfoldCommand({
  library,
  graphs,
  notebooks,
  trans
}: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Unfold learned skill'),
    caption: trans.__('Put the calls that the skill consists of in its place'),
    args: SCHEMAS.unfold,
    required: ['cell'],
    selects: lastOf,
    isEnabled: args => {
      const panel = notebookAt(notebooks, textArg(args, 'notebook'));
      const nodes = panel ? graphs?.of(panel).view.nodes : undefined;
      const id = nodes?.find(node => node.id === args['cell'])?.skill;
      const skill = id == null ? undefined : library.get(id)?.skill;
      return skill?.kind === 'executable' && canUnfold(skill);
    },
    plan: args => {
      const cell = text(args, 'cell');
      const isCurrent = (skill: string, version: string): boolean =>
        library.get(skill)?.version.startsWith(version) ?? false;
      return context => unfoldCell(context, cell, newId, isCurrent);
    }
  };
}

function renameCommand(context: IEditCommandContext): IEditCommand {
  const { trans } = context;
  return {
    label: trans.__('Rename variable…'),
    caption: trans.__('Rename a variable in every cell that uses it'),
    args: SCHEMAS.rename,
    required: ['cell', 'from'],
    plan: async args => {
      const cell = text(args, 'cell');
      const from = text(args, 'from');
      const panel = findNotebook(context, optionalText(args, 'notebook'));
      const asked = {
        title: trans.__('Rename the variable %1', from),
        label: trans.__('New name, in all cells that use it'),
        ...{ text: from, okLabel: trans.__('Rename') },
        problemOf: (to: string): string | null => {
          const edited = editContext(context, panel);
          const renamed = edited && renameVariable(edited, { cell, from, to });
          return renamed?.ok === false ? renamed.reason : null;
        }
      };
      const to = optionalText(args, 'to') ?? (await askText(asked));
      return to === null ? null : edited => renameVariable(edited, { cell, from, to });
    }
  };
}

function moveCommand({ trans }: IEditCommandContext): IEditCommand {
  return {
    label: trans.__('Move in the graph'),
    caption: trans.__('Put nodes elsewhere on the canvas'),
    args: SCHEMAS.move,
    required: [],
    plan: args => {
      const list = moves(args);
      return context => placeCells(context, list);
    }
  };
}
