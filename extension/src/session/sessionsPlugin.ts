import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { OutputPolicy } from '@llmos-lab/skills';

import { addCommand, tellError } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { INotebookRuns } from '../graph/run/tokens';
import { addHistory } from '../history/addHistory';
import { sessionsIcon } from '../icons';
import { eachNotebook } from '../notebook/eachNotebook';
import { ITransfers } from '../remotes/tokens';
import { IProfile, ISessions, IVolumes } from '../tokens';
import { addCommitCommand } from './commit/commands';
import type { ISessionContext } from './context';
import { panelActions } from './panel/panelActions';
import { SessionPanelModel } from './panel/model';
import { SESSION_PANEL_ID, SessionPanel } from './panel/SessionPanel';
import { addSessionCommands } from './sessionCommands';
import { addShareCommands } from './share/commands';
import { addSharedSessions } from './share/openShare';
import { Sessions } from './store/sessions';

const ID = '@llmos-lab/extension:sessions';

/** Provides the sessions of all volumes. */
export const sessionsPlugin: JupyterFrontEndPlugin<ISessions> = {
  id: '@llmos-lab/extension:session-store',
  description: 'Provides the sessions of all volumes.',
  autoStart: true,
  provides: ISessions,
  requires: [IVolumes, IProfile],
  optional: [ITranslator],
  activate: (
    { serviceManager }: JupyterFrontEnd,
    volumes: IVolumes,
    profile: IProfile,
    translator: ITranslator | null
  ): ISessions => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { contents } = serviceManager;
    const onError = (path: string, error: unknown): void =>
      tellError(trans, trans.__('The session of "%1" does not follow it', path), error);
    return new Sessions(volumes, contents, trans, () => profile.id, onError);
  }
};

/** The sessions panel, and the commands on sessions. */
export const sessionPanelPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Adds the sessions panel and the commands on sessions.',
  autoStart: true,
  requires: [ISessions, IProfile, IDocumentManager, INotebookTracker],
  optional: [
    ITranslator,
    ISettingRegistry,
    ILayoutRestorer,
    ICommandPalette,
    ITransfers,
    INotebookRuns
  ],
  activate: (
    app: JupyterFrontEnd,
    provided: ISessions,
    profile: IProfile,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    transfers: ITransfers | null,
    runs: INotebookRuns | null
  ) => {
    if (!(provided instanceof Sessions)) {
      // Sessions of another extension bring a panel of their own.
      return;
    }
    const sessions = provided;
    const trans = (translator ?? nullTranslator).load('llmos');
    const outputs = readOutputs(registry, trans);
    const author = () => profile.author();
    const user = () => profile.id;
    const context: ISessionContext = {
      ...{ app, trans, sessions, documents, notebooks, author, user, outputs },
      marks: runs?.marks ?? null
    };
    eachNotebook(notebooks, notebook => sessions.followEdits(notebook));
    addSessionCommands(context);
    addCommitCommand(context);
    addHistory(context);
    addShareCommands(context);
    addSharedSessions(context);
    const model = new SessionPanelModel(sessions, transfers);
    const panel = new SessionPanel(model, panelActions(app, transfers), trans);
    addOpenCommand(context, panel);
    app.shell.add(panel, 'left', { rank: 210, type: 'Sessions' });
    restorer?.add(panel, SESSION_PANEL_ID);
    for (const command of PALETTE) {
      palette?.addItem({ command, category: CATEGORY });
    }
    for (const format of ['markdown', 'json']) {
      const args = { format, isPalette: true };
      palette?.addItem({ command: CommandIDs.exportChat, args, category: CATEGORY });
    }
  }
};

const PALETTE = [
  CommandIDs.openSessions,
  CommandIDs.commitSession,
  CommandIDs.compareSession,
  CommandIDs.showHistory,
  CommandIDs.makeBranch,
  CommandIDs.renameSession,
  CommandIDs.deleteSession,
  CommandIDs.shareSession,
  CommandIDs.openShare
];

function addOpenCommand(context: ISessionContext, panel: SessionPanel): void {
  const { app, trans } = context;
  addCommand(
    context,
    CommandIDs.openSessions,
    {
      label: trans.__('Open sessions panel'),
      caption: trans.__('Show volumes, sessions and what is not committed'),
      icon: sessionsIcon,
      args: {
        key: { type: 'string', description: 'Session to open, such as user:s-01J…' }
      }
    },
    async ({ key }) => {
      app.shell.activateById(panel.id);
      if (typeof key === 'string') {
        panel.model.open(key);
      }
      await panel.focusSearch();
    }
  );
}

/** Whether commits keep outputs, as the setting is at that moment. */
function readOutputs(
  registry: ISettingRegistry | null,
  trans: TranslationBundle
): () => OutputPolicy | 'ask' {
  let value: OutputPolicy | 'ask' = 'ask';
  const follow = (settings: ISettingRegistry.ISettings): void => {
    const read = (): void => {
      const wanted = settings.composite['outputs'];
      value = wanted === 'keep' || wanted === 'clear' ? wanted : 'ask';
    };
    read();
    settings.changed.connect(read);
  };
  registry
    ?.load(ID)
    .then(follow)
    .catch((error: unknown) => tellError(trans, trans.__('Settings'), error));
  return () => value;
}
