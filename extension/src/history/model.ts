import type { TranslationBundle } from '@jupyterlab/translation';
import {
  layoutCommits,
  parseCommit,
  sessionFolder,
  type CommitMessage,
  type IGraphRow,
  type ILogEntry,
  type IPathDiff
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../reasonOf';
import type { Sessions } from '../session/store/sessions';
import { HEADS } from '../volumes/branchNames';
import { readFileDiff, type FileDiff } from './fileDiff';

/** What a history is of: a volume, one of its sessions, or one of its files. */
export interface IHistoryRange {
  readonly volume: string;
  readonly session?: string;
  /** Within the volume. */
  readonly path?: string;
  /** By default `main`, on which the files stand. */
  readonly branch?: string;
}

/** A chosen commit. */
export interface ICommitDetails {
  readonly entry: ILogEntry;
  readonly message: CommitMessage;
  /** Files that it changed, notebooks first. */
  readonly files: readonly IPathDiff[];
}

/** A file of the chosen commit that is unfolded. */
export interface IOpenFile {
  readonly path: string;
  /** Null while it is read, and when it could not be. */
  readonly diff: FileDiff | null;
  /** Why it could not be compared, or null. */
  readonly problem: string | null;
}

/** What the history shows; a new object after each change. */
export interface IHistoryState {
  readonly range: IHistoryRange;
  /** Those beside `main`, by name. */
  readonly branches: readonly string[];
  /** Name of the session whose history it is; null: of something else, or it is gone. */
  readonly sessionName: string | null;
  readonly status: 'reading' | 'ready';
  readonly problem: string | null;
  readonly query: string;
  /** Those that match the query, newest first. */
  readonly entries: readonly ILogEntry[];
  /** One a commit, for the picture beside the list. */
  readonly rows: readonly IGraphRow[];
  readonly total: number;
  readonly selected: string | undefined;
  readonly details: ICommitDetails | null;
  readonly files: readonly IOpenFile[];
}

/** State of a history: what is listed, chosen and unfolded. No React, no app. */
export class HistoryModel implements IDisposable {
  constructor(
    private readonly _sessions: Sessions,
    private readonly _trans: TranslationBundle,
    private _range: IHistoryRange,
    selected?: string
  ) {
    this._selected = selected;
    _sessions.changed.connect(this._onChanged, this);
    void this._readLog();
  }

  get state(): IHistoryState {
    const { _range: range, _query: query, _selected: selected } = this;
    return {
      ...{ range, query, selected, entries: this._entries, rows: this._rows },
      branches: [...this._branches.keys()].filter(name => name !== 'main'),
      ...{ details: this._details, files: this._files, problem: this._problem },
      sessionName: this._sessionName(),
      status: this._isReading ? 'reading' : 'ready',
      total: this._log.length
    };
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._sessions.changed.disconnect(this._onChanged, this);
      Signal.clearData(this);
    }
  }

  /** Shows the history of something else. */
  async show(range: IHistoryRange, selected?: string): Promise<void> {
    this._range = range;
    this._query = '';
    this._log = [];
    this._select(selected);
    await this._readLog();
  }

  setQuery(query: string): void {
    this._query = query;
    this._filter();
    this._emit();
  }

  /** Chooses a commit and reads what it changed. */
  async select(oid: string): Promise<void> {
    this._select(oid);
    await this._readDetails();
  }

  /** Unfolds a file of the chosen commit, or folds it. */
  async toggleFile(path: string): Promise<void> {
    if (this._files.some(file => file.path === path)) {
      this._files = this._files.filter(file => file.path !== path);
      this._emit();
      return;
    }
    this._files = [...this._files, { path, diff: null, problem: null }];
    this._emit();
    const entry = this._details?.entry;
    if (!entry) {
      return;
    }
    let diff: FileDiff | null = null;
    let problem: string | null = null;
    try {
      const { store } = this._volume().repository;
      diff = await readFileDiff(store, path, entry.parents[0] ?? null, entry.oid);
    } catch (error) {
      problem = reasonOf(error);
    }
    if (entry === this._details?.entry) {
      this._files = this._files.map(file =>
        file.path === path ? { path, diff, problem } : file
      );
      this._emit();
    }
  }

  private _sessionName(): string | null {
    const { session, volume } = this._range;
    const found = session === undefined ? null : this._sessions.find(session, volume);
    return found?.session.name ?? null;
  }

  private _volume() {
    return this._sessions.volumeOf(this._range.volume).volume;
  }

  private _select(oid: string | undefined): void {
    this._selected = oid;
    this._details = null;
    this._files = [];
    this._emit();
  }

  /** A commit came, here or in another tab. */
  private _onChanged(): void {
    const head = this._sessions.volumes.find(
      ({ volume }) => volume.name === this._range.volume
    )?.log[0]?.oid;
    if (head !== this._head) {
      this._head = head;
      void this._readLog();
    }
  }

  /** Of two readings the later one counts. */
  private async _readLog(): Promise<void> {
    const reading = ++this._reading;
    this._isReading = true;
    this._emit();
    const { session, path, branch } = this._range;
    const wanted = path ?? (session === undefined ? undefined : sessionFolder(session));
    try {
      const { repository } = this._volume();
      const branches = await repository.refs(HEADS);
      if (reading !== this._reading) {
        return;
      }
      this._branches = branches;
      const from = branch === undefined ? undefined : branches.get(branch);
      if (branch !== undefined && from === undefined) {
        this._log = [];
        this._select(undefined);
        throw new Error(this._trans.__('There is no branch "%1".', branch));
      }
      const log = await repository.store.log({
        ...{ merged: true, ...(wanted && { path: wanted }), ...(from && { from }) }
      });
      if (reading !== this._reading) {
        return;
      }
      this._log = log;
      this._problem = null;
    } catch (error) {
      if (reading === this._reading) {
        this._problem = reasonOf(error);
      }
    }
    if (reading === this._reading) {
      this._isReading = false;
      this._filter();
      this._selected ??= this._log[0]?.oid;
      this._emit();
      await this._readDetails();
    }
  }

  private async _readDetails(): Promise<void> {
    const oid = this._selected;
    if (oid === undefined || this._details?.entry.oid === oid) {
      return;
    }
    try {
      const { store } = this._volume().repository;
      const [entry] = await store.log({ from: oid, limit: 1 });
      if (!entry) {
        return;
      }
      const changed = await store.diff(entry.parents[0] ?? null, oid);
      if (oid !== this._selected) {
        return;
      }
      const files = [...changed].sort((a, b) => order(a.path) - order(b.path));
      this._details = { entry, message: parseCommit(entry.message), files };
      this._emit();
      const [first] = files;
      if (first && (files.length === 1 || first.path.endsWith('.ipynb'))) {
        await this.toggleFile(first.path);
      }
    } catch (error) {
      if (oid === this._selected) {
        this._problem = reasonOf(error);
        this._emit();
      }
    }
  }

  private _filter(): void {
    const words = this._query.toLowerCase().split(/\s+/).filter(Boolean);
    this._entries =
      words.length === 0
        ? this._log
        : this._log.filter(({ oid, message, author }) => {
            const text =
              `${oid} ${message} ${author.name} ${author.email}`.toLowerCase();
            return words.every(word => text.includes(word));
          });
    this._rows = layoutCommits(this._entries.map(this._joined()));
  }

  /** Parents as the list has them: between commits that are left out nothing is drawn. */
  private _joined(): (entry: ILogEntry) => Pick<ILogEntry, 'oid' | 'parents'> {
    const shown = new Set(this._entries.map(({ oid }) => oid));
    return ({ oid, parents }) => ({
      oid,
      parents: parents.filter(parent => shown.has(parent))
    });
  }

  private _emit(): void {
    if (!this._isDisposed) {
      this._stateChanged.emit();
    }
  }

  private _query = '';
  private _head: string | undefined;
  private _log: readonly ILogEntry[] = [];
  private _branches: ReadonlyMap<string, string> = new Map();
  private _entries: readonly ILogEntry[] = [];
  private _rows: readonly IGraphRow[] = [];
  private _selected: string | undefined;
  private _details: ICommitDetails | null = null;
  private _files: readonly IOpenFile[] = [];
  private _problem: string | null = null;
  private _isReading = true;
  private _reading = 0;
  private readonly _stateChanged = new Signal<this, void>(this);
  private _isDisposed = false;
}

/** Notebooks first, then what people read, then records. */
function order(path: string): number {
  return path.endsWith('.ipynb') ? 0 : path.endsWith('.md') ? 1 : 2;
}
