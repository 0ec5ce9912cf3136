import type { Contents } from '@jupyterlab/services';
import type { IContext, IConversation, IModelProblem } from '@llmos-lab/skills';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISessionPlace } from '../../tokens';
import type { IChatProvider } from '../tokens';
import type { ToolExecutor } from '../tools/executor';
import type { IToolResult } from '../tools/toolContext';
import type { PermissionScope } from '../tools/sessionPermissions';
import type { IPanelMessage } from './answers';
import { Approvals, type IOpenApproval } from './approvals';
import { NotebookConversations } from './conversations';
import type { IAssistantModelOptions, ILiveAnswer } from './modelOptions';
import { aboutNow, type IAbout, type IQuestion } from './about';
import {
  changeOffered,
  insertOffer,
  type ICellOffer,
  type IOffer
} from './insertOffer';
import { Turns } from './turns';
import { TakeBack } from './takeBack';
import { TurnUndo } from './turnUndo';

/** The conversations of the notebook in front, and the turn under way. */
export class AssistantModel implements IDisposable {
  constructor(private readonly _options: IAssistantModelOptions) {
    const { notebooks, settings } = _options;
    notebooks.currentChanged.connect(this._onNotebook, this);
    settings.changed.connect(this._changedNow, this);
    _options.store.changed?.connect(this._onSessions, this);
    _options.store.fileChanged?.connect(this._onFile, this);
    this._notebook = new NotebookConversations({
      store: _options.store,
      onChange: () => this._changedNow(),
      onFailure: _options.onFailure
    });
    this._takeBack = new TakeBack({
      ...{ undo: this._undo, conversations: this._notebook },
      confirm: _options.confirm
    });
    this._turns = new Turns({
      ...{ options: _options, conversations: this._notebook, undo: this._undo },
      executor: () => this.executor,
      provider: () => this._provider(),
      onContext: context => {
        this._context = context;
      },
      show: panel => this._show(panel),
      onChange: () => this._changedNow(),
      // Another notebook may have come to the front meanwhile.
      onEnd: () => this._showNotebook()
    });
    this._onNotebook();
  }

  /** Emits when anything that the panel shows has changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Carries out tools; set once, since it asks the person through this model. */
  executor: ToolExecutor | null = null;

  /** The notebook whose conversation is shown; null for none. */
  get notebook(): NotebookPanel | null {
    return this._notebook.panel;
  }

  /** Its path. */
  get path(): string | null {
    return this._notebook.panel?.context.path ?? null;
  }

  /** What its tab calls it: a notebook of the history is known by more than its file. */
  get title(): string | null {
    return this._notebook.panel?.title.label ?? null;
  }

  /** Whether it is in front; another may be while its questions are answered. */
  get isInFront(): boolean {
    return this._notebook.panel === this._options.notebooks.currentWidget;
  }

  /** The session that the conversation belongs to; without one, the notebook itself. */
  get session(): PermissionScope {
    const { place, panel } = this._notebook;
    return place ? `${place.volume}:${place.id}` : (panel?.context ?? this);
  }

  /** Where that session is; null while it is not known. */
  get place(): ISessionPlace | null {
    return this._notebook.place;
  }

  get conversations(): readonly IConversation[] {
    return this._notebook.all;
  }

  get current(): IConversation {
    return this._notebook.current;
  }

  /** Without the answer that is being written, of which a part may be kept already. */
  get messages(): readonly IPanelMessage[] {
    const { live } = this;
    const { messages } = this.current;
    if (!live) {
      return messages;
    }
    const others = messages.filter(({ id }) => id !== live.id && id !== live.question);
    // Above the answer, whatever another tab has asked meanwhile.
    return [...others, ...messages.filter(({ id }) => id === live.question)];
  }

  get live(): ILiveAnswer | null {
    return this._turns.live;
  }

  get queue(): readonly IQuestion[] {
    return this._turns.queue;
  }

  /** Whether a question is under way, waits, or its answer is being kept. */
  get isBusy(): boolean {
    return this._turns.isBusy;
  }

  get approval(): IOpenApproval | null {
    return this._approvals.open;
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
      this._options.store.fileChanged?.disconnect(this._onFile, this);
      Signal.clearData(this);
    }
  }

  /** What a model lacks to be asked; null when nothing. Keys and settings come and go. */
  async checkProvider(): Promise<IModelProblem | null> {
    const check = ++this._checks;
    const provider = this._options.provider();
    const problem = provider
      ? await provider.problem()
      : ({ code: 'no-key', detail: '' } as const);
    // Of two checks the one that began last knows more, whichever answers first.
    if (check === this._checks) {
      this._unready = problem;
      this._changedNow();
    }
    return problem;
  }

  /**
   * Asks, or waits in line while an answer is under way; about the notebook whose
   * conversation is shown and its cell, where nothing else is said.
   */
  ask(question: string, about?: IAbout): Promise<void> {
    return this._turns.ask(question, about);
  }

  /** Takes a waiting question back. */
  unqueue(index: number): void {
    this._turns.unqueue(index);
  }

  /** Ends the turn under way; what was said stays, what waits does not begin. */
  stop(): void {
    this._putAside();
    this._turns.stop();
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

  /**
   * Asks something else in place of a question and all that came after it, whose changes
   * of the notebook are taken back; the person is asked first where later questions go.
   */
  async resend(id: string, question: string): Promise<void> {
    const index = this.messages.findIndex(message => message.id === id);
    const asked = this.messages[index];
    if (!asked || question.trim() === '' || this._turns.isBusy) {
      return;
    }
    this._putAside();
    const { panel } = this._notebook;
    const { id: home } = this.current;
    const gone = this.messages.slice(index);
    const isWanted = await this._takeBack.ofMessages(gone);
    // Another notebook may have come to the front while the person decided.
    const isThere = this._notebook.panel === panel && this.current.id === home;
    if (isWanted && isThere && !this._turns.isBusy) {
      // What another tab has asked meanwhile stays.
      const ids = new Set(gone.map(message => message.id));
      this._notebook.set(
        home,
        this.messages.filter(message => !ids.has(message.id))
      );
      const { cell } = asked;
      await this.ask(question, cell === undefined ? aboutNow(panel) : { panel, cell });
    }
  }

  /** Begins another conversation of this session. */
  begin(): void {
    if (!this._turns.isBusy) {
      this._putAside();
      this._context = null;
      this._notebook.begin();
    }
  }

  /** Shows another conversation. */
  open(id: string): void {
    if (!this._turns.isBusy) {
      this._putAside();
      this._context = null;
      this._notebook.open(id);
    }
  }

  /** Deletes the conversation that is shown; the result brings it back. */
  async remove(): Promise<(() => Promise<void>) | null> {
    if (this._turns.isBusy) {
      return null;
    }
    this._putAside();
    return this._notebook.remove();
  }

  /** Whether the notebook can be set back to before an answer. */
  canUndo(id: string): boolean {
    return this._undo.can(id) && !this._turns.isBusy;
  }

  /**
   * Takes back what an answer changed in the notebook: byte for byte where nobody else
   * edited it; what others did stays, or the person is asked.
   */
  async undo(id: string): Promise<void> {
    if (this.canUndo(id)) {
      await this._takeBack.ofAnswer(id);
    }
  }

  /** Inserts what an answer offers; it can be undone like what a model did. */
  insertOffer(offer: IOffer): void {
    insertOffer(offer, { undo: this._undo, conversations: this._notebook });
  }

  /**
   * Changes a cell as an answer offers; the person is asked, and can undo it. The question
   * ends with `stopped` where its answer is shown no longer. Null while another one is open.
   */
  async changeOffered(offer: Omit<ICellOffer, 'signal'>): Promise<IToolResult | null> {
    if (!this.executor || this._approvals.open) {
      return null;
    }
    const offered = new AbortController();
    this._offered = offered;
    const { signal } = offered;
    return changeOffered({ ...offer, signal }, this.executor, {
      ...{ undo: this._undo, conversations: this._notebook }
    });
  }

  /** Asks the person what a tool may do. */
  readonly approve: Approvals['ask'] = (approval, signal) => {
    // One card is shown: what an answer offers makes way for a turn.
    if (signal !== this._offered?.signal) {
      this._putAside();
    }
    return this._approvals.ask(approval, signal);
  };

  /** Ends the question about what an answer offers. */
  private _putAside(): void {
    this._offered?.abort();
  }

  private async _provider(): Promise<IChatProvider | null> {
    return (await this.checkProvider()) ? null : this._options.provider();
  }

  private _onNotebook(): void {
    // The header says so where another one is in front.
    this._changedNow();
    this._showNotebook().catch(this._options.onFailure);
  }

  /** The conversations of the notebook that came to the front. */
  private async _showNotebook(): Promise<void> {
    const panel = this._options.notebooks.currentWidget;
    if (!this._turns.isBusy && panel !== this._notebook.panel) {
      await this._show(panel);
    }
  }

  private async _show(panel: NotebookPanel | null): Promise<void> {
    this._putAside();
    const before = this._notebook.panel;
    before?.context.pathChanged.disconnect(this._changedNow, this);
    before?.title.changed.disconnect(this._changedNow, this);
    panel?.context.pathChanged.connect(this._changedNow, this);
    panel?.title.changed.connect(this._changedNow, this);
    this._context = null;
    await this._notebook.show(panel);
  }

  /** Early in a page the notebook's session may not be known; then the next change is awaited. */
  private _onSessions(): void {
    void this._notebook.read();
  }

  private _onFile(_: unknown, change: Contents.IChangedArgs): void {
    void this._notebook.onFile(change);
  }

  private _changedNow(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _checks = 0;
  private readonly _undo = new TurnUndo();
  private readonly _notebook: NotebookConversations;
  private readonly _turns: Turns;
  private readonly _takeBack: TakeBack;
  private readonly _approvals = new Approvals(() => this._changedNow());
  private _offered: AbortController | null = null;
  private _context: IContext | null = null;
  private _unready: IModelProblem | null = { code: 'no-key', detail: '' };
  private _isDisposed = false;
}
