import type { TranslationBundle } from '@jupyterlab/translation';

import { SHARED_DRIVE } from '../../volumes/copyToUser';
import { FileStoreError, type Bytes, type IStoredEntry } from '../../volumes/fileStore';
import { fileStem } from '../../volumes/naming';
import type { IReadOnlyFiles } from '../../volumes/besideStore';
import { SHARED_NOTEBOOK, type IShare } from './shareBundle';

/** Opened shares in memory, each in a folder of its own. */
export class SharedFiles implements IReadOnlyFiles {
  /** `now` gives milliseconds since 1970. */
  constructor(
    private readonly _trans: TranslationBundle,
    now: () => number = Date.now
  ) {
    this._opened = now();
  }

  /** Number of the next share; it names its folder. */
  get next(): number {
    return this._last + 1;
  }

  /**
   * @returns the Contents path of the share's notebook
   * @throws Error when another file of the share would take the notebook's place
   */
  add({ name, files }: Pick<IShare, 'name' | 'files'>, number = this.next): string {
    this._last = Math.max(this._last, number);
    const stem = fileStem(name) || 'Shared';
    const folder = `${number}`;
    const notebook = `${folder}/${stem}.ipynb`;
    const opened = new Map<string, Uint8Array>();
    for (const { path, bytes } of files) {
      const file = path === SHARED_NOTEBOOK ? notebook : `${folder}/${path}`;
      if (opened.has(file)) {
        throw new Error(
          this._trans.__(
            'This share has two files named "%1".',
            file.slice(folder.length + 1)
          )
        );
      }
      opened.set(file, bytes.slice());
    }
    opened.forEach((bytes, file) => this._files.set(file, bytes));
    return `${SHARED_DRIVE}:${notebook}`;
  }

  kindOf(path: string): Promise<IStoredEntry['kind'] | undefined> {
    return Promise.resolve(this._entry(path)?.kind);
  }

  stat(path: string): Promise<IStoredEntry | undefined> {
    return Promise.resolve(this._entry(path));
  }

  list(directory: string): Promise<readonly IStoredEntry[]> {
    const start = directory === '' ? '' : `${directory}/`;
    const names = [...this._files.keys()]
      .filter(path => path.startsWith(start))
      .map(path => start + (path.slice(start.length).split('/')[0] ?? ''));
    return Promise.resolve(
      [...new Set(names)].sort().flatMap(path => this._entry(path) ?? [])
    );
  }

  read(path: string): Promise<Bytes> {
    const bytes = this._files.get(path);
    return bytes
      ? Promise.resolve(bytes as Bytes)
      : Promise.reject(new FileStoreError('not-found', path));
  }

  private _entry(path: string): IStoredEntry | undefined {
    const times = { created: this._opened, modified: this._opened };
    const bytes = this._files.get(path);
    if (bytes) {
      return { path, kind: 'file', ...times, size: bytes.length };
    }
    const isFolder =
      path === '' || [...this._files.keys()].some(file => file.startsWith(`${path}/`));
    return isFolder ? { path, kind: 'directory', ...times, size: 0 } : undefined;
  }

  private readonly _files = new Map<string, Uint8Array>();
  private readonly _opened: number;
  private _last = 0;
}
