import type { PyodideInterface } from 'pyodide';

/**
 * The parts of Emscripten's module that a snapshot needs; all are private upstream, of
 * Pyodide 0.27.7. A newer one is told apart by the check of the build, which restores
 * what it made.
 */
export interface IModule {
  readonly HEAP8: Int8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPU32: Uint32Array;
  /** Address of Python's state, and of the word that says where in it `COUNT_ARGS` is. */
  readonly __PyRuntime: number;
  readonly __PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET: number;
  /** Place of a function that newer browsers allow and Python calls much; 0 without. */
  readonly _PyEM_CountArgsPtr: number;
  readonly FS: IFileSystem;
  readonly LDSO: {
    readonly loadedLibsByName: Record<string, ILibrary | undefined>;
    readonly loadedLibsByHandle: Record<string, ILibrary | undefined>;
  };
  readonly wasmTable: WebAssembly.Table;
  readonly API: { readonly public_api: object };
  newDSO(name: string, handle: number, exports: object): ILibrary;
  loadWebAssemblyModule(
    binary: WebAssembly.Module,
    flags: ILibraryFlags,
    name: string,
    scope: object,
    handle: number
  ): object;
  loadDynamicLibrary(name: string, flags: object, scope?: object): unknown;
}

/** A shared library, as the dynamic linker knows it. */
export interface ILibrary {
  readonly name: string;
  global: boolean;
}

export interface ILibraryFlags {
  readonly global: boolean;
  readonly nodelete: boolean;
  readonly loadAsync: boolean;
}

/** Emscripten's file system. */
export interface IFileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  lookupPath(path: string): { readonly node: IFileNode };
  mkdirTree(path: string): void;
  writeFile(path: string, data: Uint8Array): void;
  readFile(path: string): Uint8Array;
  readdir(path: string): string[];
  isDir(mode: number): boolean;
  isFile(mode: number): boolean;
}

/** A file of the in-memory disk. */
export interface IFileNode {
  readonly mode: number;
  contents: Uint8Array | null;
  usedBytes: number;
}

/** What `loadPyodide` hands to the function that makes the module. */
export interface IModuleSettings {
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void
  ) => object;
}

export type MakeModule = (settings: IModuleSettings) => Promise<IModule>;

declare global {
  /** Left on the global object by `pyodide.asm.js`, taken from there by `loadPyodide`. */
  var _createPyodideModule: MakeModule | undefined;
}

/** The module under a Pyodide. */
export function moduleOf(pyodide: PyodideInterface): IModule {
  return (pyodide as unknown as { readonly _module: IModule })._module;
}

/** Offsets in the structure that `dlopen` keeps of a library (`struct dso`). */
const LOADED = 8;
const MEMORY_BASE = 12;
const TABLE_BASE = 20;

/** Where a library was loaded. */
export function basesOf(
  { HEAPU32 }: IModule,
  handle: number
): { memoryBase: number; tableBase: number } {
  return {
    memoryBase: HEAPU32[(handle + MEMORY_BASE) >>> 2] ?? 0,
    tableBase: HEAPU32[(handle + TABLE_BASE) >>> 2] ?? 0
  };
}

/** Makes the linker put a library where it was, as it does for further threads. */
export function setBases(
  { HEAP8, HEAPU32 }: IModule,
  handle: number,
  bases: { readonly memoryBase: number; readonly tableBase: number }
): void {
  HEAP8[handle + LOADED] = 1;
  HEAPU32[(handle + MEMORY_BASE) >>> 2] = bases.memoryBase;
  HEAPU32[(handle + TABLE_BASE) >>> 2] = bases.tableBase;
}

/**
 * Python's word for a function of the browser (`_PyEM_CountArgsPtr`) that the Node of the
 * build did not have: without it each call of C from Python takes a way through JavaScript.
 *
 * @returns its address in memory
 */
export function countArgsAddress(module: IModule): number {
  const { HEAP32, __PyRuntime: state } = module;
  return state + (HEAP32[module.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET >>> 2] ?? 0);
}
