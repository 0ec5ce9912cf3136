import { Notification } from '@jupyterlab/apputils';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { saveIcon } from '@jupyterlab/ui-components';
import type { ISkillEntry } from '@llmos-lab/kernel';
import {
  analyseCell,
  draftCode,
  fromCell,
  isSkillId,
  namesToAsk,
  readSkillMagic,
  replacementCell,
  toSkillId,
  type ICellDraft,
  type IDraftAbout
} from '@llmos-lab/skills';

import { addCommand, textArg, type CommandArgs } from '../../addCommand';
import { CommandIDs } from '../../commands';
import { isReadOnly } from '../../notebook/readOnly';
import { reasonOf } from '../../reasonOf';
import { STAYS } from '../../stays';
import { USER_VOLUME } from '../../volumes/copyToUser';
import type { IAuthorContext } from '../context';
import { fileOfId, freeSkillId, idsOfFiles, newSkillPath } from '../newId';
import { readSkillFiles, writeSkillFiles } from '../skillFiles';
import { writeBack } from '../writeBack';
import { askKernel } from './askKernel';
import { replaceCell } from './replaceCell';
import { confirmSave } from './SaveDialog';
import { SaveModel } from './saveModel';

/** A cell that is to become a skill. */
interface IPlace {
  readonly panel: NotebookPanel;
  readonly cellId: string;
  /** Whether the kernel may still be busy, as after a run of several cells. */
  readonly wait: boolean;
  /** Values that the dialog begins with. */
  readonly about: Partial<IDraftAbout>;
}

/** Adds the command, and asks after each run of a cell that begins with `%%skill`. */
export function addSaveCommands(context: IAuthorContext): void {
  const { notebooks, trans } = context;
  addCommand(
    context,
    CommandIDs.saveCellAsSkill,
    {
      label: trans.__('Save cell as skill…'),
      caption: trans.__('Make a skill in your volume of the active cell'),
      icon: saveIcon,
      args: {
        cellId: { type: 'string', description: 'Id of the cell; else the active one' },
        id: { type: 'string', description: 'Id of the skill' },
        name: { type: 'string', description: 'Its name' },
        isContextMenu: {
          type: 'boolean',
          description: 'Of a context menu: take the cell on which it was opened'
        }
      },
      // The context menu has it at code cells alone, whichever cell is active.
      isEnabled: args =>
        args.isContextMenu === true || notebooks.activeCell?.model.type === 'code'
    },
    args => saveCell(context, placeOf(context, args))
  );
  NotebookActions.executed.connect((_, { notebook, cell, success }) => {
    const wanted = readSkillMagic(cell.model.sharedModel.getSource());
    const panel = notebooks.find(each => each.content === notebook);
    if (success && wanted !== undefined && panel) {
      void saveAfterRun(context, panel, cell.model.id, wanted);
    }
  });
}

/** The cell under the pointer when the context menu opened: a run may move the active one. */
function clickedCell({ app, notebooks }: IAuthorContext): string | undefined {
  const node = app.contextMenuHitTest(each => each.classList.contains('jp-CodeCell'));
  const cells = notebooks.currentWidget?.content.widgets ?? [];
  return cells.find(cell => cell.node === node)?.model.id;
}

function placeOf(context: IAuthorContext, args: CommandArgs): IPlace {
  const { notebooks, trans } = context;
  const panel = notebooks.currentWidget;
  const cellId =
    textArg(args, 'cellId') ??
    (args.isContextMenu ? clickedCell(context) : undefined) ??
    notebooks.activeCell?.model.id;
  if (!panel || cellId === undefined) {
    throw new Error(trans.__('No notebook is open. Open one and choose a cell.'));
  }
  const id = textArg(args, 'id');
  const name = textArg(args, 'name');
  const about = {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name })
  };
  return { panel, cellId, wait: false, about };
}

/** Asks only when the skill is not saved already as the cell has it. */
async function saveAfterRun(
  context: IAuthorContext,
  panel: NotebookPanel,
  cellId: string,
  wanted: string
): Promise<void> {
  const { library, trans } = context;
  try {
    const place: IPlace = {
      panel,
      cellId,
      wait: true,
      about: wanted === '' ? {} : { id: wanted, name: nameOf(wanted) }
    };
    const draft = await draftOf(context, place);
    const there = wanted === '' ? undefined : library.get(wanted);
    const code = there?.skill.kind === 'executable' ? there.skill.code : undefined;
    if (there && code === draftCode(draft)) {
      tellSaved(context, there);
    } else {
      await askAndSave(context, place, draft);
    }
  } catch (error) {
    const reason = reasonOf(error);
    Notification.error(trans.__('The cell could not be saved as a skill: %1', reason), {
      autoClose: STAYS.error
    });
  }
}

/** Says why no dialog comes. */
function tellSaved({ open, trans }: IAuthorContext, there: ISkillEntry): void {
  const { path, skill } = there;
  Notification.info(
    trans.__('"%1" is saved as this cell has it, as %2.', skill.name, path),
    {
      autoClose: STAYS.offer,
      actions: [{ label: trans.__('Edit'), callback: () => void open(path) }]
    }
  );
}

async function saveCell(context: IAuthorContext, place: IPlace): Promise<void> {
  await askAndSave(context, place, await draftOf(context, place));
}

async function draftOf(
  { library, trans }: IAuthorContext,
  { panel, cellId, wait }: IPlace
): Promise<ICellDraft> {
  await library.ready;
  const cells = (panel.model?.sharedModel.cells ?? []).filter(
    cell => cell.cell_type === 'code'
  );
  const index = cells.findIndex(cell => cell.getId() === cellId);
  const source = cells[index]?.getSource();
  if (source === undefined) {
    throw new Error(trans.__('Only a code cell can become a skill. Choose one.'));
  }
  const sources = cells.map(cell => cell.getSource());
  const facts = await askKernel(panel.sessionContext, namesToAsk(source), { wait });
  return fromCell({
    source,
    above: sources.slice(0, index),
    below: sources.slice(index + 1),
    facts: facts ?? {},
    find: id => {
      const skill = library.get(id)?.skill;
      return skill?.kind === 'executable' ? skill : undefined;
    }
  });
}

async function askAndSave(
  context: IAuthorContext,
  place: IPlace,
  draft: ICellDraft
): Promise<void> {
  const { contents, trans } = context;
  const files = await idsOfFiles(contents);
  const model = new SaveModel(draft, aboutOf(context, place, draft, files));
  if (isReadOnly(place.panel)) {
    model.setReplace(false);
  }
  const agreed = await confirmSave(model, trans, id => takenText(context, id, files));
  if (agreed) {
    await write(context, place, model);
  }
}

function aboutOf(
  { library, trans }: IAuthorContext,
  { about }: IPlace,
  draft: ICellDraft,
  files: ReadonlySet<string>
): IDraftAbout {
  const [output] = draft.outputs;
  const name =
    about.name ??
    (output ? trans.__('Compute %1', output.port.name) : trans.__('My skill'));
  const given = about.id !== undefined && isSkillId(about.id) ? about.id : undefined;
  const old = given === undefined ? undefined : library.get(given)?.skill;
  return {
    name: old?.name ?? name,
    id: given ?? freeSkillId(toSkillId(name), library, files),
    description: old?.description ?? describe(draft, trans),
    category: old?.category ?? 'general'
  };
}

function describe(
  { inputs, outputs }: ICellDraft,
  trans: IAuthorContext['trans']
): string {
  const names = (
    ports: readonly { readonly port: { readonly name: string } }[]
  ): string => ports.map(({ port }) => port.name).join(', ');
  if (outputs.length === 0) {
    return trans.__('A step of a notebook.');
  }
  return inputs.length === 0
    ? trans.__('Gives %1.', names(outputs))
    : trans.__('Gives %1 from %2.', names(outputs), names(inputs));
}

/** `my-step` as `My step`. */
function nameOf(id: string): string {
  const words = id.split('-').filter(Boolean).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function takenText(
  { library, trans }: IAuthorContext,
  id: string,
  files: ReadonlySet<string>
): string | undefined {
  const entry = library.get(id);
  if (files.has(id) && !(entry?.volume === USER_VOLUME && entry.skill.id === id)) {
    return trans.__(
      'Your volume has a file "%1" that is no skill as it is: saving replaces it.',
      id
    );
  }
  if (!entry) {
    return undefined;
  }
  return entry.volume === USER_VOLUME
    ? trans.__('Your volume has "%1" already: saving replaces it.', entry.skill.id)
    : trans.__('This one is used instead of %1 then.', entry.path);
}

async function write(
  context: IAuthorContext,
  { panel, cellId }: IPlace,
  model: SaveModel
): Promise<void> {
  const { library, contents, trans } = context;
  const { about, text, replace } = model.state;
  const id = about.id.trim();
  const old = library.get(id);
  const isOwn = old?.volume === USER_VOLUME && old.skill.id === id;
  const there = isOwn ? old.path : await fileOfId(contents, id);
  const path = there ?? newSkillPath(id);
  const before = there === undefined ? undefined : await readSkillFiles(contents, path);
  await writeSkillFiles(contents, { path, text, beside: [] });
  await library.refresh();
  if (replace && panel.model && !isReadOnly(panel)) {
    const taken = panel.model.sharedModel.cells.flatMap(cell => {
      const { defines, uses } = analyseCell(cell.getSource());
      return [...defines, ...uses];
    });
    const source = replacementCell(model.draft, id, taken);
    const version = library.get(id)?.version;
    replaceCell(panel.model, { cellId, source, skill: id, version });
  }
  // The dialog gives the focus back to an editor that went with the cell's old form.
  panel.content.activate();
  const open = (): void => void context.open(path);
  Notification.success(trans.__('Saved "%1" as %2.', about.name.trim(), path), {
    autoClose: 10_000,
    actions: [
      { label: trans.__('Edit'), callback: open },
      ...(before
        ? [
            {
              label: trans.__('Restore the old one'),
              callback: () => writeBack(context, id, before)
            }
          ]
        : [])
    ]
  });
}
