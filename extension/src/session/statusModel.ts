import type { Contents } from '@jupyterlab/services';
import { VDomModel } from '@jupyterlab/ui-components';

import type { ISessions } from '../tokens';
import type { IFileStatus } from '../volumes/fileStatus';
import type { VolumeRepository } from '../volumes/repository';

/**
 * Which files and sessions of a volume are not committed, current by the signals of the
 * drive, the repository and the sessions. Reads that come while one is under way become one more.
 */
export class UncommittedModel extends VDomModel {
  constructor(
    private readonly _drive: Contents.IDrive,
    private readonly _repository: VolumeRepository,
    private readonly _sessions: Pick<ISessions, 'all' | 'changed'> | null = null
  ) {
    super();
    _sessions?.changed.connect(this._onSessions, this);
    _drive.fileChanged.connect(this._read, this);
    _repository.committed.connect(this._read, this);
    this._read();
  }

  /** Sorted by path; empty until first read. */
  get files(): readonly IFileStatus[] {
    return this._files;
  }

  /** Ids of sessions with files or a notebook that are not as committed. */
  get sessions(): readonly string[] {
    return (this._sessions?.all ?? [])
      .filter(item => item.volume === this._drive.name && !item.isCommitted)
      .map(({ session }) => session.id);
  }

  get isAnything(): boolean {
    return this._files.length > 0 || this.sessions.length > 0;
  }

  /** Why the volume could not be read, or null. */
  get problem(): string | null {
    return this._problem;
  }

  override dispose(): void {
    this._sessions?.changed.disconnect(this._onSessions, this);
    this._drive.fileChanged.disconnect(this._read, this);
    this._repository.committed.disconnect(this._read, this);
    super.dispose();
  }

  private _onSessions(): void {
    this.stateChanged.emit();
  }

  private _read(): void {
    if (this._reading) {
      this._again = true;
      return;
    }
    this._reading = true;
    this._repository
      .status()
      .then(
        files => this._show(files, null),
        (error: unknown) => this._show([], String(error))
      )
      .finally(() => {
        this._reading = false;
        if (this._again && !this.isDisposed) {
          this._again = false;
          this._read();
        }
      });
  }

  private _show(files: readonly IFileStatus[], problem: string | null): void {
    if (!this.isDisposed) {
      this._files = files;
      this._problem = problem;
      this.stateChanged.emit();
    }
  }

  private _files: readonly IFileStatus[] = [];
  private _problem: string | null = null;
  private _reading = false;
  private _again = false;
}
