import type { PromiseFsClient } from 'isomorphic-git';

type Answer = Promise<unknown>;

/**
 * The few files that isomorphic-git wants around one fetch, in memory: configuration, a
 * ref, the pack that arrives and its index. They are gone when the fetch is over.
 */
export class MemoryFiles implements PromiseFsClient {
  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      this._files.set(path, new TextEncoder().encode(text));
    }
  }

  readonly promises: PromiseFsClient['promises'] = {
    readFile: (path: string, options?: unknown): Answer => this._read(path, options),
    writeFile: (path: string, data: Uint8Array | string): Answer => {
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
      this._files.set(path, bytes);
      return Promise.resolve();
    },
    unlink: (path: string): Answer => {
      this._files.delete(path);
      return Promise.resolve();
    },
    readdir: (path: string): Answer => Promise.resolve(this._list(path)),
    stat: (path: string): Answer => this._stat(path),
    lstat: (path: string): Answer => this._stat(path),
    // Folders are there with their files.
    mkdir: (): Answer => Promise.resolve(),
    rmdir: (): Answer => Promise.resolve(),
    readlink: (path: string): Answer => Promise.reject(absent(path)),
    symlink: (_target: string, path: string): Answer => Promise.reject(absent(path))
  };

  /** The first file whose path ends so. */
  find(ending: string): Uint8Array | undefined {
    const path = [...this._files.keys()].find(name => name.endsWith(ending));
    return path === undefined ? undefined : this._files.get(path);
  }

  private _read(path: string, options: unknown): Answer {
    const bytes = this._files.get(path);
    if (!bytes) {
      return Promise.reject(absent(path));
    }
    const wantsText =
      options === 'utf8' ||
      (typeof options === 'object' &&
        options !== null &&
        'encoding' in options &&
        options.encoding === 'utf8');
    return Promise.resolve(wantsText ? new TextDecoder().decode(bytes) : bytes);
  }

  private _list(path: string): readonly string[] {
    const names = [...this._files.keys()]
      .filter(name => name.startsWith(`${path}/`))
      .map(name => name.slice(path.length + 1).split('/')[0] ?? '');
    return [...new Set(names)];
  }

  private _stat(path: string): Answer {
    const bytes = this._files.get(path);
    if (!bytes && this._list(path).length === 0) {
      return Promise.reject(absent(path));
    }
    return Promise.resolve({
      ...{ type: bytes ? 'file' : 'dir', mode: bytes ? 0o100644 : 0o40000 },
      ...{ size: bytes?.length ?? 0, ino: 0, mtimeMs: 0, ctimeMs: 0, uid: 0, gid: 0 },
      isFile: () => bytes !== undefined,
      isDirectory: () => !bytes,
      isSymbolicLink: () => false
    });
  }

  private readonly _files = new Map<string, Uint8Array>();
}

function absent(path: string): Error {
  return Object.assign(new Error(`There is no file ${path}.`), { code: 'ENOENT' });
}
