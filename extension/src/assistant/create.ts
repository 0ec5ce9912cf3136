import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Clipboard, Notification, showDialog, Dialog } from '@jupyterlab/apputils';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { TranslationBundle } from '@jupyterlab/translation';
import { DisposableDelegate } from '@lumino/disposable';

import { CommandIDs } from '../commands';
import type { INotebookRuns } from '../graph/run/tokens';
import type { INotebookGraphs } from '../graph/tokens';
import { startNet } from '../net/startNet';
import type { ISecretStore } from '../secrets/tokens';
import { unlockSecret } from '../secrets/unlockDialog';
import { markdownRenderer } from '../skills/markdown';
import type { IProfile, ISessions, ISkillLibrary } from '../tokens';
import { ConversationStore } from './conversationStore';
import { insertCode, insertWorkflow, runCode } from './insertCode';
import type { IPanelActions } from './panel/actions';
import { AssistantPanel } from './panel/AssistantPanel';
import { showContext } from './panel/contextDialog';
import { AssistantModel } from './panel/model';
import { chooseModel } from './panel/modelDialog';
import { keyName, NetProvider } from './provider/netProvider';
import { AssistantSettings } from './settings';
import type { IAssistant, IChatProvider } from './tokens';
import { ToolExecutor } from './tools/executor';
import { traceTurn } from './traceTurn';

/** What the assistant is made of. */
export interface ICreateOptions {
  readonly app: JupyterFrontEnd;
  readonly library: ISkillLibrary;
  readonly notebooks: INotebookTracker;
  readonly rendermime: IRenderMimeRegistry;
  readonly secrets: ISecretStore;
  readonly registry: ISettingRegistry | null;
  readonly sessions: ISessions | null;
  readonly profile: IProfile | null;
  readonly runs: INotebookRuns | null;
  readonly graphs: INotebookGraphs | null;
  readonly trans: TranslationBundle;
  readonly onFailure: (reason: unknown) => void;
}

/** The parts that the plugin hands on. */
export interface ICreated {
  readonly assistant: IAssistant;
  readonly model: AssistantModel;
  readonly panel: AssistantPanel;
  readonly chooseModel: () => Promise<void>;
  readonly settings: AssistantSettings;
}

/** Makes settings, providers, model, tools and panel, and ties them together. */
export function createAssistant(options: ICreateOptions): ICreated {
  const { app, library, notebooks, secrets, sessions, profile } = options;
  const { runs, graphs, trans, onFailure } = options;
  const settings = new AssistantSettings(options.registry);
  settings.ready.catch(onFailure);
  const providers = new Map<string, IChatProvider>();
  for (const provider of ownProviders(settings, secrets, trans)) {
    providers.set(provider.id, provider);
  }
  const { contents } = app.serviceManager;
  const model = new AssistantModel({
    ...{ notebooks, library, runs, settings, onFailure },
    store: new ConversationStore({ sessions, contents }),
    provider: () => providers.get(settings.values.provider) ?? null,
    pinned: () => settings.values.pinned,
    trace: async (panel, turn) => {
      if (sessions) {
        await traceTurn(sessions, profile?.id ?? '', panel, turn);
      }
    }
  });
  model.executor = new ToolExecutor({
    ...{ app, library, graphs, runs },
    notebook: () => notebooks.currentWidget,
    appliesChanges: () => settings.values.applyChanges,
    approve: model.approve
  });
  const check = (): void => void model.checkProvider().catch(onFailure);
  secrets.changed.connect(check, model);
  settings.changed.connect(check, model);
  check();
  const choose = (): Promise<void> => askModel(options, settings, providers);
  const actions = panelActions(options, model, choose);
  const panel = new AssistantPanel({ model, settings, actions, trans });
  const assistant: IAssistant = {
    addProvider: provider => {
      providers.set(provider.id, provider);
      check();
      return new DisposableDelegate(() => void providers.delete(provider.id));
    },
    ask: question => model.ask(question)
  };
  return { assistant, model, panel, settings, chooseModel: choose };
}

function ownProviders(
  settings: AssistantSettings,
  secrets: ISecretStore,
  trans: TranslationBundle
): readonly NetProvider[] {
  const shared = { secrets, net: startNet, server: () => settings.server };
  return [
    new NetProvider({ ...shared, api: 'anthropic', name: trans.__('Anthropic') }),
    new NetProvider({
      ...{ ...shared, api: 'openai' },
      name: trans.__('Chat completions (OpenRouter, Ollama, vLLM …)')
    })
  ];
}

/** A locked key is opened first: that is all that most people want then. */
async function askModel(
  { secrets, trans }: ICreateOptions,
  settings: AssistantSettings,
  providers: ReadonlyMap<string, IChatProvider>
): Promise<void> {
  const name = keyName(settings.server);
  if ((await secrets.state(name)) === 'locked') {
    const label = trans.__('key of %1', settings.server);
    if ((await unlockSecret({ secrets, name, label, trans })) !== undefined) {
      return;
    }
  }
  await chooseModel({
    ...{ settings, secrets, trans },
    providers: [...providers.values()].map(
      ({ id, name: title }) => [id, title] as const
    ),
    test: (id, server, key) => {
      const api = id === 'openai' ? 'openai' : 'anthropic';
      const shared = { secrets, net: startNet, server: () => server };
      return new NetProvider({ ...shared, api, name: '' }).test(key);
    }
  });
}

function panelActions(
  { app, library, notebooks, rendermime, graphs, trans }: ICreateOptions,
  model: AssistantModel,
  choose: () => Promise<void>
): IPanelActions {
  /** Does something in the notebook in front; a failure is told here. */
  const inNotebook = (work: (panel: NotebookPanel) => unknown): void => {
    const panel = notebooks.currentWidget;
    if (!panel) {
      Notification.warning(trans.__('No notebook is open. Open one and try again.'));
      return;
    }
    try {
      work(panel);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      Notification.error(trans.__('Nothing was inserted: %1', reason));
    }
  };
  const run = (id: string, skill: string): void =>
    void app.commands.execute(id, { id: skill });
  return {
    insertCode: code => inNotebook(panel => insertCode(panel, code)),
    runCode: code => inNotebook(panel => void runCode(panel, code)),
    copy: text => Clipboard.copyToSystem(text),
    openSkill: id => run(CommandIDs.openSkill, id),
    insertSkill: id => run(CommandIDs.insertSkill, id),
    insertWorkflow: steps =>
      inNotebook(panel => insertWorkflow(panel, steps, { library, graphs })),
    chooseModel: () => void choose(),
    showContext: () => void showContext(model.context, trans),
    undoTurn: id => void undoTurn(model, id, trans),
    renderMarkdown: markdownRenderer(rendermime)
  };
}

/** What the person did after the answer would go too: then it is asked. */
async function undoTurn(
  model: AssistantModel,
  id: string,
  trans: TranslationBundle
): Promise<void> {
  if (model.changedSince(id)) {
    const { button } = await showDialog({
      title: trans.__('Undo turn?'),
      body: trans.__(
        'The notebook was changed after this answer. Undoing takes these changes back too.'
      ),
      buttons: [
        Dialog.cancelButton(),
        Dialog.warnButton({ label: trans.__('Undo turn') })
      ]
    });
    if (!button.accept) {
      return;
    }
  }
  model.undo(id);
}
