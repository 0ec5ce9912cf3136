import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import {
  buildContext,
  FIRST_CONVERSATION,
  questionText,
  SYSTEM_PROMPT,
  toModelMessages,
  toolSpecs,
  type IContext,
  type IConversation,
  type IModelProblem,
  type INotebookFacts,
  type ITurnMessage
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INotebookRuns } from '../../graph/run/tokens';
import { newUlid } from '../../session/store/ulid';
import type { ISkillLibrary } from '../../tokens';
import type { ConversationStore } from '../conversationStore';
import { notebookFacts, withVariables } from '../notebookFacts';
import type { AssistantSettings } from '../settings';
import { takeSnapshot } from '../snapshot';
import type { IChatProvider } from '../tokens';
import type { ApprovalAnswer, IApproval, ToolExecutor } from '../tools/executor';
import { runTurn, type ITurnResult, type ITurnState } from '../turn';
import { answerOf, askLibrary, newMessage, type IPanelMessage } from './answers';
import { TurnUndo } from './turnUndo';

/** An answer that is being written. */
export interface ILiveAnswer extends ITurnState {
  readonly skills: readonly string[];
}

/** A question of the person that stands open. */
export interface IOpenApproval extends IApproval {
  readonly answer: (answer: ApprovalAnswer) => void;
}

/** What the model works with. */
export interface IAssistantModelOptions {
  readonly notebooks: INotebookTracker;
  readonly library: ISkillLibrary;
  readonly runs: INotebookRuns | null;
  readonly store: ConversationStore;
  readonly settings: AssistantSettings;
  /** The provider that the settings name. */
  readonly provider: () => IChatProvider | null;
  readonly pinned: () => readonly string[];
  /** Writes what a turn was into the session's traces. */
  readonly trace: (panel: NotebookPanel, turn: IFinishedTurn) => Promise<void>;
  /** Tells a failure that takes nothing from the answer, such as one to keep it. */
  readonly onFailure: (reason: unknown) => void;
}

/** A turn as its trace keeps it. */
export interface IFinishedTurn {
  readonly prompt: string;
  readonly skills: readonly string[];
  readonly result: ITurnResult;
  /** Milliseconds since 1970, and how many it took. */
  readonly startedAt: number;
  readonly ms: number;
}

/** The conversations of the notebook in front, and the turn under way. */
export class AssistantModel implements IDisposable {
  constructor(private readonly _options: IAssistantModelOptions) {
    const { notebooks, settings } = _options;
    notebooks.currentChanged.connect(this._onNotebook, this);
    settings.changed.connect(this._changedNow, this);
    _options.store.changed?.connect(this._onSessions, this);
    this._onNotebook();
  }

  /** Emits when anything that the panel shows has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Carries out tools; set once, since it asks the person through this model. */
  executor: ToolExecutor | null = null;

  get conversations(): readonly IConversation[] {
    return this._conversations;
  }

  get current(): IConversation {
    return (
      this._conversations.find(({ id }) => id === this._current) ?? {
        id: this._current,
        messages: []
      }
    );
  }

  get messages(): readonly IPanelMessage[] {
    return this.current.messages;
  }

  get live(): ILiveAnswer | null {
    return this._live;
  }

  get queue(): readonly string[] {
    return this._queue;
  }

  get approval(): IOpenApproval | null {
    return this._approval;
  }

  /** What was sent with the last question. */
  get context(): IContext | null {
    return this._context;
  }

  /** Null when a model can be asked; else why the library answers. */
  get unready(): IModelProblem | null {
    return this._unready;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.stop();
      this._options.notebooks.currentChanged.disconnect(this._onNotebook, this);
      this._options.store.changed?.disconnect(this._onSessions, this);
      Signal.clearData(this);
    }
  }

  /** Looks again whether a model can be asked, after a key came or went. */
  async checkProvider(): Promise<void> {
    const provider = this._options.provider();
    this._unready = provider
      ? await provider.problem()
      : { code: 'no-key', detail: '' };
    this._changedNow();
  }

  /** Asks, or waits in line while an answer is under way. */
  async ask(question: string): Promise<void> {
    const text = question.trim();
    if (text === '') {
      return;
    }
    if (this._stop) {
      this._queue = [...this._queue, text];
      this._changedNow();
      return;
    }
    await this._turn(text);
    const [next, ...rest] = this._queue;
    if (next !== undefined) {
      this._queue = rest;
      await this.ask(next);
    }
  }

  /** Takes a waiting question back. */
  unqueue(index: number): void {
    this._queue = this._queue.filter((_, at) => at !== index);
    this._changedNow();
  }

  /** Ends the turn under way; what was said stays, what waits does not begin. */
  stop(): void {
    this._queue = [];
    this._stop?.abort();
    this._approval?.answer('no');
  }

  /** Asks the question of an answer again, in place of that answer and all after it. */
  async retry(id: string): Promise<void> {
    const index = this.messages.findIndex(message => message.id === id);
    const asked = this.messages
      .slice(0, index + 1)
      .filter(({ role }) => role === 'user')
      .at(-1);
    if (asked) {
      await this.resend(asked.id, asked.content);
    }
  }

  /** Asks something else in place of a question and all that came after it. */
  async resend(id: string, question: string): Promise<void> {
    const index = this.messages.findIndex(message => message.id === id);
    if (index >= 0 && !this._stop) {
      this._setMessages(this.messages.slice(0, index));
      await this.ask(question);
    }
  }

  /** Begins another conversation of this session. */
  begin(): void {
    if (!this._stop) {
      const isEmpty = this._conversations.length === 0;
      this._current = isEmpty ? FIRST_CONVERSATION : newUlid();
      this._context = null;
      this._changedNow();
    }
  }

  /** Shows another conversation. */
  open(id: string): void {
    if (!this._stop) {
      this._current = id;
      this._context = null;
      this._changedNow();
    }
  }

  /** Deletes the conversation that is shown. */
  async remove(): Promise<void> {
    if (!this._stop) {
      this._conversations = this._conversations.filter(
        ({ id }) => id !== this._current
      );
      this._current = this._conversations.at(-1)?.id ?? FIRST_CONVERSATION;
      this._changedNow();
      await this._keep(this._panel);
    }
  }

  /** Whether the notebook can be set back to before an answer. */
  canUndo(id: string): boolean {
    return this._undo.can(id) && !this._stop;
  }

  /** Whether the notebook was changed after an answer that could be undone. */
  changedSince(id: string): boolean {
    return this._undo.changedSince(id);
  }

  /** Sets the notebook back to what it was before an answer, byte for byte. */
  undo(id: string): void {
    this._undo.undo(id);
    this._changedNow();
  }

  /** Asks the person; the answer "no" when the turn is stopped. */
  readonly approve = (
    approval: IApproval,
    signal: AbortSignal
  ): Promise<ApprovalAnswer> =>
    new Promise(resolve => {
      const answer = (given: ApprovalAnswer): void => {
        signal.removeEventListener('abort', stop);
        this._approval = null;
        this._changedNow();
        resolve(given);
      };
      const stop = (): void => answer('no');
      signal.addEventListener('abort', stop, { once: true });
      this._approval = { ...approval, answer };
      this._changedNow();
    });

  private async _turn(question: string): Promise<void> {
    const stop = new AbortController();
    this._stop = stop;
    const panel = this._panel;
    const home = this._current;
    const earlier = this.messages;
    const startedAt = Date.now();
    this._setMessages([...earlier, newMessage('user', question)]);
    this._live = { parts: [], activity: { kind: 'asking' }, skills: [] };
    this._changedNow();
    try {
      await this._options.library.ready;
      await this.checkProvider();
      if (panel) {
        await this._options.store.ensure(panel).catch(this._options.onFailure);
      }
      const facts = panel ? notebookFacts(panel, this._options.runs) : null;
      const provider = this._unready ? null : this._options.provider();
      const answer = provider
        ? await this._askModel({
            provider,
            question,
            earlier,
            facts,
            panel,
            stop,
            startedAt
          })
        : askLibrary(question, facts, this._options);
      this._setMessages([...this.messages, answer], home);
    } finally {
      this._stop = null;
      this._live = null;
      this._changedNow();
    }
    await this._keep(panel);
    // Another notebook may have come to the front meanwhile.
    await this._showNotebook();
  }

  private async _askModel(turn: {
    readonly provider: IChatProvider;
    readonly question: string;
    readonly earlier: readonly ITurnMessage[];
    readonly facts: INotebookFacts | null;
    readonly panel: NotebookPanel | null;
    readonly stop: AbortController;
    readonly startedAt: number;
  }): Promise<IPanelMessage> {
    const { provider, question, earlier, panel, stop, startedAt } = turn;
    const { values } = this._options.settings;
    const facts = turn.facts && panel ? await withVariables(turn.facts, panel) : null;
    const context = buildContext({
      ...{ question, pinned: this._options.pinned(), maxSkills: values.maxSkills },
      skills: this._options.library.entries.map(({ skill }) => skill),
      budget: values.contextTokens,
      ...(facts ? { notebook: facts } : {})
    });
    this._context = context;
    const before = panel?.model ? takeSnapshot(panel.model) : null;
    const text = questionText(question, context);
    const result = await runTurn({
      provider,
      request: {
        ...{
          model: values.model,
          maxTokens: values.maxTokens,
          thinking: values.thinking
        },
        ...(values.temperature === null ? {} : { temperature: values.temperature }),
        ...{ system: SYSTEM_PROMPT, tools: toolSpecs() },
        messages: [...toModelMessages(earlier), { role: 'user', text }]
      },
      execute: (call, signal) =>
        this.executor?.execute(call, signal) ??
        Promise.resolve({ status: 'failed', result: 'No tools here.' }),
      onState: state => this._show({ ...state, skills: context.skills }),
      signal: stop.signal
    });
    const answer = answerOf(result, context.skills, question);
    if (panel) {
      this._undo.remember(answer.id, panel, before);
      const ms = Date.now() - startedAt;
      const kept = { prompt: question, skills: context.skills, result, startedAt, ms };
      await this._options.trace(panel, kept).catch(this._options.onFailure);
    }
    return answer;
  }

  /** Draws an answer no oftener than the screen does. */
  private _show(live: ILiveAnswer): void {
    this._live = live;
    if (this._frame === null) {
      this._frame = requestAnimationFrame(() => {
        this._frame = null;
        this._changedNow();
      });
    }
  }

  private _setMessages(messages: readonly IPanelMessage[], home = this._current): void {
    const others = this._conversations.some(({ id }) => id === home);
    const one = { id: home, messages };
    this._conversations = others
      ? this._conversations.map(each => (each.id === home ? one : each))
      : [...this._conversations, one];
    this._changedNow();
  }

  private async _keep(panel: NotebookPanel | null): Promise<void> {
    try {
      if (panel && !panel.isDisposed) {
        await this._options.store.write(panel, this._conversations);
      }
    } catch (reason) {
      this._options.onFailure(reason);
    }
  }

  private _onNotebook(): void {
    this._showNotebook().catch(this._options.onFailure);
  }

  /** The conversations of the notebook that came to the front. */
  private async _showNotebook(): Promise<void> {
    const panel = this._options.notebooks.currentWidget;
    if (this._stop || panel === this._panel) {
      return;
    }
    this._panel = panel;
    this._conversations = [];
    this._current = FIRST_CONVERSATION;
    this._context = null;
    this.executor?.resetPermissions();
    this._isRead = false;
    this._changedNow();
    if (panel) {
      await this._readConversations(panel);
    }
  }

  /** Early in a page the notebook's session may not be known; then the next change is awaited. */
  private _onSessions(): void {
    if (this._panel && !this._isRead && this._conversations.length === 0) {
      void this._readConversations(this._panel);
    }
  }

  private async _readConversations(panel: NotebookPanel): Promise<void> {
    try {
      await panel.context.ready;
      const read = await this._options.store.read(panel);
      // What was asked meanwhile stays.
      if (read && this._panel === panel && this._conversations.length === 0) {
        this._isRead = true;
        this._conversations = read;
        this._current = read.at(-1)?.id ?? FIRST_CONVERSATION;
        this._changedNow();
      }
    } catch (reason) {
      this._options.onFailure(reason);
    }
  }

  private _changedNow(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _undo = new TurnUndo();
  private _panel: NotebookPanel | null = null;
  private _conversations: readonly IConversation[] = [];
  private _current = FIRST_CONVERSATION;
  private _live: ILiveAnswer | null = null;
  private _queue: readonly string[] = [];
  private _approval: IOpenApproval | null = null;
  private _context: IContext | null = null;
  private _unready: IModelProblem | null = { code: 'no-key', detail: '' };
  private _stop: AbortController | null = null;
  private _frame: number | null = null;
  /** Whether the conversations of the notebook's session have been read. */
  private _isRead = false;
  private _isDisposed = false;
}
