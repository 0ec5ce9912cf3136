import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import {
  formatConversations,
  isRecord,
  parseConversations,
  runLines,
  sessionFolder,
  type IConversation
} from '@llmos-lab/skills';
import type { ISignal } from '@lumino/signaling';

import { isPassing } from '../session/store/notebookSessions';
import type { ISessionPlace, ISessions } from '../tokens';

/** What the conversations of notebooks are kept with. */
export interface IConversationStoreOptions {
  /** Null where volumes are not there: conversations last as long as the page. */
  readonly sessions: ISessions | null;
  readonly contents: Contents.IManager;
}

/** Reads and writes the conversations of notebooks' sessions. */
export class ConversationStore {
  constructor(private readonly _options: IConversationStoreOptions) {}

  /** Makes the notebook's session where it has none: its mark is then no part of a turn. */
  async ensure(panel: NotebookPanel): Promise<ISessionPlace | null> {
    const { sessions } = this._options;
    return sessions && !isPassing(panel.context.path) ? sessions.ensure(panel) : null;
  }

  /** Emits when a session may be there that was not. */
  get changed(): ISignal<ISessions, void> | undefined {
    return this._options.sessions?.changed;
  }

  /**
   * The conversations of a notebook's session; null where none is known as its own, which
   * may be because its volume is not mounted yet. Whoever knows the session says so.
   */
  async read(
    panel: NotebookPanel,
    known: ISessionPlace | null = null
  ): Promise<readonly IConversation[] | null> {
    const place = known ?? (await this._known(panel));
    if (!place) {
      return null;
    }
    return parseConversations(await this._text(place)).conversations;
  }

  /**
   * Keeps the conversations with the session, which is made where there is none.
   *
   * @throws unknown what the session's volume says
   */
  write(
    panel: NotebookPanel,
    conversations: readonly IConversation[]
  ): Promise<ISessionPlace | null> {
    const { sessions } = this._options;
    if (!sessions || isPassing(panel.context.path)) {
      return Promise.resolve(null);
    }
    // One after another, so that the last one written is the last one asked for.
    const written = this._queue.then(() => this._write(sessions, panel, conversations));
    this._queue = written.catch(() => null);
    return written;
  }

  /** Lines about the last runs of a notebook's session, newest first. */
  async recentRuns(panel: NotebookPanel): Promise<readonly string[]> {
    const place = await this._known(panel);
    return place ? runLines(await this._text(place, 'traces.jsonl')) : [];
  }

  private async _write(
    sessions: ISessions,
    panel: NotebookPanel,
    conversations: readonly IConversation[]
  ): Promise<ISessionPlace> {
    const place = await sessions.ensure(panel);
    const text = formatConversations(conversations);
    const old = await this._text(place);
    if (text.startsWith(old)) {
      if (text !== old) {
        await sessions.append(place, CHAT_FILE, text.slice(old.length));
      }
    } else {
      await this._options.contents.save(pathOf(place), {
        ...{ type: 'file', format: 'text', content: text }
      });
    }
    return place;
  }

  private async _known(panel: NotebookPanel): Promise<ISessionPlace | null> {
    const { sessions } = this._options;
    const mark: unknown = panel.model?.getMetadata('llmos');
    const id = isRecord(mark) ? mark['session'] : undefined;
    if (!sessions || typeof id !== 'string') {
      return null;
    }
    await sessions.ready;
    const found = sessions.all.find(
      ({ session }) => session.id === id && session.path === panel.context.path
    );
    return found ? { volume: found.volume, id } : null;
  }

  private async _text(place: ISessionPlace, name = CHAT_FILE): Promise<string> {
    const { contents } = this._options;
    const folder = `${place.volume}:${sessionFolder(place.id)}`;
    const listing = await contents.get(folder, { content: true });
    const items = listing.content as readonly Contents.IModel[];
    if (!items.some(item => item.name === name)) {
      return '';
    }
    const file = await contents.get(pathOf(place, name), {
      content: true,
      format: 'text'
    });
    return typeof file.content === 'string' ? file.content : '';
  }

  private _queue: Promise<unknown> = Promise.resolve();
}

const CHAT_FILE = 'chat.jsonl';

function pathOf({ volume, id }: ISessionPlace, name = CHAT_FILE): string {
  return `${volume}:${sessionFolder(id)}/${name}`;
}
