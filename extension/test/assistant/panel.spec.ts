import '../browser';

import type { INotebookTracker } from '@jupyterlab/notebook';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { NO_USAGE, type IChatArtifact, type ModelEvent } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { ConversationStore } from '../../src/assistant/conversationStore';
import { newMessage } from '../../src/assistant/panel/answers';
import type { IPanelActions } from '../../src/assistant/panel/actions';
import { AssistantModel } from '../../src/assistant/panel/model';
import { AssistantPanel } from '../../src/assistant/panel/AssistantPanel';
import { AssistantSettings } from '../../src/assistant/settings';
import type { IChatProvider } from '../../src/assistant/tokens';
import { markdownRenderer } from '../../src/skills/markdown';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';

const trans = nullTranslator.load('llmos');

/** The panel on the page, with a provider or without. */
function show(provider: IChatProvider | null) {
  const { library } = libraryOf(HAMILTONIAN, VQE);
  const notebooks = { currentWidget: null, currentChanged: new Signal({}) };
  const composite = {
    prices: [{ model: 'claude-sonnet-5-5', input: 2, output: 10 }]
  };
  const kept = { composite, changed: new Signal({}), set: () => Promise.resolve() };
  const settings = new AssistantSettings({
    load: () => Promise.resolve(kept)
  } as unknown as ISettingRegistry);
  const model = new AssistantModel({
    ...{ library, settings, runs: null, pinned: () => [] },
    notebooks: notebooks as unknown as INotebookTracker,
    store: {} as ConversationStore,
    provider: () => provider,
    recentRuns: () => Promise.resolve([]),
    filesBeside: () => Promise.resolve(new Map()),
    trace: () => Promise.resolve(),
    onFailure: reason => {
      throw reason;
    }
  });
  const rendermime = new RenderMimeRegistry({
    initialFactories: standardRendererFactories
  });
  const calls: string[] = [];
  const note = (name: string) => (value?: unknown) => {
    calls.push(`${name} ${JSON.stringify(value)}`);
  };
  const actions: IPanelActions = {
    ...{ insertCode: note('code'), runCode: note('run'), copy: note('copy') },
    ...{ openSkill: note('open'), insertSkill: note('insert') },
    ...{ insertWorkflow: note('workflow'), chooseModel: note('choose') },
    ...{ showContext: note('context'), undoTurn: note('undo') },
    previewArtifact: (host, { name }) => {
      host.textContent = `preview of ${name}`;
      return () => host.replaceChildren();
    },
    openArtifact: note('artifact'),
    renderMarkdown: markdownRenderer(rendermime)
  };
  const chooseModel = () => Promise.resolve();
  const panel = new AssistantPanel({ model, settings, actions, trans, chooseModel });
  Widget.attach(panel, document.body);
  return { model, panel, calls };
}

const text = (panel: AssistantPanel): string => panel.node.textContent ?? '';
const button = (panel: AssistantPanel, name: string): HTMLButtonElement => {
  const found = [...panel.node.querySelectorAll('button')].find(
    each => each.textContent === name || each.getAttribute('aria-label') === name
  );
  if (!found) {
    throw new Error(`There is no button "${name}".`);
  }
  return found;
};

/** Resolves once the panel says so; it is drawn behind the model. */
async function says(panel: AssistantPanel, words: string): Promise<void> {
  for (let turn = 0; !text(panel).includes(words); turn++) {
    if (turn > 300) {
      throw new Error(`It does not say "${words}", but: ${text(panel)}`);
    }
    await new Promise(resolve => setTimeout(resolve));
  }
}

beforeAll(() => {
  // The panel draws by itself here, as in the application.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  // jsdom lays nothing out; the list draws what fits into its height.
  Object.defineProperty(Element.prototype, 'clientHeight', { value: 6000 });
  Object.defineProperty(Element.prototype, 'clientWidth', { value: 300 });
  // As in browsers of today, whose types do not say so yet.
  Object.assign(Element.prototype, { scrollIntoView: () => Promise.resolve() });
});

describe('the panel', () => {
  it('answers from the library without a provider, and offers what it found', async () => {
    const { model, panel, calls } = show(null);
    await says(panel, 'Works without a model');
    await model.ask('VQE of a hamiltonian');
    await says(panel, 'From the library, without a model');
    button(panel, 'quantum-vqe').click();
    button(panel, 'Insert quantum-vqe').click();
    expect(calls).toEqual(['open "quantum-vqe"', 'insert "quantum-vqe"']);
    panel.dispose();
  });

  it('shows an answer as it comes, its code, tools, tokens; a queue; and stops', async () => {
    let tell: (events: readonly ModelEvent[]) => void = () => undefined;
    let end: () => void = () => undefined;
    const provider: IChatProvider = {
      ...{ id: 'anthropic', name: 'X', problem: () => Promise.resolve(null) },
      ask: (_request, onEvents, signal) =>
        new Promise(resolve => {
          tell = onEvents;
          end = resolve;
          signal.addEventListener('abort', () => resolve());
          onEvents([{ type: 'thinking', text: 'I weigh it.' }]);
          onEvents([{ type: 'text', text: 'First\n\n```python\nx = 1\n```\n' }]);
        })
    };
    const { model, panel, calls } = show(provider);
    await model.checkProvider();
    await says(panel, 'claude-sonnet-5-5');
    const asked = model.ask('Go');
    await says(panel, 'x = 1');
    const thoughts =
      panel.node.querySelector<HTMLDetailsElement>('.llmos-mod-thoughts');
    expect(thoughts?.open).toBe(false);
    expect(thoughts?.textContent).toContain('I weigh it.');
    void model.ask('And then');
    await says(panel, 'And then');
    button(panel, 'Insert code').click();
    expect(calls).toEqual(['code "x = 1"']);
    button(panel, 'Take back').click();
    expect(model.queue).toEqual([]);
    const usage = { ...NO_USAGE, input: 1000, output: 500 };
    tell([{ type: 'end', reason: 'done', usage, model: 'claude-sonnet-5-5' }]);
    end();
    await asked;
    await says(panel, '1,500 tokens · $0.0070');
    const again = model.ask('Again');
    await says(panel, 'Writing');
    button(panel, 'Stop').click();
    await again;
    await says(panel, 'Stopped.');
    expect(model.messages).toHaveLength(4);
    panel.dispose();
  });

  it('asks for what a turn needs first, and forgets it; without it nothing is sent', async () => {
    const said: string[] = [];
    const provider: IChatProvider = {
      ...{ id: 'anthropic', name: 'X', problem: () => Promise.resolve(null) },
      begin: () => {
        said.push('begin');
        return Promise.resolve({ code: 'no-key', detail: 'not typed' });
      },
      end: () => void said.push('end'),
      ask: () => {
        said.push('ask');
        return Promise.resolve();
      }
    };
    const { model, panel } = show(provider);
    await model.ask('Go');
    await says(panel, 'No key was typed, so nothing was sent.');
    expect(said).toEqual(['begin', 'end']);
    panel.dispose();
  });

  it('lists what was made, with a preview, and leaves skills out where that is wanted', async () => {
    const { model, panel, calls } = show(null);
    await model.ask('VQE of a hamiltonian');
    const made: IChatArtifact = { type: 'plot', name: 'trace', cell: 'c' };
    jest
      .spyOn(model, 'messages', 'get')
      .mockReturnValue([
        ...model.messages.slice(0, 1),
        { ...newMessage('assistant', 'Plotted.'), artifacts: [made] }
      ]);
    model.unqueue(0);
    await says(panel, '1 artifact');
    const list = panel.node.querySelector('.llmos-Message .llmos-Artifacts details');
    expect(list?.textContent).toContain('Plot trace');
    (list as HTMLDetailsElement).open = true;
    await says(panel, 'preview of trace');
    button(panel, 'Show in notebook').click();
    expect(calls).toEqual([`artifact ${JSON.stringify(made)}`]);
    panel.dispose();
  });

  it('asks for the person’s word with the difference, and passes the answer on', async () => {
    const { model, panel } = show(null);
    const { signal } = new AbortController();
    const lines = [{ kind: 'added', text: 'x = 2' }] as const;
    const answer = model.approve(
      { tool: 'edit_cell', changes: [{ id: 'a', kind: 'changed', lines }], text: '' },
      signal
    );
    await says(panel, '+ x = 2');
    button(panel, 'Allow in this session').click();
    expect(await answer).toBe('session');
    panel.dispose();
  });
});
