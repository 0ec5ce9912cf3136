import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addCommand, textArg } from '../addCommand';
import { CommandIDs } from '../commands';
import { assistantIcon } from '../icons';
import { ASSISTANT_PANEL_ID, type AssistantFrame } from './AssistantFrame';
import { addCellCommands } from './cellCommands';
import { aboutNow } from './panel/about';
import type { AssistantSettings } from './settings';

/** What the commands work with. */
export interface IAssistantCommandContext {
  readonly app: JupyterFrontEnd;
  readonly notebooks: INotebookTracker;
  /** Whose content is the assistant, made at the first use. */
  readonly frame: AssistantFrame;
  readonly settings: AssistantSettings;
  readonly trans: TranslationBundle;
}

/** Adds the commands that open the panel and ask in it. */
export function addAssistantCommands(context: IAssistantCommandContext): void {
  const { app, frame, notebooks, trans } = context;
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
      const about = aboutNow(notebooks.currentWidget);
      show();
      const panel = await frame.content();
      const question = textArg(args, 'question');
      if (question !== undefined && args.isDraft !== true) {
        await panel.model.ask(question, about);
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
    async () => (await frame.content()).chooseModel()
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
        // In line: what is read while an earlier change is written has it not yet.
        await settings.change(async () => {
          const others = settings.values.pinned.filter(pinned => pinned !== id);
          await settings.set({ pinned: isPinned(id) ? others : [...others, id] });
        });
      }
    }
  );
}
