import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addCommand, textArg } from '../addCommand';
import { CommandIDs } from '../commands';
import { assistantIcon } from '../icons';
import type { AssistantModel } from './panel/model';
import type { AssistantSettings } from './settings';
import { ASSISTANT_PANEL_ID, type AssistantPanel } from './panel/AssistantPanel';

/** What the commands work with. */
export interface IAssistantCommandContext {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  readonly model: AssistantModel;
  readonly panel: AssistantPanel;
  readonly chooseModel: () => Promise<void>;
  readonly settings: AssistantSettings;
  readonly trans: TranslationBundle;
}

/** Adds the commands that open the panel and ask in it. */
export function addAssistantCommands(context: IAssistantCommandContext): void {
  const { app, model, panel, chooseModel, trans } = context;
  const show = (): void => app.shell.activateById(ASSISTANT_PANEL_ID);
  addCommand(
    context,
    CommandIDs.openAssistant,
    {
      label: trans.__('Assistant'),
      caption: trans.__('Show the assistant'),
      icon: assistantIcon
    },
    () => Promise.resolve(show())
  );
  addCommand(
    context,
    CommandIDs.askAssistant,
    {
      label: trans.__('Ask the assistant'),
      caption: trans.__('Ask a question, or put it into the field to change it first'),
      icon: assistantIcon,
      args: {
        question: { type: 'string', description: 'The question' },
        isDraft: { type: 'boolean', description: 'Only put it into the field' }
      }
    },
    async args => {
      show();
      const question = textArg(args, 'question');
      if (question !== undefined && args.isDraft !== true) {
        await model.ask(question);
      } else {
        panel.propose(question ?? '');
      }
    }
  );
  addCommand(
    context,
    CommandIDs.chooseModel,
    {
      label: trans.__('Model and key of the assistant…'),
      caption: trans.__('Choose model and address, and enter, test or forget the key'),
      icon: assistantIcon
    },
    chooseModel
  );
  addPinCommand(context);
  addCellCommands(context);
}

/** Pins a skill, so that it goes into every question, or takes it out again. */
function addPinCommand(context: IAssistantCommandContext): void {
  const { settings, trans } = context;
  const isPinned = (id: string | undefined): boolean =>
    settings.values.pinned.some(pinned => pinned === id);
  addCommand(
    context,
    CommandIDs.pinSkill,
    {
      label: trans.__('Pin to the assistant'),
      labelFor: args =>
        isPinned(textArg(args, 'id'))
          ? trans.__('Unpin from the assistant')
          : undefined,
      caption: trans.__('The assistant reads a pinned skill for every question'),
      icon: assistantIcon,
      args: { id: { type: 'string', description: 'Id of the skill' } },
      required: ['id']
    },
    async args => {
      const id = textArg(args, 'id');
      if (id !== undefined) {
        const others = settings.values.pinned.filter(pinned => pinned !== id);
        await settings.set({ pinned: isPinned(id) ? others : [...others, id] });
      }
    }
  );
}

/** "Explain", "Fix" and "Improve" at a cell. */
function addCellCommands(context: IAssistantCommandContext): void {
  const { app, notebooks, model, trans } = context;
  const asks = [
    [
      CommandIDs.explainCell,
      trans.__('Explain cell'),
      trans.__('Ask the assistant what this cell does'),
      () => trans.__('What does this cell do?')
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
        const editor = notebooks.activeCell?.editor;
        const { start, end } = editor?.getSelection() ?? {};
        const source = editor?.model.sharedModel.getSource() ?? '';
        const part =
          editor && start && end
            ? source.slice(editor.getOffsetAt(start), editor.getOffsetAt(end))
            : '';
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
        isEnabled: () => notebooks.activeCell !== null
      },
      async () => {
        const text = question();
        app.shell.activateById(ASSISTANT_PANEL_ID);
        await model.ask(text);
      }
    );
  }
}
