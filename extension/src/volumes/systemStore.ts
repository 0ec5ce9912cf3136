import { encodeText } from './contentsModel';
import { parentOf, type IFileStore } from './fileStore';
import { MemoryFileStore } from './memoryStore';

/** The shipped files as the build packs them. */
export interface IPackedLibrary {
  /** Newest change of any file, milliseconds since 1970. */
  readonly modified: number;
  /** UTF-8 text of each file by its path in the volume. */
  readonly files: Readonly<Record<string, string>>;
}

/** A store over the packed library. */
export async function unpackLibrary(library: IPackedLibrary): Promise<IFileStore> {
  const store = new MemoryFileStore(() => library.modified);
  await store.makeDirectory('skills');
  for (const [path, text] of Object.entries(library.files)) {
    await makeParents(store, parentOf(path));
    await store.write(path, encodeText(text));
  }
  return store;
}

/** Loads the library's chunk, which no other part of the page needs. */
export async function openSystemStore(): Promise<IFileStore> {
  const { default: library } = await import('./systemLibrary.json');
  return unpackLibrary(library);
}

async function makeParents(store: IFileStore, folder: string): Promise<void> {
  if (!(await store.stat(folder))) {
    await makeParents(store, parentOf(folder));
    await store.makeDirectory(folder);
  }
}
