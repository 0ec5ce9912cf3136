import {
  filterSessions,
  type ILogEntry,
  type ISessionDetails,
  type ISessionFilter,
  type ISessionProblem,
  type ISessionSummary
} from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../../reasonOf';
import type { ITransfers } from '../../remotes/tokens';
import type { IRemoteView } from '../../remotes/transfer/transfers';
import type { IFileStatus } from '../../volumes/fileStatus';
import type { Sessions } from '../store/sessions';
import { readVolumeStats, type IVolumeStats } from '../store/volumeStats';

/** What is in a volume, once it is counted, or why it could not be. */
export type VolumeCount = IVolumeStats | 'counting' | { readonly problem: string };

/** A volume in the tree. */
export interface IVolumeView {
  readonly name: string;
  readonly isOpen: boolean;
  /** Those that the filter leaves, the latest changed first. */
  readonly sessions: readonly ISessionSummary[];
  readonly total: number;
  readonly commits: number;
  /** What is not committed. */
  readonly uncommitted: readonly IFileStatus[];
  /** Ids of the sessions that are not as committed. */
  readonly edited: readonly string[];
  readonly problem: string | null;
  readonly problems: readonly ISessionProblem[];
  /** How it stands to its server; `null` where it is connected to none. */
  readonly remote: IRemoteView | null;
  /** Counted when they are asked for; undefined while they are not shown. */
  readonly stats: VolumeCount | undefined;
}

/** A commit of any volume. */
export interface IActivity {
  readonly volume: string;
  readonly entry: ILogEntry;
}

/** What the panel shows; a new object after each change. */
export interface ISessionPanelState {
  readonly isReady: boolean;
  readonly filter: ISessionFilter;
  readonly volumes: readonly IVolumeView[];
  /** All that have a history, filtered or not. */
  readonly volumeNames: readonly string[];
  /** Key of the session that is open. */
  readonly open: string | undefined;
  /** Of the open session; null until it is read. */
  readonly details: ISessionDetails | null;
  readonly detailsProblem: string | null;
  /** The newest commits of all volumes. */
  readonly activity: readonly IActivity[];
}

/** How many commits the activity shows. */
const RECENT = 12;

/** Key of a session over all volumes. */
export function sessionKey({ volume, session }: ISessionSummary): string {
  return `${volume}:${session.id}`;
}

/** State of the sessions panel: what is searched, filtered and open. No React, no app. */
export class SessionPanelModel implements IDisposable {
  /** Without `transfers` volumes show no server. */
  constructor(
    private readonly _sessions: Sessions,
    private readonly _transfers: ITransfers | null = null
  ) {
    this._state = this._compute();
    _transfers?.changed.connect(this._show, this);
    _sessions.changed.connect(this._onChanged, this);
    void _sessions.ready.then(() => {
      this._isReady = true;
      this._onChanged();
    });
  }

  get state(): ISessionPanelState {
    return this._state;
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
      this._transfers?.changed.disconnect(this._show, this);
      Signal.clearData(this);
    }
  }

  setFilter(part: ISessionFilter): void {
    this._filter = { ...this._filter, ...part };
    this._show();
  }

  clearFilter(): void {
    this._filter = {};
    this._show();
  }

  toggleVolume(name: string): void {
    if (!this._closed.delete(name)) {
      this._closed.add(name);
    }
    this._show();
  }

  /** Opens a session's details, or closes them. */
  toggle(key: string): void {
    this.open(this._open === key ? undefined : key);
  }

  open(key: string | undefined): void {
    this._open = key;
    this._details = null;
    this._detailsProblem = null;
    this._show();
    void this._readDetails();
  }

  /** Counts what is in a volume, or puts the numbers away. */
  async toggleStats(name: string): Promise<void> {
    if (this._stats.delete(name)) {
      this._show();
      return;
    }
    this._stats.set(name, 'counting');
    this._show();
    let stats: VolumeCount;
    try {
      stats = await readVolumeStats(this._sessions.volumeOf(name).files);
    } catch (error) {
      stats = { problem: reasonOf(error) };
    }
    if (this._stats.has(name)) {
      this._stats.set(name, stats);
      this._show();
    }
  }

  private _onChanged(): void {
    this._show();
    void this._readDetails();
  }

  /** Of two readings the later one counts. */
  private async _readDetails(): Promise<void> {
    const reading = ++this._reading;
    const summary = this._sessions.all.find(item => sessionKey(item) === this._open);
    if (!summary) {
      return;
    }
    let details: ISessionDetails | null = null;
    let problem: string | null = null;
    try {
      details = await this._sessions.details(summary.session.id, summary.volume);
    } catch (error) {
      problem = reasonOf(error);
    }
    if (reading === this._reading && !this._isDisposed) {
      this._details = details;
      this._detailsProblem = problem;
      this._show();
    }
  }

  private _show(): void {
    if (!this._isDisposed) {
      this._state = this._compute();
      this._stateChanged.emit();
    }
  }

  private _compute(): ISessionPanelState {
    const { all, volumes } = this._sessions;
    return {
      isReady: this._isReady,
      filter: this._filter,
      volumes: this._volumeViews(all),
      volumeNames: volumes.map(({ volume }) => volume.name),
      open: this._open,
      details: this._details,
      detailsProblem: this._detailsProblem,
      activity: volumes
        .flatMap(({ volume, log }) =>
          log.slice(0, RECENT).map(entry => ({ volume: volume.name, entry }))
        )
        .sort((a, b) => b.entry.author.time - a.entry.author.time)
        .slice(0, RECENT)
    };
  }

  private _volumeViews(all: readonly ISessionSummary[]): readonly IVolumeView[] {
    return this._sessions.volumes
      .filter(({ volume }) => (this._filter.volume ?? volume.name) === volume.name)
      .map(item => {
        const { name } = item.volume;
        const own = all.filter(({ volume }) => volume === name);
        return {
          name,
          isOpen: !this._closed.has(name),
          sessions: filterSessions(own, this._filter),
          total: own.length,
          commits: item.log.length,
          uncommitted: item.uncommitted,
          edited: own.flatMap(each => (each.isCommitted ? [] : [each.session.id])),
          problem: item.problem,
          problems: item.problems,
          remote: this._transfers?.view(name) ?? null,
          stats: this._stats.get(name)
        };
      });
  }

  private _isReady = false;
  private _filter: ISessionFilter = {};
  private readonly _closed = new Set<string>();
  private readonly _stats = new Map<string, VolumeCount>();
  private _open: string | undefined;
  private _details: ISessionDetails | null = null;
  private _detailsProblem: string | null = null;
  private _reading = 0;
  private _state: ISessionPanelState;
  private readonly _stateChanged = new Signal<this, void>(this);
  private _isDisposed = false;
}
