import type { Contents, ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { stripTrust } from '@llmos-lab/kernel';
import type { Verdict } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ReadFile, VolumeAccess } from './access';
import { ContentsError, toContentsError } from './contentsError';
import { entryModel, fileModel, modelBytes } from './contentsModel';
import { DownloadUrls } from './downloadUrls';
import { cleanPath, FileStoreError, nameOf, parentOf, type Bytes } from './fileStore';
import type { IFileStore, StoreChange } from './fileStore';
import { copyName, joinPath, untitledName } from './naming';
import { arrivingSessions } from './sessionFiles';
import { Uploads } from './uploads';

/** The one checkpoint that a file has. */
const CHECKPOINT_ID = 'last';

/** A change that was refused, and why. */
export interface IRefusal {
  readonly path: string;
  readonly reason: string;
}

/** What a drive asks before it does something. */
export type DriveAccess = Pick<VolumeAccess, 'can' | 'write' | 'saves'>;

/** What a volume's drive is made of. */
export interface IVolumeDriveOptions {
  /** The part of a Contents path before the colon. */
  readonly name: string;
  /** Who may do what here. */
  readonly access: DriveAccess;
  readonly serverSettings: ServerConnection.ISettings;
  /** Opens the store; called when it is first needed. */
  readonly open: () => Promise<IFileStore>;
  /** What to tell a person who is refused something, from the rule's reason. */
  readonly refusal: (path: string, reason: string) => string;
  readonly trans: TranslationBundle;
}

/**
 * A volume as a JupyterLab drive: Contents calls onto a file store. Whatever a notebook
 * in it says of itself, it is never trusted (`metadata.trusted` is taken out both ways).
 */
export class VolumeDrive implements Contents.IDrive {
  constructor(private readonly _options: IVolumeDriveOptions) {
    this.name = _options.name;
    this.serverSettings = _options.serverSettings;
  }

  readonly name: string;
  readonly serverSettings: ServerConnection.ISettings;

  get fileChanged(): ISignal<this, Contents.IChangedArgs> {
    return this._fileChanged;
  }

  /** Emits when a change was refused. */
  get refused(): ISignal<this, IRefusal> {
    return this._refused;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._urls.dispose();
    void this._opened?.then(store => store.dispose());
    Signal.clearData(this);
  }

  get(path: string, options: Contents.IFetchOptions = {}): Promise<Contents.IModel> {
    return this._with(path, async (store, place) => {
      const entry = await store.stat(place);
      if (!entry) {
        throw new FileStoreError('not-found', path);
      }
      const writable = await this._mayWrite(store, place);
      if (options.content === false) {
        return entryModel(entry, writable);
      }
      if (entry.kind === 'file') {
        const bytes = await store.read(place);
        return stripTrust(fileModel(entry, bytes, writable, options));
      }
      const entries = await store.list(place);
      const content = await Promise.all(
        entries.map(async each =>
          entryModel(each, await this._mayWrite(store, each.path))
        )
      );
      return { ...entryModel(entry, writable), format: 'json', content };
    });
  }

  getDownloadUrl(path: string): Promise<string> {
    return this._with(path, async (store, place) => {
      const bytes = await store.read(place);
      return this._urls.of(place, bytes, (await store.stat(place))?.modified ?? 0);
    });
  }

  newUntitled(options: Contents.ICreateOptions = {}): Promise<Contents.IModel> {
    const folder = options.path ?? '';
    return this._change([joinPath(folder, 'untitled')], async (store, [first]) => {
      for (let count = 0; ; count++) {
        const path = joinPath(parentOf(first), untitledName(options, count));
        try {
          const entry =
            options.type === 'directory'
              ? await store.makeDirectory(path)
              : await store.create(path, untitledBytes(options));
          return this._emit('new', null, entryModel(entry, true));
        } catch (error) {
          if (!(error instanceof FileStoreError) || error.code !== 'exists') {
            throw error;
          }
        }
      }
    });
  }

  async delete(path: string): Promise<void> {
    await this._change([path], async (store, [place]) => {
      await store.remove(place);
      const oldValue = { path: place };
      this._fileChanged.emit({ type: 'delete', oldValue, newValue: null });
    });
  }

  rename(from: string, to: string): Promise<Contents.IModel> {
    return this._change([from, to], async (store, [source, target = '']) => {
      await this._requireSessions(store, source, target);
      const entry = await store.move(source, target);
      return this._emit('rename', { path: source }, entryModel(entry, true));
    });
  }

  save(path: string, options: Partial<Contents.IModel> = {}): Promise<Contents.IModel> {
    if (options.type === 'directory') {
      return this._makeDirectory(path);
    }
    return this._change([path], async (store, [place]) => {
      const { chunk, name = '' } = options;
      // An upload names its file, and that name was looked for here, not the composed one.
      if (
        name !== name.normalize('NFC') &&
        place !== path &&
        (await store.stat(place))
      ) {
        throw new FileStoreError('exists', place);
      }
      const bytes = this._uploads.collect(place, chunk, savedBytes(place, options));
      if (!bytes) {
        return { ...entryModel(uploading(place), true), chunk };
      }
      this._require(place, this._options.access.saves(cleanPath(place), bytes));
      const entry = await store.write(place, bytes);
      return this._emit('save', null, entryModel(entry, true));
    });
  }

  copy(path: string, toFolder: string): Promise<Contents.IModel> {
    return this._change([joinPath(toFolder, nameOf(path))], async (store, [first]) => {
      const source = await placeIn(store, path);
      for (let count = 0; ; count++) {
        const name = copyName(nameOf(first).normalize('NFC'), count);
        const target = joinPath(parentOf(first), name);
        if (!(await store.stat(target))) {
          await this._requireSessions(store, source, target);
          const entry = await store.copy(source, target);
          return this._emit('new', null, entryModel(entry, true));
        }
      }
    });
  }

  createCheckpoint(path: string): Promise<Contents.ICheckpointModel> {
    return this._change([path], async (store, [place]) =>
      checkpointModel((await store.setCheckpoint(place)).modified)
    );
  }

  listCheckpoints(path: string): Promise<Contents.ICheckpointModel[]> {
    return this._with(path, async (store, place) => {
      const checkpoint = await store.checkpoint(place);
      return checkpoint ? [checkpointModel(checkpoint.modified)] : [];
    });
  }

  restoreCheckpoint(path: string, id: string): Promise<void> {
    return this._change([path], async (store, [place]) => {
      const checkpoint = await store.checkpoint(place);
      if (!checkpoint || id !== CHECKPOINT_ID) {
        const { trans } = this._options;
        throw new ContentsError(
          404,
          trans.__('"%1" has no checkpoint "%2".', path, id)
        );
      }
      const { bytes } = checkpoint;
      this._require(place, this._options.access.saves(cleanPath(place), bytes));
      const entry = await store.write(place, bytes);
      this._emit('save', null, entryModel(entry, true));
    });
  }

  deleteCheckpoint(path: string, _id: string): Promise<void> {
    return this._change([path], (store, [place]) => store.removeCheckpoint(place));
  }

  /** Opens the store at the first call; a failed opening is tried again at the next. */
  private _store(): Promise<IFileStore> {
    if (!this._opened) {
      this._opened = this._options.open().then(store => {
        store.changedElsewhere.connect(this._onChangedElsewhere, this);
        return store;
      });
      this._opened.catch(() => {
        this._opened = undefined;
      });
    }
    return this._opened;
  }

  /** Runs `work`; what the store refuses becomes an error as Contents clients read it. */
  private async _with<T>(
    path: string,
    work: (store: IFileStore, place: string) => Promise<T>
  ): Promise<T> {
    try {
      const verdict = this._options.access.can({ verb: 'read' });
      if (!verdict.allowed) {
        throw new ContentsError(403, this._options.refusal(path, verdict.reason));
      }
      const store = await this._store();
      return await work(store, await placeIn(store, path));
    } catch (error) {
      const place = { volume: this.name, path };
      throw toContentsError(error, place, this._options.trans);
    }
  }

  /** A folder that is there already is no change, so that it is refused to nobody. */
  private async _makeDirectory(path: string): Promise<Contents.IModel> {
    const known = await this._with(path, (store, place) => store.stat(place));
    return known
      ? this._emit('save', null, entryModel(known, true))
      : this._change([path], async (store, [place]) =>
          this._emit('save', null, entryModel(await store.makeDirectory(place), true))
        );
  }

  /** Asks for every path that a change touches before anything is changed. */
  private async _change<T>(
    paths: Places,
    work: (store: IFileStore, places: Places) => Promise<T>
  ): Promise<T> {
    const [first, ...others] = paths;
    return this._with(first, async (store, place) => {
      const rest = await Promise.all(others.map(path => placeIn(store, path)));
      const places: Places = [place, ...rest];
      for (const path of places) {
        const clean = cleanPath(path);
        this._require(clean, await this._options.access.write(clean, readFrom(store)));
      }
      return work(store, places);
    });
  }

  /** Nobody brings a session in another's name, by whatever way. */
  private async _requireSessions(
    store: IFileStore,
    from: string,
    to: string
  ): Promise<void> {
    const [source, target] = [cleanPath(from), cleanPath(to)];
    for (const { path, bytes } of await arrivingSessions(store, source, target)) {
      this._require(path, this._options.access.saves(path, bytes));
    }
  }

  private async _mayWrite(store: IFileStore, path: string): Promise<boolean> {
    const verdict = await this._options.access.write(cleanPath(path), readFrom(store));
    return verdict.allowed;
  }

  private _require(path: string, verdict: Verdict): void {
    if (!verdict.allowed) {
      this._refused.emit({ path, reason: verdict.reason });
      throw new ContentsError(403, this._options.refusal(path, verdict.reason));
    }
  }

  private _emit(
    type: 'new' | 'save' | 'rename',
    oldValue: Partial<Contents.IModel> | null,
    newValue: Contents.IModel
  ): Contents.IModel {
    this._fileChanged.emit({ type, oldValue, newValue });
    return newValue;
  }

  private _onChangedElsewhere(_: IFileStore, change: StoreChange): void {
    const { type, path } = change;
    const value = { path, name: nameOf(path) };
    const from = change.type === 'rename' ? change.from : path;
    this._fileChanged.emit({
      type,
      oldValue: type === 'rename' || type === 'delete' ? { path: from } : null,
      newValue: type === 'delete' ? null : value
    });
  }

  private readonly _fileChanged = new Signal<this, Contents.IChangedArgs>(this);
  private readonly _refused = new Signal<this, IRefusal>(this);
  private readonly _uploads = new Uploads();
  private readonly _urls = new DownloadUrls();
  private _opened: Promise<IFileStore> | undefined;
  private _isDisposed = false;
}

/** One path or more. */
type Places = readonly [string, ...string[]];

/**
 * Where a path leads: accents are composed, as everything made here is named, unless the
 * store has the path as it is, which others pushed so. Macs give names decomposed.
 */
async function placeIn(store: IFileStore, path: string): Promise<string> {
  const composed = path.normalize('NFC');
  return composed === path || (await store.stat(path)) ? path : composed;
}

function readFrom(store: IFileStore): ReadFile {
  return async path => ((await store.stat(path)) ? store.read(path) : null);
}

function untitledBytes(options: Contents.ICreateOptions): Bytes {
  const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };
  return options.type === 'notebook'
    ? modelBytes({ format: 'json', content: notebook })
    : modelBytes({ format: 'text', content: '' });
}

function savedBytes(path: string, options: Partial<Contents.IModel>): Bytes {
  const isNotebook = options.format === 'json' && /\.ipynb$/i.test(path);
  const type = isNotebook ? 'notebook' : (options.type ?? 'file');
  const entry = { ...entryModel(uploading(path), true), ...options, type };
  return modelBytes(isNotebook ? stripTrust(entry) : entry);
}

function uploading(path: string): Parameters<typeof entryModel>[0] {
  return { path, kind: 'file', created: 0, modified: 0, size: 0 };
}

function checkpointModel(modified: number): Contents.ICheckpointModel {
  return { id: CHECKPOINT_ID, last_modified: new Date(modified).toISOString() };
}
