import type { TranslationBundle } from '@jupyterlab/translation';
import { decodeBase64, encodeBase64, isRecord } from '@llmos-lab/skills';

import { readJson } from '../store/driveFiles';
import { packShare, unpackShare, type IShare } from './shareBundle';

/** A share that was open before a reload. */
interface IKeptShare {
  /** Names its folder, so that its tab finds it again. */
  readonly number: number;
  readonly name: string;
  /** The link that it was opened with; null for a zip. */
  readonly link: string | null;
  /** Null where there was no room to keep it. */
  readonly share: IShare | null;
}

/**
 * Shares that are open, kept for a reload of the page in its tab of the browser: they are
 * nobody's files until a copy of them is kept. One whose notebook is closed is forgotten;
 * one that comes back without a tab, as where the layout was reset, goes with the tab of
 * the browser.
 */
export class KeptShares {
  constructor(
    private readonly _storage: Storage,
    private readonly _site: string,
    private readonly _trans: TranslationBundle
  ) {}

  /** One for which the browser has no room beside the others leaves its name. */
  keep(number: number, share: IShare, link: string | null): void {
    const { name } = share;
    const zip = encodeBase64(packShare(share));
    try {
      this._storage.setItem(this._key(number), JSON.stringify({ name }));
      this._storage.setItem(this._key(number), JSON.stringify({ name, link, zip }));
    } catch {
      // It is open all the same; after a reload its name says what is missing.
    }
  }

  forget(number: number): void {
    this._storage.removeItem(this._key(number));
  }

  all(): readonly IKeptShare[] {
    const start = this._key('');
    return Object.keys(this._storage)
      .filter(key => key.startsWith(start))
      .map(key => this._read(Number(key.slice(start.length)), key))
      .sort((a, b) => a.number - b.number);
  }

  private _read(number: number, key: string): IKeptShare {
    const kept = readJson(this._storage.getItem(key) ?? '');
    const { name, link, zip } = isRecord(kept) ? kept : {};
    return {
      number,
      name: typeof name === 'string' ? name : '',
      link: typeof link === 'string' ? link : null,
      share: typeof zip === 'string' ? this._unpack(zip) : null
    };
  }

  private _unpack(zip: string): IShare | null {
    try {
      return unpackShare(decodeBase64(zip), this._trans);
    } catch {
      return null; // said as one that was not kept
    }
  }

  private _key(number: number | ''): string {
    return `llmos:share:${this._site}:${number}`;
  }
}
