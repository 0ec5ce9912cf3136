import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { isRecord } from '@llmos-lab/skills';
import { Signal, type ISignal } from '@lumino/signaling';

import type { Direction } from '../layout/shape';

/** Settings of the panel. */
const PLUGIN = '@llmos-lab/extension:graph';

/** Entry that holds folded sections by path of the notebook; the site's path follows. */
const FOLDED = 'llmos-graph:folded:';

/** Notebooks of which folded sections are kept; the one folded longest ago goes first. */
const MOST_NOTEBOOKS = 100;

type MapSetting = 'auto' | 'shown' | 'hidden';

/** Where the look is kept; null where the application has no such place. */
export interface ILookStores {
  readonly settings: ISettingRegistry | null;
  /** Written at once: the application's own state is lost when a page closes soon. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null;
  /** Path of the site, since sites of one origin share their storage. */
  readonly site: string;
  /** Told when something could not be read or written. */
  readonly onError: (error: unknown) => void;
}

/**
 * How a person wants to see graphs, over reloads: direction and map are settings, folded
 * sections stand in this browser, since a notebook's file carries neither.
 */
export class KeptLook {
  constructor(private readonly _stores: ILookStores) {
    this._tried(() => this._readFolded());
    this.ready = this._readSettings().catch(_stores.onError);
  }

  /** Resolves when what was kept has been read, or could not be. */
  readonly ready: Promise<void>;

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get direction(): Direction {
    return this._direction;
  }

  set direction(direction: Direction) {
    if (direction !== this._direction) {
      this._direction = direction;
      this._keep('direction', direction);
    }
  }

  /** Whether the map is shown; null when that depends on the room. */
  get hasMap(): boolean | null {
    return this._map === 'auto' ? null : this._map === 'shown';
  }

  set hasMap(hasMap: boolean | null) {
    this._map = hasMap === null ? 'auto' : hasMap ? 'shown' : 'hidden';
    this._keep('map', this._map);
  }

  /** The folded sections of a notebook. */
  foldedIn(path: string): ReadonlySet<string> {
    return this._folded.get(path) ?? new Set();
  }

  fold(path: string, sections: ReadonlySet<string>): void {
    this._folded.delete(path);
    if (sections.size > 0) {
      this._folded.set(path, sections);
    }
    const kept = [...this._folded].slice(-MOST_NOTEBOOKS);
    this._folded = new Map(kept);
    const value = Object.fromEntries(kept.map(([key, ids]) => [key, [...ids]]));
    const { storage, site } = this._stores;
    this._tried(() => storage?.setItem(FOLDED + site, JSON.stringify(value)));
    this._changed.emit();
  }

  private _keep(name: 'direction' | 'map', value: string): void {
    this._settings?.set(name, value).catch(this._stores.onError);
    this._changed.emit();
  }

  private async _readSettings(): Promise<void> {
    const settings = await this._stores.settings?.load(PLUGIN);
    const read = (): void => {
      const { direction, map } = settings?.composite ?? {};
      this._direction = direction === 'right' ? 'right' : 'down';
      this._map = map === 'shown' || map === 'hidden' ? map : 'auto';
      this._changed.emit();
    };
    if (settings) {
      this._settings = settings;
      settings.changed.connect(read);
      read();
    }
  }

  private _readFolded(): void {
    const { storage, site } = this._stores;
    const value: unknown = JSON.parse(storage?.getItem(FOLDED + site) ?? '{}');
    for (const [path, ids] of Object.entries(isRecord(value) ? value : {})) {
      if (Array.isArray(ids)) {
        const texts = ids.filter((id): id is string => typeof id === 'string');
        this._folded.set(path, new Set(texts));
      }
    }
  }

  /** Storage may be forbidden, full, or hold anything. */
  private _tried(work: () => void): void {
    try {
      work();
    } catch (error) {
      this._stores.onError(error);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private _settings: ISettingRegistry.ISettings | null = null;
  private _direction: Direction = 'down';
  private _map: MapSetting = 'auto';
  private _folded = new Map<string, ReadonlySet<string>>();
}
