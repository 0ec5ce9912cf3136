import type {
  IMergeConflict,
  IMergePlan,
  IVolumeStore,
  MergeChoice
} from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import { readFileDiff, type FileDiff } from '../../history/fileDiff';
import { reasonOf } from '../../reasonOf';
import { titleOf } from './titleOf';

/** A file in conflict, with what the person wants of it. */
export interface IMergeRow {
  readonly conflict: IMergeConflict;
  readonly choice: MergeChoice;
  /** What a person knows it by: the session's name and its file, else the path. */
  readonly title: string;
  /** The same of theirs where it is kept beside mine. */
  readonly besideTitle: string;
}

/** What the dialog shows; a new object after each change. */
export interface IMergeState {
  readonly rows: readonly IMergeRow[];
  /** Files that only one side changed, or whose lines were united. */
  readonly others: number;
  /** Path of the file that is compared. */
  readonly open: string;
  /** From mine to theirs; `null` until it is read. */
  readonly diff: FileDiff | null;
  readonly diffProblem: string | null;
}

/** State of the merge dialog: both versions of each file until a person says otherwise. */
export class MergeModel {
  constructor(
    private readonly _store: Pick<IVolumeStore, 'read'>,
    private readonly _plan: IMergePlan
  ) {
    const { conflicts, changes } = _plan;
    this._state = {
      rows: conflicts.map(conflict => ({
        ...{ conflict, choice: 'both' },
        ...{ title: conflict.path, besideTitle: conflict.besidePath }
      })),
      others: changes.length,
      open: conflicts[0]?.path ?? '',
      ...{ diff: null, diffProblem: null }
    };
    void this._name();
    void this._compare();
  }

  get state(): IMergeState {
    return this._state;
  }

  get stateChanged(): ISignal<this, void> {
    return this._stateChanged;
  }

  /** By path. */
  get choices(): ReadonlyMap<string, MergeChoice> {
    return new Map(
      this._state.rows.map(({ conflict, choice }) => [conflict.path, choice])
    );
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /** Chooses for one file, or for all where none is named. */
  choose(choice: MergeChoice, path?: string): void {
    const rows = this._state.rows.map(row =>
      path === undefined || row.conflict.path === path ? { ...row, choice } : row
    );
    this._set({ rows });
  }

  /** Compares the versions of another file. */
  open(path: string): void {
    this._set({ open: path, diff: null, diffProblem: null });
    void this._compare();
  }

  /** Folders of sessions are named by ids; of two with one name the path tells which. */
  private async _name(): Promise<void> {
    const { mine, theirs, conflicts } = this._plan;
    const titles = new Map<string, string>();
    for (const path of conflicts.flatMap(each => [each.path, each.besidePath])) {
      titles.set(path, await titleOf(this._store, path, [mine, theirs]));
    }
    const all = [...titles.values()];
    const told = (path: string): string => {
      const title = titles.get(path) ?? path;
      const isOne = all.indexOf(title) === all.lastIndexOf(title);
      return isOne ? title : `${title} (${path})`;
    };
    if (!this._isDisposed) {
      const rows = this._state.rows.map(row => ({
        ...row,
        title: told(row.conflict.path),
        besideTitle: told(row.conflict.besidePath)
      }));
      this._set({ rows });
    }
  }

  private async _compare(): Promise<void> {
    const { open } = this._state;
    const { mine, theirs } = this._plan;
    let part: Partial<IMergeState>;
    try {
      part = { diff: await readFileDiff(this._store, open, mine, theirs) };
    } catch (error) {
      part = { diffProblem: reasonOf(error) };
    }
    if (this._state.open === open && !this._isDisposed) {
      this._set(part);
    }
  }

  private _set(part: Partial<IMergeState>): void {
    this._state = { ...this._state, ...part };
    this._stateChanged.emit();
  }

  private _state: IMergeState;
  private readonly _stateChanged = new Signal<this, void>(this);
  private _isDisposed = false;
}
