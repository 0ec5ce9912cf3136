/**
 * A snapshot of Python: the interpreter's memory with IPython and numpy imported, made
 * when the site is built (`make.ts`) and put back when a kernel starts (`restore.ts`).
 * What is not memory comes along: shared libraries, which are WebAssembly modules of
 * their own, and files of Pyodide's in-memory disk.
 */

/** A shared library that was loaded, and where; they are loaded again in their order. */
export interface ISnapshotLibrary {
  /** In Python's file system. */
  readonly path: string;
  /** Where its bytes stand among those of all libraries. */
  readonly start: number;
  readonly length: number;
  /** Address of its data in memory, and the place of its functions in the table. */
  readonly memoryBase: number;
  readonly tableBase: number;
  /** Address of what `dlopen` has given for it. */
  readonly handle: number;
}

/** A file on the in-memory disk: path, start and length among the bytes of all files. */
export type SnapshotFile = readonly [path: string, start: number, length: number];

/** What stands beside the memory itself; written as JSON. */
export interface ISnapshot {
  /** Bytes of the snapshot once it is unpacked. */
  readonly bytes: number;
  /** Functions in the table; another number after restoring says that something differs. */
  readonly tableLength: number;
  readonly libraries: readonly ISnapshotLibrary[];
  readonly folders: readonly string[];
  readonly files: readonly SnapshotFile[];
  /** Zip archives on Python's path, by their mount point, with their sizes. */
  readonly archives: Readonly<Record<string, number>>;
  /** Packages that need no loading any more. */
  readonly packages: readonly string[];
}

/** Where Pyodide puts the standard library. */
export const STDLIB_PATH = '/lib/python312.zip';
