import type { IGitObject } from '@llmos-lab/skills';

/** Bytes of trees and commits that stay in memory for each volume. */
const LIMIT = 4 * 1024 * 1024;

/**
 * Trees and commits that were read or written last, by name. What has a name never
 * changes, so nothing here is ever out of date; files themselves are not kept.
 */
export class KeptObjects {
  get(oid: string): IGitObject | undefined {
    const object = this._objects.get(oid);
    if (object) {
      // The order of a map is that of insertion: this one was asked for last.
      this._objects.delete(oid);
      this._objects.set(oid, object);
    }
    return object;
  }

  keep(oid: string, object: IGitObject): void {
    const { type, body } = object;
    if (type === 'blob' || body.length > LIMIT / 4 || this._objects.has(oid)) {
      return;
    }
    this._objects.set(oid, { type, body });
    this._size += body.length;
    for (const [name, { body: old }] of this._objects) {
      if (this._size <= LIMIT) {
        break;
      }
      this._objects.delete(name);
      this._size -= old.length;
    }
  }

  /** After the whole volume was replaced. */
  clear(): void {
    this._objects.clear();
    this._size = 0;
  }

  private readonly _objects = new Map<string, IGitObject>();
  private _size = 0;
}
