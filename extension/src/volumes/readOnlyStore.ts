import { cleanPath, FileStoreError } from './fileStore';
import type { Bytes, IStoredEntry } from './fileStore';
import { MemoryFileStore } from './memoryStore';

/** What a store has to answer when nothing of it can be changed. */
export interface IReadOnlyFiles {
  stat(path: string): Promise<IStoredEntry | undefined>;
  list(directory: string): Promise<readonly IStoredEntry[]>;
  read(path: string): Promise<Bytes>;
}

/**
 * A store over files that only can be read. What cells that are run there write beside
 * them is kept in memory, as long as the page.
 */
export class ReadOnlyStore extends MemoryFileStore {
  constructor(private readonly _files: IReadOnlyFiles) {
    super();
  }

  override async stat(path: string): Promise<IStoredEntry | undefined> {
    return (await this._files.stat(path)) ?? super.stat(path);
  }

  override async list(directory: string): Promise<readonly IStoredEntry[]> {
    const isGiven = (await this._files.stat(directory)) !== undefined;
    const given = isGiven ? await this._files.list(directory) : [];
    const isNone = isGiven && !(await super.stat(directory));
    const written = isNone ? [] : await super.list(directory);
    const known = new Set(given.map(({ path }) => path));
    return [...given, ...written.filter(({ path }) => !known.has(path))];
  }

  override async read(path: string): Promise<Bytes> {
    return (await this._files.stat(path)) ? this._files.read(path) : super.read(path);
  }

  override async write(path: string, bytes: Bytes): Promise<IStoredEntry> {
    await this._reach(path);
    return super.write(path, bytes);
  }

  override async create(path: string, bytes: Bytes): Promise<IStoredEntry> {
    await this._reach(path);
    return super.create(path, bytes);
  }

  override async makeDirectory(path: string): Promise<IStoredEntry> {
    await this._reach(path);
    return super.makeDirectory(path);
  }

  override async move(from: string, to: string): Promise<IStoredEntry> {
    await this._reach(to);
    return super.move(from, to);
  }

  override async copy(from: string, to: string): Promise<IStoredEntry> {
    const given = await this._files.stat(from);
    if (given?.kind === 'directory') {
      throw new FileStoreError('bad-path', from);
    }
    if (given) {
      return this.create(to, await this._files.read(from));
    }
    await this._reach(to);
    return super.copy(from, to);
  }

  /** Makes in memory the folders that lead to a new file. */
  private async _reach(path: string): Promise<void> {
    const clean = cleanPath(path);
    if (await this._files.stat(clean)) {
      throw new FileStoreError('exists', path);
    }
    const parts = clean.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const isGiven = (await this._files.stat(folder))?.kind === 'directory';
      if (isGiven && !(await super.stat(folder))) {
        await super.makeDirectory(folder);
      }
    }
  }
}
