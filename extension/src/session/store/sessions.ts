import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  decodeBase64,
  formatSession,
  readDetails,
  sessionFolder,
  type ISession,
  type ISessionDetails,
  type ISessionSummary
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISessionPlace, ISessions, IVolume, IVolumes } from '../../tokens';
import { orNull } from './driveFiles';
import { NotebookEdits } from './notebookEdits';
import { NotebookRenames } from './notebookRenames';
import { isOfOthers, NotebookSessions } from './notebookSessions';
import { VolumeSessions, type IHistoryVolume } from './volumeSessions';
import { readWorking, type WorkingNotebook } from './workingNotebook';

/** The sessions of all mounted volumes. */
export class Sessions implements ISessions, IDisposable {
  constructor(
    private readonly _mounted: IVolumes,
    private readonly _contents: Contents.IManager,
    private readonly _trans: TranslationBundle,
    user: () => string,
    onError: (path: string, error: unknown) => void = () => undefined
  ) {
    this._volumes = this._read();
    this._notebooks = new NotebookSessions({
      volumes: () =>
        this.volumes.map(({ volume: { name }, files }) => ({ name, files })),
      contents: _contents,
      trans: _trans,
      user
    });
    this._renames = new NotebookRenames({
      sessions: async () => {
        await this._firstRead;
        // Those made a moment ago are among them.
        await Promise.all(this.volumes.map(volume => volume.refresh()));
        return this.all.flatMap(({ session, volume }) =>
          isOfOthers(session, volume, user()) ? [] : [session]
        );
      },
      follow: (id, path) => this._follow(id, path),
      onError
    });
    this._edits = new NotebookEdits({
      copy: async (name, path) => this.volumeOf(name).files.notebook(path),
      working: session => this.workingNotebook(session),
      at: path => this.all.filter(({ session }) => session.path === path),
      changed: () => this._changed.emit()
    });
    _mounted.changed.connect(this._onMounted, this);
    _contents.fileChanged.connect(this._onFile, this);
    this._firstRead = Promise.all(this._volumes.map(({ ready }) => ready)).then(() =>
      this._onVolume()
    );
  }

  /** What is read next is current: renamed notebooks have been followed too. */
  get ready(): Promise<void> {
    return this._firstRead.then(() => this._renames.settled);
  }

  /** Nearest first. */
  get volumes(): readonly VolumeSessions[] {
    return this._volumes;
  }

  get all(): readonly ISessionSummary[] {
    return this.volumes.flatMap(({ summaries }) =>
      summaries.map(summary =>
        this._edits.has(summary) ? { ...summary, isCommitted: false } : summary
      )
    );
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._mounted.changed.disconnect(this._onMounted, this);
      this._contents.fileChanged.disconnect(this._onFile, this);
      this._volumes.forEach(volume => volume.dispose());
      Signal.clearData(this);
    }
  }

  find(id: string, volume?: string): ISessionSummary | undefined {
    return this.all.find(
      item => item.session.id === id && (volume ?? item.volume) === item.volume
    );
  }

  /** @throws Error when no such volume with a history is mounted */
  volumeOf(name: string): VolumeSessions {
    const found = this.volumes.find(({ volume }) => volume.name === name);
    if (!found) {
      throw new Error(this._trans.__('There is no volume "%1" with a history.', name));
    }
    return found;
  }

  details(id: string, volume: string): Promise<ISessionDetails> {
    return readDetails(this.volumeOf(volume).files, id);
  }

  async write(session: ISession, volume: string): Promise<void> {
    const path = `${sessionFolder(session.id)}/session.json`;
    const { files } = this.volumeOf(volume);
    await files.write(path, formatSession(session));
    // What is done next starts from what was written.
    await this.volumeOf(volume).refresh();
  }

  ensure(notebook: NotebookPanel): Promise<ISessionPlace> {
    return this._notebooks.ensure(notebook);
  }

  append({ volume, id }: ISessionPlace, file: string, lines: string): Promise<void> {
    return this.volumeOf(volume).files.append(`${sessionFolder(id)}/${file}`, lines);
  }

  change(
    { volume, id }: ISessionPlace,
    file: string,
    edit: (text: string) => string
  ): Promise<string> {
    return this.volumeOf(volume).files.change(`${sessionFolder(id)}/${file}`, edit);
  }

  /** Takes in at once what is typed into an open notebook. */
  followEdits(notebook: NotebookPanel): void {
    this._edits.follow(notebook);
  }

  /** What stands at a session's path: its notebook as it is saved, or something else. */
  workingNotebook(session: Pick<ISession, 'id' | 'path'>): Promise<WorkingNotebook> {
    return readWorking(this._contents, session);
  }

  /** A file of the folder in which a session's notebook stands; null: it is not there. */
  async fileBeside(
    { path }: Pick<ISession, 'path'>,
    name: string
  ): Promise<Uint8Array | null> {
    const folder = path.replace(/[^/:]*$/, '');
    const wanted = { type: 'file', format: 'base64', content: true } as const;
    const model = await orNull(this._contents.get(`${folder}${name}`, wanted));
    const content: unknown = model?.content;
    return typeof content === 'string' ? decodeBase64(content) : null;
  }

  /** Volumes with a history; those that were mounted before keep what was read. */
  private _read(): readonly VolumeSessions[] {
    return this._mounted.volumes.filter(hasHistory).map(volume => {
      const known = this._volumes.find(item => item.volume === volume);
      const made = known ?? new VolumeSessions(volume);
      if (!known) {
        made.changed.connect(this._onVolume, this);
      }
      return made;
    });
  }

  private _onMounted(): void {
    const before = this._volumes;
    this._volumes = this._read();
    before
      .filter(volume => !this._volumes.includes(volume))
      .forEach(volume => volume.dispose());
    this._changed.emit();
  }

  /** A working notebook that was saved makes its session uncommitted when it differs. */
  private _onFile(
    _: unknown,
    { type, oldValue, newValue }: Contents.IChangedArgs
  ): void {
    const path = newValue?.path;
    if (type === 'rename' && path !== undefined && oldValue?.path !== undefined) {
      this._renames.add(oldValue.path, path);
    }
    const mine = this.volumes.flatMap(({ summaries }) =>
      summaries.filter(({ session }) => session.path === path)
    );
    if (mine.length > 0) {
      void this._edits.compare(mine);
    }
  }

  private async _follow(id: string, path: string): Promise<void> {
    const name = await this._notebooks.follow(id, path);
    if (name !== null) {
      await this.volumeOf(name).refresh();
      const summary = this.find(id, name);
      await this._edits.compare(summary ? [summary] : []);
    }
  }

  private _onVolume(): void {
    const committed = this.volumes.flatMap(({ summaries }) =>
      summaries.filter(({ isCommitted }) => isCommitted)
    );
    this._changed.emit();
    const fresh = committed.filter(summary => !this._edits.isCompared(summary));
    if (fresh.length > 0) {
      void this._edits.compare(fresh);
    }
  }

  private _volumes: readonly VolumeSessions[] = [];
  private readonly _notebooks: NotebookSessions;
  private readonly _renames: NotebookRenames;
  private readonly _firstRead: Promise<void>;
  private readonly _edits: NotebookEdits;
  private readonly _changed = new Signal<this, void>(this);
  private _isDisposed = false;
}

function hasHistory(volume: IVolume): volume is IHistoryVolume {
  return volume.repository !== undefined;
}
