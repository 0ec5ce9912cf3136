import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../commands';
import { INotebookRuns } from '../graph/run/tokens';
import { INotebookGraphs } from '../graph/tokens';
import { ISecretStore } from '../secrets/tokens';
import { IProfile, ISessions, ISkillLibrary } from '../tokens';
import { addAssistantCommands } from './commands';
import { createAssistant } from './create';
import { ASSISTANT_PANEL_ID } from './panel/AssistantPanel';
import { SETTINGS_ID } from './settings';
import { IAssistant } from './tokens';

/** The assistant: its panel in the right side bar, its commands, its providers. */
export const assistantPlugin: JupyterFrontEndPlugin<IAssistant> = {
  id: SETTINGS_ID,
  description: 'A chat that knows the skills and works in the notebook.',
  autoStart: true,
  provides: IAssistant,
  requires: [ISkillLibrary, INotebookTracker, IRenderMimeRegistry, ISecretStore],
  optional: [
    ...[ITranslator, ISettingRegistry, ISessions, IProfile, INotebookRuns],
    ...[INotebookGraphs, ILayoutRestorer, ICommandPalette]
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
    palette: ICommandPalette | null
  ): IAssistant => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const onFailure = (reason: unknown): void => {
      const why = reason instanceof Error ? reason.message : String(reason);
      Notification.error(trans.__('The conversation could not be kept: %1', why));
    };
    const made = createAssistant({
      ...{ app, library, notebooks, rendermime, secrets, registry, sessions, profile },
      ...{ runs, graphs, trans, onFailure }
    });
    addAssistantCommands({ app, notebooks, trans, ...made });
    app.shell.add(made.panel, 'right', { rank: 300, type: 'Assistant' });
    restorer?.add(made.panel, ASSISTANT_PANEL_ID);
    for (const command of PALETTE) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
    return made.assistant;
  }
};

const PALETTE = [
  CommandIDs.openAssistant,
  CommandIDs.chooseModel,
  CommandIDs.explainCell,
  CommandIDs.fixCell,
  CommandIDs.improveCell
];
