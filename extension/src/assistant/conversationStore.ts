import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { isRecord, runLines, sessionFolder } from '@llmos-lab/skills';
import type { ISignal } from '@lumino/signaling';

import { orNull } from '../session/store/driveFiles';
import { isPassing } from '../volumes/copyToUser';
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

  /** Emits what has changed on any drive, in this tab or in another. */
  get fileChanged(): ISignal<Contents.IManager, Contents.IChangedArgs> | undefined {
    return this._options.contents.fileChanged;
  }

  /** Whether a change may be one of a session's conversations. */
  isAbout(
    place: ISessionPlace,
    { oldValue, newValue }: Contents.IChangedArgs
  ): boolean {
    const file = pathOf(place);
    return [oldValue?.path, newValue?.path].some(
      path => path !== undefined && (path === file || file.startsWith(`${path}/`))
    );
  }

  /**
   * The session that is known as a notebook's own; null where there is none, which may be
   * because its volume is not mounted yet.
   */
  async known(panel: NotebookPanel): Promise<ISessionPlace | null> {
    const mark: unknown = panel.model?.getMetadata('llmos');
    const id = isRecord(mark) ? mark['session'] : undefined;
    const { sessions } = this._options;
    if (!sessions || typeof id !== 'string') {
      return null;
    }
    await sessions.ready;
    const found = sessions.all.find(
      ({ session }) => session.id === id && session.path === panel.context.path
    );
    return found ? { volume: found.volume, id } : null;
  }

  /** The text of a session's conversations; empty where there is no such file. */
  read(place: ISessionPlace): Promise<string> {
    return this._text(place, CHAT_FILE);
  }

  /**
   * Makes the text of a session's conversations another, one caller at a time.
   *
   * @returns the text that is there now
   * @throws unknown what the session's volume says
   */
  change(place: ISessionPlace, edit: (text: string) => string): Promise<string> {
    const { sessions } = this._options;
    const work = (): Promise<string> =>
      sessions?.change(place, CHAT_FILE, edit) ?? Promise.resolve(edit(''));
    // Also where the browser has no locks.
    const changed = this._queue.then(work);
    this._queue = changed.catch(() => null);
    return changed;
  }

  /** Lines about the last runs of a notebook's session, newest first. */
  async recentRuns(panel: NotebookPanel): Promise<readonly string[]> {
    const place = await this.known(panel);
    return place ? runLines(await this._text(place, 'traces.jsonl')) : [];
  }

  private async _text(place: ISessionPlace, name: string): Promise<string> {
    const wanted = { type: 'file', format: 'text', content: true } as const;
    const file = await orNull(this._options.contents.get(pathOf(place, name), wanted));
    const content: unknown = file?.content;
    return typeof content === 'string' ? content : '';
  }

  private _queue: Promise<unknown> = Promise.resolve();
}

const CHAT_FILE = 'chat.jsonl';

function pathOf({ volume, id }: ISessionPlace, name = CHAT_FILE): string {
  return `${volume}:${sessionFolder(id)}/${name}`;
}
