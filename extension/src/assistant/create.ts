import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard } from '@jupyterlab/apputils';
import type { ILoggerRegistry } from '@jupyterlab/logconsole';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { TranslationBundle } from '@jupyterlab/translation';

import { tellError } from '../addCommand';
import { CommandIDs } from '../commands';
import type { INotebookRuns } from '../graph/run/tokens';
import type { INotebookGraphs } from '../graph/tokens';
import { startNet } from '../net/startNet';
import type { ISecretStore } from '../secrets/tokens';
import { unlockSecret } from '../secrets/unlockDialog';
import { showMenu } from '../session/panel/panelMenu';
import { markdownLoader, markdownRenderer } from '../skills/markdown';
import type { IProfile, ISessions, ISkillLibrary } from '../tokens';
import { applyFix } from './applyFix';
import { ArtifactView } from './artifactView';
import { ConversationStore } from './conversationStore';
import { deleteConversation } from './deleteConversation';
import { filesBeside } from './filesBeside';
import { inNotebook } from './inNotebook';
import { insertCode, insertWorkflow } from './insertCode';
import type { IPanelActions } from './panel/actions';
import { AssistantPanel } from './panel/AssistantPanel';
import { showContext } from './panel/contextDialog';
import { AssistantModel } from './panel/model';
import { chooseModel, typeKey } from './panel/modelDialog';
import { confirmTakeBack } from './panel/takeBackDialog';
import { keyName, keyTester, NetProvider } from './provider/netProvider';
import type { ChatProviders } from './provider/providers';
import type { AssistantSettings } from './settings';
import { ToolExecutor } from './tools/executor';
import { traceTurn } from './traceTurn';

/** What the assistant is made of. */
export interface ICreateOptions {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly notebooks: INotebookTracker;
  readonly rendermime: IRenderMimeRegistry;
  readonly secrets: ISecretStore;
  readonly settings: AssistantSettings;
  /** Those of other extensions; the product's own come to them. */
  readonly providers: ChatProviders;
  readonly sessions: ISessions | null;
  readonly profile: IProfile | null;
  readonly runs: INotebookRuns | null;
  readonly graphs: INotebookGraphs | null;
  readonly trans: TranslationBundle;
  readonly onFailure: (reason: unknown) => void;
  /** Where what nobody expected is written down, by the path of a notebook. */
  readonly loggers: ILoggerRegistry | null;
}

/** Makes providers, model, tools and panel, and ties them together. */
export function createAssistant(options: ICreateOptions): AssistantPanel {
  const { app, library, notebooks, secrets, sessions, profile } = options;
  const { runs, graphs, settings, providers, trans, onFailure } = options;
  addOwnProviders({ settings, secrets, providers, trans });
  const { contents } = app.serviceManager;
  const store = new ConversationStore({ sessions, contents });
  const model = new AssistantModel({
    ...{ notebooks, library, runs, settings, onFailure },
    log: (reason, panel) => logFault(options, reason, panel),
    ...{ store, recentRuns: panel => store.recentRuns(panel) },
    filesBeside: panel => filesBeside(contents, panel),
    provider: () => providers.get(settings.values.provider),
    pinned: () => settings.values.pinned,
    confirm: question => confirmTakeBack(question, trans),
    trace: async (place, turn) => {
      if (sessions) {
        await traceTurn(sessions, profile?.id ?? '', place, turn);
      }
    }
  });
  model.executor = new ToolExecutor({
    ...{ app, library, graphs, runs },
    notebook: () => notebooks.currentWidget,
    session: () => model.session,
    appliesChanges: () => settings.values.applyChanges,
    approve: model.approve
  });
  const check = (): void => void model.checkProvider().catch(onFailure);
  secrets.changed.connect(check, model);
  settings.changed.connect(check, model);
  providers.changed.connect(check, model);
  check();
  const actions = panelActions(options, model);
  const choose = (): Promise<void> => askModel(options);
  return new AssistantPanel({ model, settings, actions, trans, chooseModel: choose });
}

/** Adds the product's own ways to ask, each once. */
export function addOwnProviders({
  settings,
  secrets,
  providers,
  trans
}: Pick<ICreateOptions, 'settings' | 'secrets' | 'providers' | 'trans'>): void {
  for (const provider of ownProviders(settings, secrets, trans)) {
    // Another extension may have brought its own way to the same servers.
    if (!providers.get(provider.id)) {
      providers.add(provider);
    }
  }
}

function ownProviders(
  settings: AssistantSettings,
  secrets: ISecretStore,
  trans: TranslationBundle
): readonly NetProvider[] {
  const typed = {
    isOn: () => settings.values.typesKey,
    ask: (server: string) => typeKey(server, trans)
  };
  const shared = {
    secrets,
    typed,
    net: () => startNet(trans),
    server: () => settings.server
  };
  return [
    new NetProvider({ ...shared, api: 'anthropic', name: trans.__('Anthropic') }),
    new NetProvider({
      ...{ ...shared, api: 'openai' },
      name: trans.__('Chat completions (OpenRouter, Ollama, vLLM …)')
    })
  ];
}

/** A locked key is opened first: that is all that most people want then. */
async function askModel({
  secrets,
  settings,
  providers,
  trans
}: ICreateOptions): Promise<void> {
  const name = keyName(settings.server);
  if ((await secrets.state(name)) === 'locked') {
    const label = trans.__('key of %1', settings.server);
    if ((await unlockSecret({ secrets, name, label, trans })) !== undefined) {
      return;
    }
  }
  await chooseModel({
    ...{ settings, secrets, trans },
    providers: providers.all.map(({ id, name: title }) => [id, title] as const),
    tester: id => keyTester(providers.get(id))
  });
}

function panelActions(options: ICreateOptions, model: AssistantModel): IPanelActions {
  const { app, library, rendermime, graphs, settings, trans, onFailure } = options;
  const tellUnset = (error: unknown): void =>
    tellError(trans, trans.__('The setting was not kept'), error);
  const run = (id: string, skill: string): void =>
    void app.commands.execute(id, { id: skill });
  const offerCode = (panel: NotebookPanel, code: string, id: string): void =>
    model.insertOffer({ id, panel, insert: () => insertCode(panel, code) });
  // The import and other cells that it uses may not have run in this kernel.
  const runWithNeeds = (panel: NotebookPanel | null, cell: string): void =>
    void app.commands
      .execute(CommandIDs.runToHere, {
        ...(panel && { notebook: panel.context.path }),
        cells: [cell]
      })
      .catch(onFailure);
  const load = markdownLoader(rendermime);
  const artifacts = new ArtifactView({
    ...{ app, library, rendermime, trans },
    notebook: () => model.notebook
  });
  return {
    insertCode: (code, id) => inNotebook(options, panel => offerCode(panel, code, id)),
    runCode: (code, id) =>
      inNotebook(options, panel => {
        offerCode(panel, code, id);
        const cell = panel.content.activeCell?.model.id;
        if (cell !== undefined) {
          runWithNeeds(panel, cell);
        }
      }),
    copy: text => Clipboard.copyToSystem(text),
    openSkill: id => run(CommandIDs.openSkill, id),
    insertSkill: id => run(CommandIDs.insertSkill, id),
    insertWorkflow: (steps, id) =>
      inNotebook(options, panel => {
        const insert = (): unknown => insertWorkflow(panel, steps, { library, graphs });
        model.insertOffer({ id, panel, insert });
      }),
    applyFix: (cell, id) =>
      void applyFix({ ...options, model }, { cell, id }).catch(onFailure),
    runWithNeeds: cell => runWithNeeds(model.notebook, cell),
    chooseModel: () => void app.commands.execute(CommandIDs.chooseModel),
    useSkills: useSkills => void settings.set({ useSkills }).catch(tellUnset),
    showContext: () => void showContext(model.context, trans).catch(onFailure),
    undoTurn: id => void model.undo(id).catch(onFailure),
    deleteConversation: () => void deleteConversation(model, trans).catch(onFailure),
    exportConversation: button => {
      const { id, volume } = model.place ?? {};
      const entries = ['markdown', 'json'].map(format => ({
        command: CommandIDs.exportChat,
        args: { format, ...(id && volume ? { id, volume } : {}) }
      }));
      showMenu(app.commands, [entries], button);
    },
    previewArtifact: artifacts.preview,
    openArtifact: artifacts.open,
    renderMarkdown: markdownRenderer(rendermime),
    ready: () => void load().catch(reportError)
  };
}

/**
 * Writes a fault into the log of the notebook that the turn is about, as the Log Console
 * shows it; without one, into the browser's console.
 */
function logFault(
  { loggers }: ICreateOptions,
  reason: unknown,
  panel: NotebookPanel | null
): void {
  if (!panel || !loggers) {
    reportError(reason);
    return;
  }
  const data =
    reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  const { path } = panel.context;
  loggers.getLogger(path).log({ type: 'text', level: 'critical', data });
}
