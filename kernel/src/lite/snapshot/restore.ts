import type { loadPyodide as LoadPyodide, PyodideInterface } from 'pyodide';
import { placeFile, placeFiles, type LateBytes } from './files';
import { BUNDLE_PATH } from '../../runtimes/pythonBundle';
import { STDLIB_PATH, type ISnapshot } from './format';
import { restoreLibraries } from './libraries';
import { countArgsAddress, moduleOf, type IModule, type MakeModule } from './module';

/** Everything that a snapshot is restored from. */
export interface ISnapshotParts {
  readonly snapshot: ISnapshot;
  /** Pyodide's own form, unpacked. */
  readonly memory: PromiseLike<Uint8Array>;
  /** In the order of `snapshot.libraries`. */
  readonly libraries: PromiseLike<readonly WebAssembly.Module[]>;
  /** `pyodide.asm.wasm`; Pyodide loads it by itself when absent. */
  readonly interpreter?: PromiseLike<WebAssembly.Module>;
  readonly files: LateBytes;
  /** By mount point. */
  readonly archives: Readonly<Record<string, LateBytes>>;
}

/** Where Pyodide's form of a snapshot says at which byte the memory itself begins. */
const HEAP_START = 4;

type Options = NonNullable<Parameters<typeof LoadPyodide>[0]>;

/** What an object that Python held at the snapshot was; only Pyodide's own are kept. */
interface IKept {
  readonly root: 'public' | 'private';
  /** Of its property; the object itself when absent. */
  readonly name?: string;
}

/** An empty archive: the real one is put in its place once the module stands. */
const NO_STDLIB = 'data:application/zip;base64,UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

/**
 * Starts Pyodide from a snapshot. `pyodide.asm.js` must have run: the function that it
 * leaves is replaced for the time of the start, since between making the module and
 * filling its memory the libraries must be loaded.
 *
 * @throws whatever goes wrong; a plain start is possible afterwards
 */
export async function restore(
  loadPyodide: typeof LoadPyodide,
  parts: ISnapshotParts,
  options: Options
): Promise<PyodideInterface> {
  const original = globalThis._createPyodideModule;
  if (!original) {
    throw new Error('pyodide.asm.js has not run.');
  }
  const modules = await parts.libraries;
  const release = parts.interpreter ? holdInterpreter() : (): void => undefined;
  const made: { module?: IModule } = {};
  globalThis._createPyodideModule = async settings => {
    made.module = await makeModule(original, parts, settings);
    restoreLibraries(made.module, parts.snapshot, modules);
    keepFunction(made.module, await parts.memory);
    return made.module;
  };
  try {
    const pyodide = await loadPyodide({
      stdLibURL: NO_STDLIB,
      ...options,
      _loadSnapshot: parts.memory,
      _snapshotDeserializer: (kept: IKept): unknown => objectOf(made.module, kept)
    });
    place(pyodide, parts);
    return pyodide;
  } finally {
    globalThis._createPyodideModule = original;
    release();
  }
}

/**
 * Pyodide fetches its interpreter even where another one is instantiated; that would be
 * ten megabytes for nothing.
 *
 * @returns ends this
 */
function holdInterpreter(): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : input;
    const { pathname } = new URL(address, 'https://site.invalid');
    return pathname.endsWith('.asm.wasm')
      ? Promise.resolve(new Response())
      : fetch(input, init);
  };
  return () => {
    globalThis.fetch = fetch;
  };
}

/** Says what an object of Pyodide is, for a snapshot. */
export function keptOf({ API }: IModule, value: unknown): IKept {
  const found = roots(API).flatMap(([root, object]) =>
    value === object
      ? [{ root }]
      : Reflect.ownKeys(object)
          .filter(name => Reflect.get(object, name) === value)
          .map(name => ({ root, name: String(name) }))
  );
  if (!found[0]) {
    throw new Error(
      `Python holds an object that is no part of Pyodide: ${String(value)}`
    );
  }
  return found[0];
}

/** The object that was kept, in a Pyodide that starts. */
function objectOf(module: IModule | undefined, { root, name }: IKept): unknown {
  const object = module && new Map(roots(module.API)).get(root);
  return object && name !== undefined ? Reflect.get(object, name) : object;
}

function roots(api: IModule['API']): [IKept['root'], object][] {
  return [
    ['public', api.public_api],
    ['private', api]
  ];
}

/** Writes into the memory to restore what this browser has just put there. */
function keepFunction(module: IModule, memory: Uint8Array): void {
  const view = new DataView(memory.buffer, memory.byteOffset);
  const start = view.getUint32(HEAP_START, true);
  view.setInt32(start + countArgsAddress(module), module._PyEM_CountArgsPtr, true);
}

function makeModule(
  make: MakeModule,
  { interpreter }: ISnapshotParts,
  settings: Parameters<MakeModule>[0]
): Promise<IModule> {
  if (!interpreter) {
    return make(settings);
  }
  return new Promise((resolve, reject) => {
    const instantiate = async (
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void
    ): Promise<void> => {
      const code = await interpreter;
      done(await WebAssembly.instantiate(code, imports), code);
    };
    settings.instantiateWasm = (imports, done) => {
      instantiate(imports, done).catch(reject);
      return {};
    };
    make(settings).then(resolve, reject);
  });
}

function place(pyodide: PyodideInterface, parts: ISnapshotParts): void {
  const { FS: fs } = moduleOf(pyodide);
  placeFiles(fs, parts.snapshot, parts.files);
  for (const path of [STDLIB_PATH, BUNDLE_PATH]) {
    const archive = parts.archives[path];
    const length = parts.snapshot.archives[path];
    if (!archive || length === undefined) {
      throw new Error(`The snapshot says nothing of ${path}.`);
    }
    placeFile(fs, path, length, () => archive.bytes);
  }
  const loaded = pyodide.loadedPackages as Record<string, string>;
  for (const name of parts.snapshot.packages) {
    loaded[name] = 'default channel';
  }
}
