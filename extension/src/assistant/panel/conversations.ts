import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import {
  changeChat,
  changeConversations,
  chatChange,
  FIRST_CONVERSATION,
  formatChatLine,
  groupMessages,
  readChatLines,
  type IConversation,
  type IPlacedMessage
} from '@llmos-lab/skills';

import { newUlid } from '../../session/store/ulid';
import type { ISessionPlace } from '../../tokens';
import type { ConversationStore } from '../conversationStore';
import type { IPanelMessage } from './answers';

/** What the conversations of a notebook need. */
export interface INotebookConversationsOptions {
  readonly store: Pick<
    ConversationStore,
    'ensure' | 'known' | 'read' | 'change' | 'isAbout'
  >;
  /** Told after each change. */
  readonly onChange: () => void;
  readonly onFailure: (reason: unknown) => void;
}

/**
 * The conversations of the notebook that is shown. Their file is others' as well: what is
 * written are changes of single messages, and what others have changed is taken in.
 * Nothing is written before the file has been read: a question may be asked earlier, and
 * comes after what is there.
 */
export class NotebookConversations {
  constructor(private readonly _options: INotebookConversationsOptions) {}

  get panel(): NotebookPanel | null {
    return this._panel;
  }

  /** The session whose conversations these are; null while it is not known. */
  get place(): ISessionPlace | null {
    return this._place;
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
    this._place = null;
    this._text = '';
    this._lines = new Map();
    this._options.onChange();
    await this.read();
  }

  /** Reads what is stored, unless that is done or the notebook's session is not known. */
  async read(): Promise<void> {
    const panel = this._panel;
    if (panel && !this._place) {
      await this._try(async () => {
        await panel.context.ready;
        await this._open(panel, await this._options.store.known(panel));
      });
    }
  }

  /**
   * Makes the notebook's session where it has none, so that its mark is no part of a turn,
   * and reads what the session holds. A closed notebook's stays as it is.
   */
  async ready(): Promise<void> {
    const panel = this._panel;
    if (panel && !panel.isDisposed) {
      await this._try(async () =>
        this._open(panel, await this._options.store.ensure(panel))
      );
    }
  }

  /** Takes in what another tab, a pull or a restored version has made of the file. */
  async onFile(change: Contents.IChangedArgs): Promise<void> {
    if (this._place && this._options.store.isAbout(this._place, change)) {
      this._isStale = true;
      if (!this._isReading) {
        this._isReading = true;
        await this._try(() => this._readAgain());
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

  /**
   * Deletes the conversation that is shown; the result brings it back into its session,
   * whichever notebook is shown then.
   */
  async remove(): Promise<() => Promise<void>> {
    const { _panel: panel, _place: place } = this;
    const { id, messages } = this.current;
    this._all = this._all.filter(each => each.id !== id);
    this.open(this._all.at(-1)?.id ?? FIRST_CONVERSATION);
    await this.keep();
    return async () => {
      if (this._panel === panel) {
        this.put(id, ...messages);
        await this.keep();
      } else if (place) {
        const put = messages.map(message => ({ conversation: id, message }));
        const change = { put, gone: new Set<string>() };
        await this._options.store.change(place, text => changeChat(text, change));
      }
    };
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

  /** Adds messages to a conversation; those with a known id take the place of the old. */
  put(id: string, ...messages: readonly IPanelMessage[]): void {
    const put = messages.map(message => ({ conversation: id, message }));
    this._all = changeConversations(this._all, { put, gone: new Set() });
    this._options.onChange();
  }

  /** Keeps them with the session; false when that failed. */
  async keep(): Promise<boolean> {
    const place = this._place;
    if (!place) {
      return true;
    }
    // Another notebook may be in front when it is this one's turn to be written.
    const given = this._unkept();
    return this._try(async () => {
      const text = await this._options.store.change(place, old => {
        if (this._place !== place) {
          return changeChat(old, given);
        }
        this._takeIn(old);
        return changeChat(old, this._unkept());
      });
      if (this._place === place) {
        this._takeIn(text);
      }
    });
  }

  private async _open(
    panel: NotebookPanel,
    place: ISessionPlace | null
  ): Promise<void> {
    const isOpen = (): boolean =>
      place?.id === this._place?.id && place?.volume === this._place?.volume;
    if (!place || isOpen()) {
      return;
    }
    const text = await this._options.store.read(place);
    if (this._panel === panel && !isOpen()) {
      const isFirst = this._all.length === 0;
      this._place = place;
      // A copy has another session: all that was said goes there as well.
      this._lines = new Map();
      this._text = '';
      this._takeIn(text);
      if (isFirst) {
        this.open(this._all.at(-1)?.id ?? FIRST_CONVERSATION);
      }
    }
  }

  private async _readAgain(): Promise<void> {
    try {
      while (this._isStale && this._place) {
        this._isStale = false;
        const { _place: place, _text: before } = this;
        const text = await this._options.store.read(place);
        if (this._place === place && this._text === before) {
          this._takeIn(text);
        } else {
          // Written or shown anew meanwhile: what was read may be older than that.
          this._isStale = true;
        }
      }
    } finally {
      this._isReading = false;
    }
  }

  /** Shows what is in the file, and what was said here and is not in the file yet. */
  private _takeIn(text: string): void {
    if (text === this._text) {
      return;
    }
    const change = this._unkept();
    const wasKept = isIn(this._current, this._lines.values());
    // What was written stays the same message, and what is drawn of it stays.
    const written = change.put.map(each => [formatChatLine(each), each] as const);
    this._lines = readChatLines(text, new Map([...this._lines, ...written]));
    this._text = text;
    this._all = changeConversations(groupMessages(this._lines.values()), change);
    if (wasKept && !this._all.some(({ id }) => id === this._current)) {
      this._current = this._all.at(-1)?.id ?? FIRST_CONVERSATION;
    }
    this._options.onChange();
  }

  private _unkept(): ReturnType<typeof chatChange> {
    return chatChange(this._lines.values(), this._all);
  }

  private async _try(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (reason) {
      this._options.onFailure(reason);
      return false;
    }
  }

  private _panel: NotebookPanel | null = null;
  private _place: ISessionPlace | null = null;
  private _all: readonly IConversation[] = [];
  private _current = FIRST_CONVERSATION;
  /** The file as it was read or written last. */
  private _text = '';
  private _lines: ReadonlyMap<string, IPlacedMessage> = new Map();
  private _isStale = false;
  private _isReading = false;
}

function isIn(id: string, messages: Iterable<IPlacedMessage>): boolean {
  return [...messages].some(({ conversation }) => conversation === id);
}
