import type { TranslationBundle } from '@jupyterlab/translation';
import { Zip, ZipPassThrough } from 'fflate';

import { deflate } from './streams';

/** Where the files of an archive go. */
export interface IArchiveOut {
  add(path: string, bytes: Uint8Array): void;
}

/** So much is gathered before it goes to the browser, which may keep it on disk. */
const PART = 8_000_000;
/** What a zip without its later extensions holds: files, and bytes. */
const MOST_FILES = 65_000;
const MOST_BYTES = 4_000_000_000;

/** A zip written file by file, so that it never stands in memory as a whole. */
export class ZipWriter implements IArchiveOut {
  constructor(private readonly _trans: TranslationBundle) {}

  /** Adds a file as it is: for what is compressed already. */
  add(path: string, bytes: Uint8Array): void {
    this._add(new ZipPassThrough(path), bytes);
  }

  /** Adds a file that is worth compressing. */
  async addCompressed(path: string, bytes: Uint8Array): Promise<void> {
    this._add(new Deflated(path, await deflate(bytes, 'deflate-raw')), bytes);
  }

  /**
   * Ends the zip; nothing can be added any more.
   *
   * @throws Error when it holds more than a zip can
   */
  end(): Blob {
    this._zip.end();
    this._gather();
    return new Blob(this._blobs, { type: 'application/zip' });
  }

  private _add(file: ZipPassThrough, bytes: Uint8Array): void {
    this._files += 1;
    this._bytes += bytes.length;
    if (this._files > MOST_FILES || this._bytes > MOST_BYTES) {
      throw new Error(
        this._trans.__(
          'This is more than one zip can hold (65,000 files, 4 GB). Export the volumes one by one.'
        )
      );
    }
    this._zip.add(file);
    file.push(bytes, true);
    if (this._size >= PART) {
      this._gather();
    }
  }

  private _gather(): void {
    this._blobs.push(new Blob(this._parts));
    this._parts = [];
    this._size = 0;
  }

  private readonly _zip = new Zip((error, chunk) => {
    if (error) {
      throw error;
    }
    this._parts.push(chunk);
    this._size += chunk.length;
  });
  private _parts: Uint8Array<ArrayBuffer>[] = [];
  private _size = 0;
  private _files = 0;
  private _bytes = 0;
  private readonly _blobs: Blob[] = [];
}

/** A file that was compressed before it is added. */
class Deflated extends ZipPassThrough {
  constructor(
    path: string,
    private readonly _packed: Uint8Array<ArrayBuffer>
  ) {
    super(path);
    this.compression = 8;
  }

  protected override process(_: Uint8Array, final: boolean): void {
    this.ondata(null, this._packed, final);
  }
}
