import type { ISkillEntry } from '@llmos-lab/kernel';
import type { IProblem } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../tokens';

/** Cards under one heading. */
export interface ISkillGroup {
  /** Name of the volume; `''` for search results, which are ranked across volumes. */
  readonly volume: string;
  readonly entries: readonly ISkillEntry[];
}

/** A category with the number of its skills among the search results. */
export interface ICategoryCount {
  readonly category: string;
  readonly count: number;
}

/** What the panel shows; a new object after each change. */
export interface ISkillPanelState {
  readonly status: 'loading' | 'ready';
  readonly query: string;
  /** Chosen category, or undefined for all. */
  readonly category: string | undefined;
  readonly categories: readonly ICategoryCount[];
  readonly groups: readonly ISkillGroup[];
  /** All skills of the library, filtered or not. */
  readonly total: number;
  readonly problems: readonly IProblem[];
  /** Id of the card that is open. */
  readonly open: string | undefined;
}

/** State of the skills panel: what is searched, filtered and open. No React, no app. */
export class SkillPanelModel implements IDisposable {
  constructor(private readonly _library: ISkillLibrary) {
    this._state = this._compute();
    _library.changed.connect(this._refresh, this);
    // Reading never rejects: what fails becomes a problem in the library.
    void _library.ready.then(() => this._refresh());
  }

  get state(): ISkillPanelState {
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
      Signal.clearData(this);
    }
  }

  setQuery(query: string): void {
    this._query = query;
    this._refresh();
  }

  /** Chooses a category, or all with undefined. */
  setCategory(category: string | undefined): void {
    this._category = category;
    this._refresh();
  }

  /** Takes search and filter away. */
  clear(): void {
    this._query = '';
    this._category = undefined;
    this._refresh();
  }

  /** Opens a card, or closes it when it is open. */
  toggle(id: string): void {
    this._open = this._open === id ? undefined : id;
    this._refresh();
  }

  /** Opens a card and makes sure that it is among those shown. */
  reveal(id: string): void {
    this._open = id;
    this._query = '';
    this._category = undefined;
    this._refresh();
  }

  private _refresh(): void {
    if (!this._isDisposed) {
      this._state = this._compute();
      this._stateChanged.emit();
    }
  }

  private _compute(): ISkillPanelState {
    const { entries, isReady, problems } = this._library;
    const found = this._library.search(this._query);
    const categories = countCategories(found);
    const category = categories.some(each => each.category === this._category)
      ? this._category
      : undefined;
    const shown = found.filter(
      ({ skill }) => category === undefined || skill.category === category
    );
    return {
      status: isReady ? 'ready' : 'loading',
      query: this._query,
      category,
      categories,
      groups: this._query.trim() === '' ? groupByVolume(shown) : ranked(shown),
      total: entries.length,
      problems,
      open: shown.some(({ skill }) => skill.id === this._open) ? this._open : undefined
    };
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  private _query = '';
  private _category: string | undefined;
  private _open: string | undefined;
  private _state: ISkillPanelState;
  private _isDisposed = false;
}

function countCategories(entries: readonly ISkillEntry[]): ICategoryCount[] {
  const counts = new Map<string, number>();
  for (const { skill } of entries) {
    counts.set(skill.category, (counts.get(skill.category) ?? 0) + 1);
  }
  return [...counts]
    .map(([category, count]) => ({ category, count }))
    .sort((a, b) => a.category.localeCompare(b.category, 'en'));
}

/** The person's own skills first, then teams by name, the shipped ones last. */
function groupByVolume(entries: readonly ISkillEntry[]): ISkillGroup[] {
  const order = (volume: string): string =>
    volume === 'user' ? '0' : volume === 'system' ? '2' : `1${volume}`;
  const volumes = [...new Set(entries.map(entry => entry.volume))].sort((a, b) =>
    order(a) < order(b) ? -1 : 1
  );
  return volumes.map(volume => ({
    volume,
    entries: entries.filter(entry => entry.volume === volume)
  }));
}

function ranked(entries: readonly ISkillEntry[]): ISkillGroup[] {
  return entries.length === 0 ? [] : [{ volume: '', entries }];
}
