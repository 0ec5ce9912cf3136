import type { ISkillEntry, ISkillIndex } from '@llmos-lab/kernel';
import { librarySearch, type IProblem } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../tokens';

/** The library over the runtime host's index. */
export class SkillLibrary implements ISkillLibrary, IDisposable {
  constructor(private readonly _index: ISkillIndex) {
    this.ready = _index.ready.then(() => {
      this._isReady = true;
    });
    _index.changed.connect(this._onChanged, this);
  }

  readonly ready: Promise<void>;

  get isReady(): boolean {
    return this._isReady;
  }

  get entries(): readonly ISkillEntry[] {
    return this._index.entries;
  }

  get shadowed(): readonly ISkillEntry[] {
    return this._index.shadowed;
  }

  get problems(): readonly IProblem[] {
    return this._index.problems;
  }

  get changed(): ISignal<ISkillLibrary, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  get(id: string): ISkillEntry | undefined {
    return this._index.get(id);
  }

  search(query: string, limit = Infinity): readonly ISkillEntry[] {
    const { entries } = this._index;
    if (query.trim() === '') {
      return entries.slice(0, limit);
    }
    // One index for all who search: typing costs a look-up only.
    const index = librarySearch(entries.map(({ skill }) => skill));
    return index.search(query, limit).flatMap(({ id }) => this._index.get(id) ?? []);
  }

  refresh(): Promise<void> {
    return this._index.refresh();
  }

  private _onChanged(): void {
    this._changed.emit();
  }

  private readonly _changed = new Signal<ISkillLibrary, void>(this);
  private _isReady = false;
  private _isDisposed = false;
}
