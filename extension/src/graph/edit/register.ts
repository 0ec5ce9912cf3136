import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { EditResult, IEdit, IEditContext } from '@llmos-lab/skills';
import type { ReadonlyJSONObject } from '@lumino/coreutils';

import type { INotebookRuns } from '../run/tokens';
import { addCommand } from '../../addCommand';
import { scrollToCell } from '../../notebook/scrollToCell';
import { lastStep, onStep } from '../../notebook/undoStep';
import { optionalText, type Args } from './arguments';
import { findNotebook } from './findNotebook';
import { editContext, type IEditSources } from './editContext';
import { movedCells, writeCells } from './notebookCells';
import { refused, type EditOutcome } from './outcome';

/** What the commands work with. */
export interface IEditCommandContext extends IEditSources {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  /** Null where nothing runs by the graph. */
  readonly runs: INotebookRuns | null;
  readonly trans: TranslationBundle;
}

/** An edit that knows all it needs but the notebook. */
type Plan = (context: IEditContext) => EditResult;

/** A command that edits a notebook through its graph. */
export interface IEditCommand {
  readonly label: string;
  readonly caption: string;
  /** JSON schemas of its arguments by name. */
  readonly args: ReadonlyJSONObject;
  readonly required: readonly string[];
  /** Reads the arguments, asking for what is missing; null when a dialog was left. */
  readonly plan: (args: Args) => Plan | null | Promise<Plan | null>;
  /** Whether menus offer it for these arguments; always without it. */
  readonly isEnabled?: (args: Args) => boolean;
  /** The cell that becomes the active one, of what the edit is about or of the arguments. */
  readonly selects?: (about: readonly string[], args: Args) => string | undefined;
}

const NOTEBOOK = {
  type: 'string',
  description: 'Path of an open notebook; without it, the one in front'
};

/** Adds one command; why it did nothing is shown here, once, and returned. */
export function registerEdit(
  context: IEditCommandContext,
  id: string,
  command: IEditCommand
): void {
  const { label, caption, required, isEnabled } = command;
  const args = { ...command.args, notebook: NOTEBOOK };
  const text = {
    ...{ label, caption, args, required, onFault: refused },
    ...(isEnabled && { isEnabled })
  };
  addCommand(context, id, text, given => execute(context, command, given));
}

async function execute(
  context: IEditCommandContext,
  { plan, selects }: IEditCommand,
  args: Args
): Promise<EditOutcome> {
  const { trans } = context;
  const panel = findNotebook(context, optionalText(args, 'notebook'));
  const make = await plan(args);
  if (!make) {
    return { ok: false, reason: trans.__('Cancelled.') };
  }
  const { model } = panel;
  const before = editContext(context, panel);
  if (!before || !model) {
    throw new Error(trans.__('The notebook was closed. Open it and try again.'));
  }
  const result = make(before);
  if (!result.ok) {
    return refused(result.reason, callback => {
      whenCodeIsOther(context, panel, callback);
    });
  }
  const moved = movedCells(model, result.cells);
  const fault = movesRunning(context, panel, moved);
  if (fault !== null) {
    return refused(fault, callback => {
      const run = context.runs?.of(panel);
      const onRun = (): void => {
        if (movesRunning(context, panel, moved) !== fault) {
          end();
        }
      };
      const end = (): void => {
        unfollow();
        run?.changed.disconnect(onRun);
        callback();
      };
      const unfollow = whenCodeIsOther(context, panel, end);
      run?.changed.connect(onRun);
    });
  }
  writeCells(model, result.cells);
  const next = selects?.(result.about, args);
  if (next !== undefined) {
    activate(panel, next);
    void scrollToActive(panel);
  }
  if (result.notes.length > 0) {
    tell(context, panel, result);
  }
  return { ok: true, cells: result.about };
}

/** Moving a cell takes it out of the notebook: what the kernel still sends is lost. */
function movesRunning(
  { runs, graphs, trans }: IEditCommandContext,
  panel: NotebookPanel,
  moved: readonly string[]
): string | null {
  const inKernel = runs?.of(panel).inKernel;
  const cell = moved.find(id => inKernel?.has(id));
  if (cell === undefined) {
    return null;
  }
  const node = graphs?.of(panel).view.nodes.find(({ id }) => id === cell);
  const name = node?.title ?? cell;
  return trans.__(
    'This would move %1, which runs now, and lose what it puts out. Wait for its end, or stop it.',
    name
  );
}

/** Makes a cell the active one, and leaves the focus. */
export function activate({ content }: NotebookPanel, id: string): void {
  const index = content.widgets.findIndex(cell => cell.model.id === id);
  if (index >= 0) {
    content.mode = 'command';
    content.deselectAll();
    content.activeCellIndex = index;
  }
}

/** Brings the active cell into sight where its notebook is seen. */
async function scrollToActive({ content, isVisible }: NotebookPanel): Promise<void> {
  if (isVisible) {
    await scrollToCell(content, content.activeCellIndex, 'smart');
  }
}

/**
 * Consequences that the person may not want: one click takes the edit back. They are told no
 * more once something else can have made them untrue, or would be taken back.
 */
function tell(
  context: IEditCommandContext,
  panel: NotebookPanel,
  { notes }: IEdit
): void {
  const shared = panel.model?.sharedModel;
  if (!shared) {
    return;
  }
  const step = lastStep(shared);
  const id = Notification.info(notes.join(' '), {
    autoClose: 10_000,
    actions: [
      {
        label: context.trans.__('Undo'),
        callback: () => {
          // Only while the edit is still the last step.
          if (!panel.isDisposed && lastStep(shared) === step) {
            shared.undo();
          }
        }
      }
    ]
  });
  whenCodeIsOther(context, panel, () => Notification.dismiss(id));
}

/**
 * Calls back once, after the next edit of a notebook that undo or its graph knows of, unless
 * what it returns is called before.
 */
function whenCodeIsOther(
  { graphs }: IEditCommandContext,
  panel: NotebookPanel,
  callback: () => void
): () => void {
  const graph = graphs?.of(panel);
  // What it has not read yet is not the next edit.
  graph?.refresh();
  const unfollow = (): void => {
    stop?.();
    graph?.analysed.disconnect(end);
    panel.disposed.disconnect(end);
  };
  const end = (): void => {
    unfollow();
    callback();
  };
  const stop = panel.model && onStep(panel.model.sharedModel, end);
  graph?.analysed.connect(end);
  panel.disposed.connect(end);
  return unfollow;
}
