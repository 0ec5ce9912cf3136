import type { Cell } from '@jupyterlab/cells';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';

import { addCommand, textArg, type CommandArgs } from '../addCommand';
import { CommandIDs } from '../commands';
import { assistantIcon } from '../icons';
import { ASSISTANT_PANEL_ID } from './AssistantFrame';
import type { IAssistantCommandContext } from './commands';
import { ERROR_MIME, ErrorHelp } from './errorHelp';
import { aboutNow, type IAbout } from './panel/about';

/** Before JupyterLab's own renderer of errors, which is 110. */
const RANK = 100;

/** Arguments of the commands at a cell, as their schemas describe them. */
const CELL_ARGS = {
  cell: {
    type: 'string',
    description: 'Id of a cell of the notebook; else the active one'
  },
  notebook: {
    type: 'string',
    description: 'Path of an open notebook; else the one in front'
  },
  about: {
    type: 'string',
    enum: ['cell', 'error'],
    description:
      'What the button stands at: it is shown only where there is such a thing'
  },
  whenSelected: {
    type: 'boolean',
    description: 'Shown only while text of the active cell is selected'
  }
} as const;

/** "Explain", "Fix" and "Improve" at a cell; each opens the panel and asks there. */
export function addCellCommands(context: IAssistantCommandContext): void {
  const { app, frame, notebooks, trans } = context;
  const asks = [
    [
      CommandIDs.explainCell,
      trans.__('Explain cell'),
      trans.__('Ask the assistant what this cell does, or what its error means'),
      (args: CommandArgs) =>
        args.about === 'error'
          ? trans.__('What does the error of this cell mean?')
          : trans.__('What does this cell do?')
    ],
    [
      CommandIDs.fixCell,
      trans.__('Fix cell'),
      trans.__('Ask the assistant what the error of this cell means, and to mend it'),
      () => trans.__('What does the error of this cell mean? Fix it.')
    ],
    [
      CommandIDs.improveCell,
      trans.__('Improve cell'),
      trans.__('Ask the assistant to improve what is selected, or the whole cell'),
      () => {
        const part = selectedText(notebooks.activeCell);
        return part === ''
          ? trans.__('Improve this cell.')
          : trans.__('Improve this part of the cell:\n\n%1', part);
      }
    ]
  ] as const;
  for (const [id, label, caption, question] of asks) {
    addCommand(
      context,
      id,
      {
        ...{ label, caption, icon: assistantIcon },
        args: CELL_ARGS,
        isEnabled: () => notebooks.activeCell !== null,
        isVisible: args =>
          args.whenSelected !== true || selectedText(notebooks.activeCell) !== ''
      },
      async args => {
        const about = aboutOf(notebooks, args);
        const text = question(args);
        app.shell.activateById(ASSISTANT_PANEL_ID);
        await (await frame.content()).model.ask(text, about);
      }
    );
  }
  followSelection(context);
}

/** Shows errors with "Explain" and "Fix" below them. */
export function addErrorHelp(
  { app, notebooks, trans }: IAssistantCommandContext,
  rendermime: IRenderMimeRegistry
): void {
  const ask = (command: string) => (button: HTMLElement) => {
    const notebook = notebooks.find(({ node }) => node.contains(button));
    const cell = notebook?.content.widgets.find(({ node }) => node.contains(button));
    if (notebook && cell) {
      const { path } = notebook.context;
      const which = { notebook: path, cell: cell.model.id };
      void app.commands.execute(command, { ...which, about: 'error' });
    }
  };
  const actions = [
    {
      label: trans.__('Explain'),
      caption: trans.__('Ask the assistant what this error means'),
      click: ask(CommandIDs.explainCell)
    },
    {
      label: trans.__('Fix'),
      caption: trans.__('Ask the assistant to mend this error'),
      click: ask(CommandIDs.fixCell)
    }
  ];
  rendermime.addFactory(
    {
      safe: true,
      mimeTypes: [ERROR_MIME],
      createRenderer: options => new ErrorHelp(options, actions, trans)
    },
    RANK
  );
}

/** What is selected in a cell; empty for a bare cursor. */
function selectedText(cell: Cell | null): string {
  const editor = cell?.editor;
  if (!editor) {
    return '';
  }
  const { start, end } = editor.getSelection();
  const [from, to] = [editor.getOffsetAt(start), editor.getOffsetAt(end)];
  return editor.model.sharedModel
    .getSource()
    .slice(Math.min(from, to), Math.max(from, to));
}

/** The notebook and the cell that are named, which is selected; else those in front. */
function aboutOf(notebooks: INotebookTracker, args: CommandArgs): IAbout {
  const path = textArg(args, 'notebook');
  const id = textArg(args, 'cell');
  const named =
    path === undefined
      ? undefined
      : notebooks.find(({ context }) => context.path === path);
  const panel = named ?? notebooks.currentWidget;
  if (!panel || id === undefined) {
    return aboutNow(panel);
  }
  const index = panel.content.widgets.findIndex(({ model }) => model.id === id);
  if (index >= 0) {
    panel.content.activeCellIndex = index;
  }
  return { panel, cell: id };
}

/** Tells whether "Improve" has something to improve, only when that changes. */
function followSelection({ app, notebooks }: IAssistantCommandContext): void {
  let followed: Cell | null = null;
  let isSelected = false;
  const look = (): void => {
    const isNow = selectedText(followed) !== '';
    if (isNow !== isSelected) {
      isSelected = isNow;
      app.commands.notifyCommandChanged(CommandIDs.improveCell);
    }
  };
  const follow = (): void => {
    followed?.model.selections.changed.disconnect(look);
    followed = notebooks.activeCell;
    followed?.model.selections.changed.connect(look);
    look();
  };
  notebooks.activeCellChanged.connect(follow);
  follow();
}
