import type { loadPyodide as LoadPyodide, PyodideInterface } from 'pyodide';
import { LateBytes } from './files';
import { BUNDLE_PATH } from '../../runtimes/pythonBundle';
import {
  STDLIB_PATH,
  type ISnapshot,
  type ISnapshotLibrary,
  type SnapshotFile
} from './format';
import {
  compileLibraries,
  loadedLibraries,
  loadLibrariesWithImports
} from './libraries';
import { moduleOf, type IFileSystem, type IModule } from './module';
import { keptOf, restore } from './restore';

/** A snapshot as the build writes it. */
export interface IMadeSnapshot {
  readonly snapshot: ISnapshot;
  /** Pyodide's own form. */
  readonly memory: Uint8Array;
  readonly libraries: Uint8Array;
  readonly files: Uint8Array;
}

/** What a snapshot is made of. */
export interface IMakeOptions {
  readonly loadPyodide: typeof LoadPyodide;
  /** The site's Python folder, with a slash at its end. */
  readonly indexURL: string;
  readonly stdlib: Uint8Array;
  readonly bundle: Uint8Array;
  /** Packages that stand in the bundle. */
  readonly bundled: readonly string[];
  /** Packages to load and have in memory. */
  readonly packages: readonly string[];
}

/** Python's own module for it; see `llmos_boot/_snapshot.py`. */
interface IBootModule {
  start(): void;
  before_snapshot(): Promise<void>;
  after_snapshot(language: string): void;
}

/** What is no file, or comes by itself. */
const NOT_KEPT = ['/dev', '/proc', STDLIB_PATH, BUNDLE_PATH];

/**
 * Starts Python as a kernel does, imports what first cells need, and takes its memory.
 * Runs in Node at build time: the memory is that of the same WebAssembly as in browsers.
 */
export async function makeSnapshot(options: IMakeOptions): Promise<IMadeSnapshot> {
  const { loadPyodide, indexURL, packages, bundle } = options;
  // The program that runs here is nobody's business.
  const pyodide = await loadPyodide({
    ...{ indexURL, _makeSnapshot: true, _sysExecutable: './this.program' }
  });
  const module = moduleOf(pyodide);
  loadLibrariesWithImports(module);
  module.FS.writeFile(BUNDLE_PATH, bundle);
  pyodide.runPython(`import sys; sys.path.append("${BUNDLE_PATH}")`);
  await pyodide.loadPackage([...packages], { messageCallback: () => undefined });
  const boot = pyodide.pyimport('llmos_boot') as unknown as IBootModule & {
    destroy(): void;
  };
  boot.start();
  await boot.before_snapshot();
  boot.destroy();
  // Pyodide wants it as at its start; `packages` says what to put there.
  const loaded = pyodide.loadedPackages as Record<string, string>;
  Object.keys(loaded).forEach(name => Reflect.deleteProperty(loaded, name));
  const memory = pyodide.makeMemorySnapshot({
    serializer: (value: unknown) => keptOf(module, value)
  });
  return { memory, ...describe(module, options, memory.length) };
}

function describe(
  module: IModule,
  options: IMakeOptions,
  bytes: number
): Omit<IMadeSnapshot, 'memory'> {
  const { stdlib, bundle, bundled, packages } = options;
  const tree = treeOf(module.FS, '/');
  const loaded = new Set(loadedLibraries(module).map(({ path }) => path));
  const files = joined(
    module.FS,
    tree.files.filter(path => !loaded.has(path))
  );
  const code = joined(module.FS, [...loaded]);
  const libraries = loadedLibraries(module).map((library): ISnapshotLibrary => {
    const [, start = 0, length = 0] =
      code.places.find(([path]) => path === library.path) ?? [];
    return { ...library, start, length };
  });
  const snapshot: ISnapshot = {
    ...{ bytes, libraries, folders: tree.folders, files: files.places },
    tableLength: module.wasmTable.length,
    archives: { [STDLIB_PATH]: stdlib.length, [BUNDLE_PATH]: bundle.length },
    packages: [...bundled, ...packages].sort()
  };
  return { snapshot, libraries: code.bytes, files: files.bytes };
}

function treeOf(fs: IFileSystem, top: string): { folders: string[]; files: string[] } {
  const folders: string[] = [];
  const files: string[] = [];
  for (const name of fs.readdir(top).sort()) {
    const path = `${top === '/' ? '' : top}/${name}`;
    if (name === '.' || name === '..' || NOT_KEPT.includes(path)) {
      continue;
    }
    const { mode } = fs.lookupPath(path).node;
    if (fs.isDir(mode)) {
      const below = treeOf(fs, path);
      folders.push(path, ...below.folders);
      files.push(...below.files);
    } else if (fs.isFile(mode)) {
      files.push(path);
    }
  }
  return { folders, files };
}

function joined(
  fs: IFileSystem,
  paths: readonly string[]
): { places: SnapshotFile[]; bytes: Uint8Array } {
  const parts = paths.map(path => fs.readFile(path));
  const bytes = new Uint8Array(parts.reduce((all, { length }) => all + length, 0));
  let start = 0;
  const places = parts.map((part, index): SnapshotFile => {
    bytes.set(part, start);
    start += part.length;
    return [paths[index] ?? '', start - part.length, part.length];
  });
  return { places, bytes };
}

/**
 * Restores a snapshot and computes with it. What Pyodide does not promise to keep is
 * found here, at build time, and not by people.
 *
 * @throws Error when it does not restore, or computes something else
 */
export async function checkSnapshot(
  made: IMadeSnapshot,
  { loadPyodide, indexURL, stdlib, bundle }: IMakeOptions
): Promise<void> {
  const { snapshot, memory, libraries, files } = made;
  let isStdlibRead = false;
  const pyodide = await restore(
    loadPyodide,
    {
      snapshot,
      memory: Promise.resolve(memory),
      libraries: compileLibraries(snapshot, libraries),
      files: new LateBytes('files', () => files),
      archives: {
        [STDLIB_PATH]: new LateBytes('stdlib', () => {
          isStdlibRead = true;
          return stdlib;
        }),
        [BUNDLE_PATH]: new LateBytes('bundle', () => bundle)
      }
    },
    // Node reads no `data:` address.
    { indexURL, stdLibURL: `${indexURL}python_stdlib.zip` }
  );
  const boot = pyodide.pyimport('llmos_boot') as unknown as IBootModule;
  boot.after_snapshot('C');
  pyodide.runPython(FIRST_CALL);
  if (isStdlibRead) {
    throw new Error(
      "The first call of a skill would wait for Python's library: add what it imports to _snapshot.py."
    );
  }
  const got = run(pyodide);
  if (got !== WANTED) {
    throw new Error(`Python restored from its snapshot says ${got}, not ${WANTED}.`);
  }
}

/** What the first call of a skill needs of Python's own library and of the page. */
const FIRST_CALL = `
import js
from llmos._canonical import canonical_json
canonical_json({"b": 1.5, "a": None})
None
`;

/** Uses a library, a file of the disk, an archive and a library that was not loaded. */
const CHECK = `
import numpy, json, colorsys, numpy.testing, numpy.random, sys
values = numpy.linalg.eigvalsh(numpy.array([[2.0, 1.0], [1.0, 2.0]])).round(6)
json.dumps([values.tolist(), numpy.random.default_rng(1).integers(9, size=3).tolist()])
`;
const WANTED = '[[1.0, 3.0], [4, 4, 6]]';

function run(pyodide: PyodideInterface): string {
  return String(pyodide.runPython(CHECK));
}
