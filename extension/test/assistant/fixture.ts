import '../browser';

import type { JupyterFrontEnd } from '@jupyterlab/application';
import {
  NotebookModel,
  type INotebookTracker,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import {
  NO_USAGE,
  type IModelRequest,
  type JsonValue,
  type ModelEvent
} from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { Title } from '@lumino/widgets';

import { ConversationStore } from '../../src/assistant/conversationStore';
import { AssistantModel } from '../../src/assistant/panel/model';
import { AssistantSettings } from '../../src/assistant/settings';
import type { IChatProvider } from '../../src/assistant/tokens';
import { ToolExecutor } from '../../src/assistant/tools/executor';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

/** A notebook on the screen, its code cells `c0`, `c1` … with these sources. */
export function notebookOf(path: string, ...sources: readonly string[]) {
  const model = new NotebookModel();
  model.sharedModel.insertCells(
    0,
    sources.map((source, at) => ({ id: `c${at}`, cell_type: 'code', source }))
  );
  // A new model begins with nothing or with one empty cell.
  const extra = model.sharedModel.cells.length - sources.length;
  model.sharedModel.deleteCellRange(sources.length, sources.length + extra);
  const content: { activeCell: { model: { id: string } } | null } = {
    activeCell: { model: { id: 'c0' } }
  };
  const panel = {
    ...{ model, content, isDisposed: false, sessionContext: {} },
    title: new Title({ owner: null, label: path.replace(/^.*[/:]/, '') }),
    context: {
      ...{ path, ready: Promise.resolve(), pathChanged: new Signal({}) },
      contentsModel: { writable: true }
    }
  } as unknown as NotebookPanel;
  return {
    model,
    panel,
    select: (id: string) => {
      content.activeCell = { model: { id } };
    },
    sources: () => model.sharedModel.cells.map(cell => cell.getSource())
  };
}

/** A tracker whose notebook in front can be changed. */
export function trackerOf(first: NotebookPanel | null) {
  const currentChanged = new Signal<object, NotebookPanel | null>({});
  const activeCellChanged = new Signal({});
  const tracker = { currentWidget: first, currentChanged, activeCellChanged };
  return {
    tracker: tracker as unknown as INotebookTracker,
    front: (panel: NotebookPanel | null) => {
      tracker.currentWidget = panel;
      currentChanged.emit(panel);
    }
  };
}

/** A call of a tool, as a model makes it. */
export const call = (tool: string, input: JsonValue): ModelEvent => ({
  ...{ type: 'call', call: { id: `${tool}-${JSON.stringify(input)}`, tool, input } }
});

/** What a scripted model says to one request, or does before it answers. */
export type Reply = readonly ModelEvent[] | (() => Promise<readonly ModelEvent[]>);

/** A model that gives these answers, one a request, then says nothing; and the requests. */
export function scripted(...replies: readonly Reply[]) {
  const requests: IModelRequest[] = [];
  const provider: IChatProvider = {
    ...{ id: 'x', name: 'X', problem: () => Promise.resolve(null) },
    ask: async (request, onEvents) => {
      const reply = replies[requests.length] ?? [];
      requests.push(request);
      onEvents(typeof reply === 'function' ? await reply() : reply);
      onEvents([{ type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' }]);
    }
  };
  return { provider, requests };
}

/** The assistant's model at work over notebooks; changes need no word. */
export function assistantOver(
  tracker: INotebookTracker,
  provider: IChatProvider | null,
  more: Partial<ConstructorParameters<typeof AssistantModel>[0]> = {}
): AssistantModel {
  const { library } = libraryOf(HAMILTONIAN, VQE);
  const contents = {} as Contents.IManager;
  const fail = (reason: unknown): never => {
    throw reason;
  };
  const model = new AssistantModel({
    ...{ library, notebooks: tracker, runs: null, pinned: () => [] },
    settings: new AssistantSettings(null),
    store: new ConversationStore({ sessions: null, contents }),
    provider: () => provider,
    recentRuns: () => Promise.resolve([]),
    filesBeside: () => Promise.resolve(new Map()),
    trace: () => Promise.resolve(),
    confirm: () => Promise.reject(new Error('Nobody was to be asked.')),
    ...{ log: fail, onFailure: fail },
    ...more
  });
  model.executor = new ToolExecutor({
    ...{ app: {} as JupyterFrontEnd, library, graphs: null, runs: more.runs ?? null },
    notebook: () => tracker.currentWidget,
    session: () => model.session,
    appliesChanges: () => true,
    approve: model.approve
  });
  return model;
}

/** A promise, and what resolves it. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open = (): void => undefined;
  const passed = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open: () => open(), passed };
}
