import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { IContext, IConversation, IModelProblem } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { INotebookRuns } from '../../graph/run/tokens';
import type { ISkillLibrary } from '../../tokens';
import type { ConversationStore } from '../conversationStore';
import type { FilesBeside } from '../filesBeside';
import { notebookFacts } from '../notebookFacts';
import type { AssistantSettings } from '../settings';
import type { IChatProvider } from '../tokens';
import type { ApprovalAnswer, IApproval, ToolExecutor } from '../tools/executor';
import type { ITurnResult, ITurnState } from '../turn';
import { newMessage, type IPanelMessage } from './answers';
import {
  answerFromLibrary,
  askModel,
  type IAnswered,
  type IModelTurn
} from './askModel';
import { NotebookConversations } from './conversations';
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
  /** Lines about the last runs of a notebook's session, newest first. */
  readonly recentRuns: (panel: NotebookPanel) => Promise<readonly string[]>;
  /** The files of a notebook's folder, to tell which ones a turn wrote. */
  readonly filesBeside: (panel: NotebookPanel) => Promise<FilesBeside>;
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
    this._notebook = new NotebookConversations({
      store: _options.store,
      onChange: () => this._changedNow(),
      onFailure: _options.onFailure
    });
    this._onNotebook();
  }

  /** Emits when anything that the panel shows has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Carries out tools; set once, since it asks the person through this model. */
  executor: ToolExecutor | null = null;

  get conversations(): readonly IConversation[] {
    return this._notebook.all;
  }

  get current(): IConversation {
    return this._notebook.current;
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
      this._notebook.set(this.current.id, this.messages.slice(0, index));
      await this.ask(question);
    }
  }

  /** Begins another conversation of this session. */
  begin(): void {
    if (!this._stop) {
      this._context = null;
      this._notebook.begin();
    }
  }

  /** Shows another conversation. */
  open(id: string): void {
    if (!this._stop) {
      this._context = null;
      this._notebook.open(id);
    }
  }

  /** Deletes the conversation that is shown. */
  async remove(): Promise<void> {
    if (!this._stop) {
      await this._notebook.remove();
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
  async undo(id: string): Promise<void> {
    this._undo.undo(id);
    // What the turn made in the notebook is gone with it; files and skills stay.
    const messages = this.messages.map(message =>
      message.id === id
        ? {
            ...message,
            artifacts: message.artifacts.filter(({ cell }) => cell === undefined)
          }
        : message
    );
    this._notebook.set(this.current.id, messages);
    await this._notebook.keep();
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
    const conversations = this._notebook;
    const { panel } = conversations;
    const { id: home } = conversations.current;
    const startedAt = Date.now();
    const asked = newMessage('user', question);
    conversations.set(home, [...this.messages, asked]);
    this._live = { parts: [], activity: { kind: 'asking' }, skills: [] };
    this._changedNow();
    let turn: IFinishedTurn;
    try {
      await this._options.library.ready;
      await this._options.settings.settled;
      await this.checkProvider();
      await conversations.ready();
      const earlier = this.messages.filter(({ id }) => id !== asked.id);
      const facts = panel ? notebookFacts(panel, this._options.runs) : null;
      const { message, result } = await this._answer({
        ...{ question, earlier, facts, panel, signal: stop.signal }
      });
      conversations.set(home, [...this.messages, message]);
      const ms = Date.now() - startedAt;
      turn = { prompt: question, skills: message.skills_used, result, startedAt, ms };
    } finally {
      this._stop = null;
      this._live = null;
      this._changedNow();
    }
    if (panel) {
      await this._options.trace(panel, turn).catch(this._options.onFailure);
    }
    await conversations.keep();
    // Another notebook may have come to the front meanwhile.
    await this._showNotebook();
  }

  private _answer(turn: Omit<IModelTurn, 'provider'>): Promise<IAnswered> {
    const provider = this._unready ? null : this._options.provider();
    return provider
      ? askModel(
          { ...turn, provider },
          {
            ...{ options: this._options, executor: this.executor, undo: this._undo },
            onContext: context => {
              this._context = context;
            },
            onState: live => this._show(live)
          }
        )
      : Promise.resolve(answerFromLibrary(turn, this._options));
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

  private _onNotebook(): void {
    this._showNotebook().catch(this._options.onFailure);
  }

  /** The conversations of the notebook that came to the front. */
  private async _showNotebook(): Promise<void> {
    const panel = this._options.notebooks.currentWidget;
    if (!this._stop && panel !== this._notebook.panel) {
      this._context = null;
      this.executor?.resetPermissions();
      await this._notebook.show(panel);
    }
  }

  /** Early in a page the notebook's session may not be known; then the next change is awaited. */
  private _onSessions(): void {
    void this._notebook.read();
  }

  private _changedNow(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _undo = new TurnUndo();
  private readonly _notebook: NotebookConversations;
  private _live: ILiveAnswer | null = null;
  private _queue: readonly string[] = [];
  private _approval: IOpenApproval | null = null;
  private _context: IContext | null = null;
  private _unready: IModelProblem | null = { code: 'no-key', detail: '' };
  private _stop: AbortController | null = null;
  private _frame: number | null = null;
  private _isDisposed = false;
}
