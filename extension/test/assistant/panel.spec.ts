import '../browser';

import { Notification } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  estimateTokens,
  fixedTokens,
  NO_USAGE,
  type IChatArtifact,
  type ModelEvent
} from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import type { ConversationStore } from '../../src/assistant/conversationStore';
import { newMessage, type IPanelMessage } from '../../src/assistant/panel/answers';
import type { IPanelActions } from '../../src/assistant/panel/actions';
import { AssistantModel } from '../../src/assistant/panel/model';
import { AssistantPanel } from '../../src/assistant/panel/AssistantPanel';
import { deleteConversation } from '../../src/assistant/deleteConversation';
import { AssistantSettings } from '../../src/assistant/settings';
import type { IChatProvider } from '../../src/assistant/tokens';
import type { ToolExecutor } from '../../src/assistant/tools/executor';
import { markdownRenderer } from '../../src/skills/markdown';
import { HAMILTONIAN, libraryOf, VQE } from '../skills/fixtures';
import { call, notebookOf, scripted, trackerOf } from './fixture';

const trans = nullTranslator.load('llmos');

/** The panel on the page, with a provider or without. */
function show(
  provider: IChatProvider | null,
  notebooks = { currentWidget: null, currentChanged: new Signal({}) } as object
) {
  const { library } = libraryOf(HAMILTONIAN, VQE);
  const composite = {
    prices: [{ model: 'claude-sonnet-5-5', input: 2, output: 10 }]
  };
  const kept = { composite, changed: new Signal({}), set: () => Promise.resolve() };
  const settings = new AssistantSettings({
    load: () => Promise.resolve(kept)
  } as unknown as ISettingRegistry);
  const model = new AssistantModel({
    ...{ library, settings, runs: null, pinned: () => [] },
    notebooks: notebooks as INotebookTracker,
    store: { known: () => Promise.resolve(null) } as unknown as ConversationStore,
    provider: () => provider,
    recentRuns: () => Promise.resolve([]),
    filesBeside: () => Promise.resolve(new Map()),
    trace: () => Promise.resolve(),
    confirm: () => Promise.resolve('cancel'),
    log: reason => void logged.push(reason),
    onFailure: reason => {
      throw reason;
    }
  });
  const logged: unknown[] = [];
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
    applyFix: note('fix'),
    runWithNeeds: note('needs'),
    useSkills: note('skills'),
    ...{ showContext: note('context'), undoTurn: note('undo') },
    exportConversation: note('export'),
    deleteConversation: () => void deleteConversation(model, trans),
    previewArtifact: (host, { name }) => {
      host.textContent = `preview of ${name}`;
      return () => host.replaceChildren();
    },
    openArtifact: note('artifact'),
    renderMarkdown: markdownRenderer(rendermime),
    ready: () => calls.push('ready')
  };
  const chooseModel = () => Promise.resolve();
  const panel = new AssistantPanel({ model, settings, actions, trans, chooseModel });
  Widget.attach(panel, document.body);
  return { model, panel, calls, library, logged };
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
/** Resolves once something holds of what the panel shows. */
function changed(panel: AssistantPanel, holds: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const look = (): void => {
      if (holds()) {
        observer.disconnect();
        resolve();
      }
    };
    const observer = new MutationObserver(look);
    const all = {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: true
    };
    observer.observe(panel.node, all);
    look();
  });
}

const says = (panel: AssistantPanel, words: string): Promise<void> =>
  changed(panel, () => text(panel).includes(words));

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

  it('calls the notebook by its tab, which may say more than the name of its file', async () => {
    const { panel: notebook } = notebookOf(
      'llmos-history:user/abc/sessions/s1/s1.ipynb'
    );
    const { panel } = show(null, trackerOf(notebook).tracker);
    await says(panel, 'About s1.ipynb');
    notebook.title.label = 'My molecules @ 0123456';
    await says(panel, 'About My molecules @ 0123456');
    panel.dispose();
  });

  it('readies what answers are drawn with once a question is typed', async () => {
    const { panel, calls } = show(null);
    await says(panel, 'Works without a model');
    expect(calls).toEqual([]);
    panel.node.querySelector('textarea')?.focus();
    expect(calls).toEqual(['ready']);
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

  it('shows an answer that is being written once, also when a part of it is kept', async () => {
    let end: () => void = () => undefined;
    const provider: IChatProvider = {
      ...{ id: 'anthropic', name: 'X', problem: () => Promise.resolve(null) },
      ask: (_request, onEvents) =>
        new Promise(resolve => {
          onEvents([{ type: 'text', text: 'So far.' }]);
          end = () => {
            onEvents([{ type: 'text', text: ' And on.' }]);
            onEvents([{ type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' }]);
            resolve();
          };
        })
    };
    const { model, panel } = show(provider);
    const asked = model.ask('Go');
    await says(panel, 'So far.');
    window.dispatchEvent(new Event('pagehide'));
    expect(model.current.messages).toHaveLength(2);
    await says(panel, 'Writing');
    expect(panel.node.querySelectorAll('article')).toHaveLength(2);
    expect(text(panel)).not.toContain('Stopped.');
    end();
    await asked;
    await says(panel, 'And on.');
    expect(model.messages).toHaveLength(2);
    panel.dispose();
  });

  it('keeps what is drawn of an answer when it ends, and draws a long one in stretches', async () => {
    let end: () => void = () => undefined;
    const provider: IChatProvider = {
      ...{ id: 'anthropic', name: 'X', problem: () => Promise.resolve(null) },
      ask: (_request, onEvents) =>
        new Promise(resolve => {
          const paragraph = '**Well**, so it is.\n\n```python\nx = 1\n```\n\n';
          onEvents([{ type: 'text', text: `${paragraph.repeat(10)}The end` }]);
          end = () => {
            onEvents([{ type: 'end', reason: 'done', usage: NO_USAGE, model: 'm' }]);
            resolve();
          };
        })
    };
    const { model, panel } = show(provider);
    const asked = model.ask('Go');
    await says(panel, 'The end');
    // Each is drawn with one of the next frames, what is being written a little later.
    await changed(
      panel,
      () => panel.node.querySelectorAll('.jp-RenderedMarkdown pre').length === 11
    );
    // What is being written is drawn once more at its end; all else has to stay.
    const before = [...panel.node.querySelectorAll('pre, article')].filter(
      ({ textContent }) => textContent !== 'The end'
    );
    // A question, two stretches of eight blocks, and one of five.
    expect(panel.node.querySelectorAll('article')).toHaveLength(4);
    end();
    await asked;
    await says(panel, 'tokens');
    const after = new Set(panel.node.querySelectorAll('pre, article'));
    expect(before.every(element => after.has(element))).toBe(true);
    panel.dispose();
  });

  it('brings a deleted conversation back with the button of its notification', async () => {
    const { model, panel } = show(null);
    await model.ask('VQE of a hamiltonian');
    await says(panel, 'From the library, without a model');
    const messages = model.messages;
    const isTold = new Promise(resolve => {
      Notification.manager.changed.connect(resolve);
    });
    button(panel, 'Delete this conversation').click();
    await says(panel, 'Ask about skills');
    await isTold;
    const told = Notification.manager.notifications.at(-1);
    expect(told?.message).toBe('Deleted the conversation "VQE of a hamiltonian".');
    const [undo] = told?.options.actions ?? [];
    expect(undo?.label).toBe('Undo');
    undo?.callback(new MouseEvent('click'));
    await says(panel, 'From the library, without a model');
    expect(model.messages).toEqual(messages);
    panel.dispose();
  });

  it('draws a few of many messages, and finds and shows any', async () => {
    const { model, panel } = show(null);
    const height = jest.spyOn(HTMLElement.prototype, 'offsetHeight', 'get');
    height.mockReturnValue(600);
    const messages = Array.from({ length: 500 }, (_, at) => ({
      ...newMessage(at % 2 === 0 ? 'user' : 'assistant', `Message number ${at}.`),
      id: `m${at}`
    }));
    const one = { id: 'main', messages };
    jest.spyOn(model, 'messages', 'get').mockReturnValue(messages);
    jest.spyOn(model, 'conversations', 'get').mockReturnValue([one]);
    model.unqueue(0);
    await says(panel, 'Message number 0.');
    await says(panel, 'Message number 2.');
    expect(panel.node.querySelectorAll('article').length).toBeLessThan(60);
    const search = panel.node.querySelector<HTMLInputElement>('input[type="search"]');
    const set = Object.getOwnPropertyDescriptor(
      HTMLInputElement.prototype,
      'value'
    )?.set;
    set?.call(search, 'number 321');
    search?.dispatchEvent(new Event('input', { bubbles: true }));
    await says(panel, 'Message number 321.');
    height.mockRestore();
    panel.dispose();
  });

  it('tells what nobody expected, where the question was asked, and goes on', async () => {
    const { model, panel, library, logged } = show(null);
    const fault = new Error('the library is gone');
    const odd = jest.spyOn(library, 'entries', 'get').mockImplementation(() => {
      throw fault;
    });
    await model.ask('Go');
    await says(panel, 'Something unexpected happened: the library is gone');
    expect(logged).toEqual([fault]);
    expect(text(panel)).not.toContain('From the library');
    odd.mockRestore();
    button(panel, 'Retry').click();
    await says(panel, 'From the library');
    expect(text(panel)).not.toContain('unexpected');
    panel.dispose();
  });

  it('edits a question from its end, and keeps what was typed until it is asked', async () => {
    const { model, panel } = show(null);
    await model.ask('What is VQE?');
    await model.ask('And what is a hamiltonian?');
    await says(panel, 'And what is a hamiltonian?');
    button(panel, 'Edit question').click();
    const field = (): HTMLTextAreaElement | null =>
      panel.node.querySelector('.llmos-MessageList textarea');
    await changed(panel, () => field() !== null);
    expect(document.activeElement).toBe(field());
    expect(field()?.selectionStart).toBe('What is VQE?'.length);

    // Nothing asked takes the place of nothing.
    const { messages } = model;
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    const type = (value: string): void => {
      set?.set?.call(field(), value);
      field()?.dispatchEvent(new Event('input', { bubbles: true }));
    };
    type(' ');
    await changed(panel, () => button(panel, 'Ask again').disabled);
    await model.resend(messages[0]?.id ?? '', ' ');
    expect(model.messages).toBe(messages);

    // The person decides against it.
    type('What is VQE? Please.');
    await changed(panel, () => !button(panel, 'Ask again').disabled);
    const resend = jest.spyOn(model, 'resend');
    button(panel, 'Ask again').click();
    expect(resend).toHaveBeenCalledWith(messages[0]?.id, 'What is VQE? Please.');
    await resend.mock.results[0]?.value;
    expect(field()?.value).toBe('What is VQE? Please.');
    expect(model.messages).toBe(messages);
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

  it('offers to run what a failed cell lacks', async () => {
    const { model, panel, calls } = show(null);
    const answer = { ...newMessage('assistant', 'Run cell 1 first.'), run: 'c' };
    jest.spyOn(model, 'messages', 'get').mockReturnValue([answer]);
    model.unqueue(0);
    await says(panel, 'Run with what it needs');
    button(panel, 'Run with what it needs').click();
    expect(calls).toEqual([`needs "c"`]);
    panel.dispose();
  });

  it('offers the fix that an error names, and says once its cell is changed', async () => {
    const { model, panel, calls } = show(null);
    const answer = { ...newMessage('assistant', 'Write `x`.'), fix: 'c' };
    const messages = jest.spyOn(model, 'messages', 'get');
    messages.mockReturnValue([answer]);
    model.unqueue(0);
    await says(panel, 'Apply the fix');
    const status = panel.node.querySelector('.llmos-Message [role=status]');
    expect(status?.textContent).toBe('');
    button(panel, 'Apply the fix').focus();
    button(panel, 'Apply the fix').click();
    expect(calls).toEqual([`fix "c"`]);
    const made: IChatArtifact = { type: 'code', name: 'x', cell: 'c' };
    messages.mockReturnValue([{ ...answer, artifacts: [made] }]);
    model.unqueue(0);
    await says(panel, 'The cell was changed. Run it again.');
    // Where it was before: what comes with its text is not announced, nor keeps the focus.
    expect(panel.node.querySelector('.llmos-Message [role=status]')).toBe(status);
    expect(button(panel, 'Apply the fix')).toBe(document.activeElement);
    panel.dispose();
  });

  it('says below its buttons how many cells any answer has written', async () => {
    const { model, panel } = show(null);
    const answer = newMessage('assistant', 'Use `f`.');
    const messages = jest.spyOn(model, 'messages', 'get');
    const status = async (given: Partial<IPanelMessage>, shown: string) => {
      messages.mockReturnValue([{ ...answer, ...given }]);
      model.unqueue(0);
      await says(panel, shown);
      return panel.node.querySelector('.llmos-Message [role=status]')?.textContent;
    };
    const code = (cell: string) => ({ type: 'code', name: cell, cell });
    const plot = { type: 'plot', name: 'curve', cell: 'a' };
    expect(await status({}, 'Use')).toBe('');
    expect(await status({ artifacts: [plot] }, 'curve')).toBe('');
    const one = 'Inserted or changed: 1 cell.';
    expect(await status({ artifacts: [code('a'), plot] }, one)).toBe(one);
    const artifacts = [code('a'), code('b'), code('c')];
    const both = 'The cell was changed. Run it again. Inserted or changed: 2 cells.';
    expect(await status({ artifacts, fix: 'c' }, both)).toBe(both);
    panel.dispose();
  });

  it('counts rules, tools and what tools said as context, while it comes and after', async () => {
    const long = 'word '.repeat(5000);
    const { provider } = scripted([call('read_graph', {})], () => {
      during = gauge();
      return Promise.resolve([{ type: 'text', text: 'So.' }]);
    });
    const { model, panel } = show(provider);
    const gauge = (): number => panel.node.querySelector('meter')?.value ?? 0;
    let during = 0;
    const execute = async () => {
      await says(panel, 'What was sent');
      return { status: 'done', result: long } as const;
    };
    model.executor = { execute } as unknown as ToolExecutor;
    await model.ask('Go');
    const least = estimateTokens(long) + fixedTokens();
    await changed(panel, () => gauge() > least);
    expect(gauge()).toBeLessThan(least + 200);
    expect(during).toBeGreaterThanOrEqual(fixedTokens());
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
