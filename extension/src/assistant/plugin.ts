import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ILoggerRegistry } from '@jupyterlab/logconsole';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStateDB } from '@jupyterlab/statedb';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../commands';
import { widenAtFirst, type IFirstWidth } from '../firstWidth';
import { INotebookRuns } from '../graph/run/tokens';
import { INotebookGraphs } from '../graph/tokens';
import { reasonOf } from '../reasonOf';
import { ISecretStore } from '../secrets/tokens';
import { STAYS } from '../stays';
import { IProfile, ISessions, ISkillLibrary } from '../tokens';
import { ASSISTANT_PANEL_ID, AssistantFrame } from './AssistantFrame';
import { addErrorHelp } from './cellCommands';
import { addAssistantCommands } from './commands';
import { aboutNow } from './panel/about';
import { ChatProviders } from './provider/providers';
import { AssistantSettings, SETTINGS_ID } from './settings';
import { IAssistant } from './tokens';

/** So that a line of code can be read in an answer and in a diff. */
const FIRST_WIDTH: IFirstWidth = {
  entry: 'llmos-assistant:widened',
  least: 340,
  greatest: 480,
  share: 0.28
};

/**
 * The assistant: its place in the right side bar, its commands, its providers. What is
 * behind them is loaded at the first use.
 */
export const assistantPlugin: JupyterFrontEndPlugin<IAssistant> = {
  id: SETTINGS_ID,
  description: 'A chat that knows the skills and works in the notebook.',
  autoStart: true,
  provides: IAssistant,
  requires: [ISkillLibrary, INotebookTracker, IRenderMimeRegistry, ISecretStore],
  optional: [
    ...[ITranslator, ISettingRegistry, ISessions, IProfile, INotebookRuns],
    ...[INotebookGraphs, ILayoutRestorer, ICommandPalette, ILoggerRegistry],
    IStateDB
  ],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    rendermime: IRenderMimeRegistry,
    secrets: ISecretStore,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    sessions: ISessions | null,
    profile: IProfile | null,
    runs: INotebookRuns | null,
    graphs: INotebookGraphs | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    loggers: ILoggerRegistry | null,
    state: IStateDB | null
  ): IAssistant => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const onFailure = tellUnkept(trans);
    const settings = new AssistantSettings(registry);
    settings.ready.catch(onFailure);
    const providers = new ChatProviders();
    const frame = new AssistantFrame(trans, async () => {
      const [{ createAssistant }] = await Promise.all([
        import('./create'),
        // Without them the defaults hold; that they failed was told.
        settings.ready.catch(() => undefined)
      ]);
      return createAssistant({
        ...{ app, library, notebooks, rendermime, secrets, settings, providers },
        ...{ sessions, profile, runs, graphs, trans, onFailure, loggers }
      });
    });
    const context = { app, notebooks, frame, settings, trans };
    addAssistantCommands(context);
    addErrorHelp(context, rendermime);
    if (state) {
      const widen = (): Promise<void> => widenAtFirst(frame, state, FIRST_WIDTH);
      // Without it the panel is as wide as the side bar was: nothing is lost.
      frame.shown.connect(() => void widen().catch(() => undefined));
    }
    app.shell.add(frame, 'right', { rank: 300, type: 'Assistant' });
    restorer?.add(frame, ASSISTANT_PANEL_ID);
    const args = { isPalette: true };
    PALETTE.forEach(command => palette?.addItem({ command, category: CATEGORY, args }));
    return {
      addProvider: provider => providers.add(provider),
      ask: async question => {
        const about = aboutNow(notebooks.currentWidget);
        await (await frame.content()).model.ask(question, about);
      },
      complete: async (question, signal) => {
        const [{ addOwnProviders }, { complete }] = await Promise.all([
          import('./create'),
          import('./complete'),
          settings.ready.catch(() => undefined)
        ]);
        addOwnProviders({ settings, secrets, providers, trans });
        return complete({ providers, settings }, question, signal);
      }
    };
  }
};

/** Tells what could not be written or read; the answer itself is there. */
function tellUnkept(trans: TranslationBundle): (reason: unknown) => void {
  return reason => {
    const why = reasonOf(reason);
    Notification.error(trans.__('The conversation could not be kept: %1', why), {
      autoClose: STAYS.error
    });
  };
}

const PALETTE = [
  CommandIDs.openAssistant,
  CommandIDs.chooseModel,
  CommandIDs.explainCell,
  CommandIDs.fixCell,
  CommandIDs.improveCell
];
