import type { ISkillEntry } from '@llmos-lab/kernel';
import type { IProblem } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { ISkillLibrary } from '../tokens';
import {
  FACETS,
  facetOf,
  facetValues,
  filterEntries,
  type Facet,
  type IFacetValue,
  type SkillFilter
} from './facets';

/** Cards under one heading. */
export interface ISkillGroup {
  /** Name of the volume; `''` for search results, which are ranked across volumes. */
  readonly volume: string;
  /** Those that are drawn; the first ones where there are very many. */
  readonly entries: readonly ISkillEntry[];
  /** Number of entries, drawn or not. */
  readonly count: number;
  /** Those of the volume that are not used, since a nearer volume has their id. */
  readonly hidden: readonly IHiddenSkill[];
}

/** A skill that is not used, and the one that is. */
export interface IHiddenSkill {
  readonly entry: ISkillEntry;
  readonly by: ISkillEntry;
}

/** Most cards that a group draws unless all are asked for. */
export const FIRST_CARDS = 60;

/** What the panel shows; a new object after each change. */
export interface ISkillPanelState {
  readonly status: 'loading' | 'ready';
  readonly query: string;
  readonly filter: SkillFilter;
  readonly facets: Readonly<Record<Facet, readonly IFacetValue[]>>;
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
    this._isWhole = false;
    this._refresh();
  }

  /** Chooses a value of a facet, or all with undefined. */
  setFilter(facet: Facet, value: string | undefined): void {
    this._filter = { ...this._filter, [facet]: value };
    this._isWhole = false;
    this._refresh();
  }

  /** Draws all cards of long groups too. */
  showAll(): void {
    this._isWhole = true;
    this._refresh();
  }

  /** Takes search and filters away. */
  clear(): void {
    this._query = '';
    this._filter = {};
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
    this._filter = {};
    this._isWhole = true;
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
    const filter = stillThere(this._filter, entries);
    const shown = filterEntries(found, filter);
    const values = (facet: Facet): readonly IFacetValue[] =>
      facetValues(entries, found, filter, facet);
    const groups =
      this._query.trim() === ''
        ? groupByVolume(shown, filterHidden(this._library, filter))
        : ranked(shown);
    return {
      status: isReady ? 'ready' : 'loading',
      query: this._query,
      filter,
      facets: {
        category: values('category'),
        volume: values('volume'),
        kind: values('kind')
      },
      groups: groups.map(group =>
        this._isWhole
          ? group
          : { ...group, entries: group.entries.slice(0, FIRST_CARDS) }
      ),
      total: entries.length,
      problems,
      open: shown.some(({ skill }) => skill.id === this._open) ? this._open : undefined
    };
  }

  private readonly _stateChanged = new Signal<this, void>(this);
  private _query = '';
  private _filter: SkillFilter = {};
  private _isWhole = false;
  private _open: string | undefined;
  private _state: ISkillPanelState;
  private _isDisposed = false;
}

/** The filter without values that no skill of the library has any more. */
function stillThere(filter: SkillFilter, entries: readonly ISkillEntry[]): SkillFilter {
  return Object.fromEntries(
    FACETS.filter(facet =>
      entries.some(each => facetOf(each, facet) === filter[facet])
    ).map(facet => [facet, filter[facet]])
  );
}

function filterHidden(
  library: Pick<ISkillLibrary, 'shadowed' | 'get'>,
  filter: SkillFilter
): readonly IHiddenSkill[] {
  return filterEntries(library.shadowed, filter).flatMap(entry => {
    const by = library.get(entry.skill.id);
    return by ? [{ entry, by }] : [];
  });
}

/** The person's own skills first, then teams by name, the shipped ones last. */
function groupByVolume(
  entries: readonly ISkillEntry[],
  hidden: readonly IHiddenSkill[]
): ISkillGroup[] {
  const order = (volume: string): string =>
    volume === 'user' ? '0' : volume === 'system' ? '2' : `1${volume}`;
  const all = [...entries, ...hidden.map(({ entry }) => entry)];
  const volumes = [...new Set(all.map(entry => entry.volume))].sort((a, b) =>
    order(a) < order(b) ? -1 : 1
  );
  return volumes.map(volume =>
    groupOf(
      volume,
      entries.filter(entry => entry.volume === volume),
      hidden.filter(({ entry }) => entry.volume === volume)
    )
  );
}

function ranked(entries: readonly ISkillEntry[]): ISkillGroup[] {
  return entries.length === 0 ? [] : [groupOf('', entries)];
}

function groupOf(
  volume: string,
  entries: readonly ISkillEntry[],
  hidden: readonly IHiddenSkill[] = []
): ISkillGroup {
  return { volume, entries, count: entries.length, hidden };
}
