import type { NotebookPanel } from '@jupyterlab/notebook';
import { FIRST_CONVERSATION, type IConversation } from '@llmos-lab/skills';

import { newUlid } from '../../session/store/ulid';
import type { ISessionPlace } from '../../tokens';
import type { ConversationStore } from '../conversationStore';
import type { IPanelMessage } from './answers';

/** What the conversations of a notebook need. */
export interface INotebookConversationsOptions {
  readonly store: Pick<ConversationStore, 'read' | 'write' | 'ensure'>;
  /** Told after each change. */
  readonly onChange: () => void;
  readonly onFailure: (reason: unknown) => void;
}

/**
 * The conversations of the notebook that is shown. Nothing is written before what is
 * stored has been read: a question may be asked earlier, and comes after it then.
 */
export class NotebookConversations {
  constructor(private readonly _options: INotebookConversationsOptions) {}

  get panel(): NotebookPanel | null {
    return this._panel;
  }

  get all(): readonly IConversation[] {
    return this._all;
  }

  get current(): IConversation {
    return (
      this._all.find(({ id }) => id === this._current) ?? {
        id: this._current,
        messages: []
      }
    );
  }

  /** Shows the conversations of another notebook, and reads them. */
  async show(panel: NotebookPanel | null): Promise<void> {
    this._panel = panel;
    this._all = [];
    this._current = FIRST_CONVERSATION;
    this._isRead = false;
    this._options.onChange();
    await this.read();
  }

  /** Reads what is stored, unless that is done or the notebook's session is not known. */
  async read(place: ISessionPlace | null = null): Promise<void> {
    const panel = this._panel;
    if (!panel || this._isRead) {
      return;
    }
    try {
      await panel.context.ready;
      const stored = await this._options.store.read(panel, place);
      if (stored && this._panel === panel && !this._isRead) {
        this._isRead = true;
        if (this._all.length === 0) {
          this._current = stored.at(-1)?.id ?? FIRST_CONVERSATION;
        }
        this._all = joinConversations(stored, this._all);
        this._options.onChange();
      }
    } catch (reason) {
      this._options.onFailure(reason);
    }
  }

  /**
   * Makes the notebook's session where it has none, so that its mark is no part of a turn,
   * and reads what the session holds.
   */
  async ready(): Promise<void> {
    if (this._panel) {
      try {
        await this.read(await this._options.store.ensure(this._panel));
      } catch (reason) {
        this._options.onFailure(reason);
      }
    }
  }

  /** Begins another conversation of this session. */
  begin(): void {
    this.open(this._all.length === 0 ? FIRST_CONVERSATION : newUlid());
  }

  /** Shows another conversation. */
  open(id: string): void {
    this._current = id;
    this._options.onChange();
  }

  /** Deletes the conversation that is shown. */
  async remove(): Promise<void> {
    this._all = this._all.filter(({ id }) => id !== this._current);
    this.open(this._all.at(-1)?.id ?? FIRST_CONVERSATION);
    await this.keep();
  }

  /** Sets what was said in a conversation. */
  set(id: string, messages: readonly IPanelMessage[]): void {
    const one = { id, messages };
    const isThere = this._all.some(each => each.id === id);
    this._all = isThere
      ? this._all.map(each => (each.id === id ? one : each))
      : [...this._all, one];
    this._options.onChange();
  }

  /** Keeps all of them with the session. */
  async keep(): Promise<void> {
    try {
      if (this._panel && !this._panel.isDisposed && this._isRead) {
        await this._options.store.write(this._panel, this._all);
      }
    } catch (reason) {
      this._options.onFailure(reason);
    }
  }

  private _panel: NotebookPanel | null = null;
  private _all: readonly IConversation[] = [];
  private _current = FIRST_CONVERSATION;
  private _isRead = false;
}

/** Stored conversations, and after them what was said before they were read. */
function joinConversations(
  stored: readonly IConversation[],
  said: readonly IConversation[]
): readonly IConversation[] {
  const ids = new Set(stored.map(({ id }) => id));
  const joined = stored.map(({ id, messages }) => {
    const later = said.find(each => each.id === id)?.messages ?? [];
    return { id, messages: [...messages, ...later] };
  });
  return [...joined, ...said.filter(({ id }) => !ids.has(id))];
}
