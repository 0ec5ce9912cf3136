import { VDomModel } from '@jupyterlab/ui-components';

/** The browser's own account of what this site keeps. */
export type Storage = Partial<
  Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>
>;

/** Share of the room from which people are warned. */
export const FULL_AT = 0.8;

/**
 * How much room the site's files take in this browser, and whether the browser has
 * promised not to clear them when the disk is short.
 */
export class StorageModel extends VDomModel {
  constructor(private readonly _storage: Storage) {
    super();
  }

  /** Bytes; 0 until known. */
  get used(): number {
    return this._used;
  }

  /** Bytes; 0 where the browser does not say. */
  get room(): number {
    return this._room;
  }

  /** From 0 to 1. */
  get share(): number {
    return this._room > 0 ? this._used / this._room : 0;
  }

  get isNearlyFull(): boolean {
    return this.share >= FULL_AT;
  }

  get isKept(): boolean {
    return this._isKept;
  }

  /** Asks the browser anew. */
  async refresh(): Promise<void> {
    const estimate = await this._storage.estimate?.();
    this._used = estimate?.usage ?? 0;
    this._room = estimate?.quota ?? 0;
    this._isKept = (await this._storage.persisted?.()) ?? false;
    this.stateChanged.emit();
  }

  /** Asks the browser to keep the files; it may decide so only once the site is used. */
  async keep(): Promise<void> {
    if (!(await this._storage.persisted?.())) {
      await this._storage.persist?.();
    }
    await this.refresh();
  }

  private _used = 0;
  private _room = 0;
  private _isKept = false;
}
