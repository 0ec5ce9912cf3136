import { cleanPath, FileStoreError } from './fileStore';
import type { Bytes, IStoredEntry } from './fileStore';
import { MemoryFileStore } from './memoryStore';

/** What a store has to answer when nothing of it can be changed. */
export interface IReadOnlyFiles {
  /** What is at a path, which is asked often: without its time and size. */
  kindOf(path: string): Promise<IStoredEntry['kind'] | undefined>;
  stat(path: string): Promise<IStoredEntry | undefined>;
  list(directory: string): Promise<readonly IStoredEntry[]>;
  read(path: string): Promise<Bytes>;
}

/**
 * A store over files that only can be read. What cells that are run there write beside
 * them is kept in memory, as long as the page.
 */
export class BesideStore extends MemoryFileStore {
  constructor(private readonly _files: IReadOnlyFiles) {
    super();
  }

  override async stat(path: string): Promise<IStoredEntry | undefined> {
    return (await this._files.stat(path)) ?? super.stat(path);
  }

  override async list(directory: string): Promise<readonly IStoredEntry[]> {
    const isGiven = (await this._files.kindOf(directory)) !== undefined;
    const given = isGiven ? await this._files.list(directory) : [];
    const isNone = isGiven && !(await super.stat(directory));
    const written = isNone ? [] : await super.list(directory);
    const known = new Set(given.map(({ path }) => path));
    return [...given, ...written.filter(({ path }) => !known.has(path))].sort((a, b) =>
      a.path < b.path ? -1 : 1
    );
  }

  override async read(path: string): Promise<Bytes> {
    return (await this._files.kindOf(path)) ? this._files.read(path) : super.read(path);
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

  /** Of what is given, files alone: a folder has parts here and there. */
  override async copy(from: string, to: string): Promise<IStoredEntry> {
    const given = await this._files.kindOf(from);
    if (given === 'directory') {
      throw new FileStoreError('is-a-directory', from);
    }
    if (given) {
      return this.create(to, await this._files.read(from));
    }
    await this._reach(to);
    return super.copy(from, to);
  }

  /** Has in memory the folders that are given and lead to a new file. */
  private async _reach(path: string): Promise<void> {
    const clean = cleanPath(path);
    if (await this._files.kindOf(clean)) {
      throw new FileStoreError('exists', path);
    }
    const parts = clean.split('/').slice(0, -1);
    for (let depth = 1; depth <= parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      if ((await this._files.kindOf(folder)) === 'directory') {
        this.ensureDirectory(folder);
      }
    }
  }
}
