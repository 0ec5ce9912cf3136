import type { ISkillEntry, ISkillIndex } from '@llmos-lab/kernel';
import { createSkillSearch, type IProblem, type ISkillSearch } from '@llmos-lab/skills';
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
    // Built at the first search after a change: typing then costs a look-up only.
    this._search ??= {
      index: createSkillSearch(entries.map(entry => entry.skill)),
      byId: new Map(entries.map(entry => [entry.skill.id, entry]))
    };
    const { index, byId } = this._search;
    return index.search(query, limit).flatMap(({ id }) => byId.get(id) ?? []);
  }

  refresh(): Promise<void> {
    return this._index.refresh();
  }

  private _onChanged(): void {
    this._search = undefined;
    this._changed.emit();
  }

  private readonly _changed = new Signal<ISkillLibrary, void>(this);
  private _search:
    | { readonly index: ISkillSearch; readonly byId: ReadonlyMap<string, ISkillEntry> }
    | undefined;
  private _isReady = false;
  private _isDisposed = false;
}
