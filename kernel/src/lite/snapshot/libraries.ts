import type { ISnapshot, ISnapshotLibrary } from './format';
import { basesOf, setBases, type ILibraryFlags, type IModule } from './module';

/** As `dlopen` of Python's imports has them. */
const FLAGS: ILibraryFlags = { global: false, nodelete: false, loadAsync: false };

/**
 * Browsers put functions of their own into the table at the start, which Node has not;
 * libraries of a snapshot stand behind them.
 */
const ROOM = 64;

/**
 * Lets imports load the libraries that they need, one at a time, instead of Pyodide all
 * of a package at once: what nobody has imported is no part of the snapshot.
 */
export function loadLibrariesWithImports(module: IModule): void {
  module.wasmTable.grow(ROOM);
  module.loadDynamicLibrary = () => Promise.resolve(true);
}

/** The libraries that are loaded, in the order in which they were. */
export function loadedLibraries(
  module: IModule
): Omit<ISnapshotLibrary, 'start' | 'length'>[] {
  const { loadedLibsByName, loadedLibsByHandle } = module.LDSO;
  const handles = new Map(
    Object.entries(loadedLibsByHandle).map(([handle, library]) => [library, handle])
  );
  return Object.entries(loadedLibsByName).flatMap(([path, library]) => {
    if (!library || !path.startsWith('/')) {
      return [];
    }
    const handle = Number(handles.get(library));
    if (!(handle > 0)) {
      throw new Error(`${path} was loaded by something else than an import.`);
    }
    return [{ path, handle, ...basesOf(module, handle) }];
  });
}

/**
 * Loads the libraries of a snapshot where they were, before its memory is put back:
 * their code keeps its places in the function table, and what they write into memory
 * meanwhile is overwritten.
 *
 * @throws Error when a place is taken, so that the snapshot is of no use
 */
export function restoreLibraries(
  module: IModule,
  snapshot: ISnapshot,
  modules: readonly WebAssembly.Module[]
): void {
  for (const [index, library] of snapshot.libraries.entries()) {
    const { path, handle, tableBase } = library;
    const code = modules[index];
    if (!code || module.wasmTable.length > tableBase) {
      throw new Error(`${path} has no place in the function table.`);
    }
    setBases(module, handle, library);
    const scope = {};
    const exports = module.loadWebAssemblyModule(code, FLAGS, path, scope, handle);
    Object.assign(scope, exports);
    module.newDSO(path, handle, exports).global = false;
  }
  if (module.wasmTable.length !== snapshot.tableLength) {
    const now = module.wasmTable.length;
    throw new Error(`${now} functions in the table, not ${snapshot.tableLength}.`);
  }
}

/** Compiles the libraries side by side. */
export function compileLibraries(
  { libraries }: ISnapshot,
  bytes: Uint8Array
): Promise<WebAssembly.Module[]> {
  return Promise.all(
    libraries.map(({ start, length }) =>
      WebAssembly.compile(bytes.slice(start, start + length))
    )
  );
}
