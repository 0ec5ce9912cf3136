/** Pyodide from the files of a built site, in Node. */
import { constants } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mountBundle } from '../../../kernel/src/runtimes/pythonBundle';
import type { ConnectHost } from '../../../kernel/src/runtimes/pythonHost';

/** The site's folder of Python, and what must be in it. */
export const PYTHON_FILES = {
  script: 'pyodide/pyodide.mjs',
  lock: 'pyodide/pyodide-lock.json',
  bundle: 'pyodide/python-bundle.bin'
} as const;

/** What is used of Pyodide. */
export interface IPyodide {
  readonly version: string;
  readonly FS: {
    cwd(): string;
    mkdirTree(path: string): void;
    writeFile(path: string, bytes: Uint8Array): void;
  };
  readonly loadedPackages: Record<string, string>;
  runPython(code: string): unknown;
  runPythonAsync(code: string): Promise<unknown>;
  pyimport(name: string): unknown;
}

/** What is used of the Python module `llmos_boot`, which the site's workers use too. */
export interface IBootModule {
  start(): void;
  offer_index(text: string): void;
  readonly connect_host: ConnectHost;
  replay_call(entry: string, inputs: string): Promise<unknown>;
}

/** Boots Python with `llmos`; IPython comes with `boot.start()`. */
export async function bootInNode(
  runtime: string,
  onPrint: (name: 'stdout' | 'stderr', line: string) => void
): Promise<{ readonly pyodide: IPyodide; readonly boot: IBootModule }> {
  // Emscripten asks for the numbers of file flags in a way that the permission model forbids.
  Object.defineProperty(process, 'binding', {
    value: () => ({ fs: constants })
  });
  const url = pathToFileURL(join(runtime, PYTHON_FILES.script)).href;
  const { loadPyodide } = (await import(url)) as {
    readonly loadPyodide: (options: object) => Promise<IPyodide>;
  };
  const pyodide = await loadPyodide({
    indexURL: join(runtime, 'pyodide/'),
    lockFileURL: join(runtime, PYTHON_FILES.lock),
    stdout: (line: string) => onPrint('stdout', line),
    stderr: (line: string) => onPrint('stderr', line)
  });
  mountBundle(pyodide, await readFile(join(runtime, PYTHON_FILES.bundle)));
  return { pyodide, boot: pyodide.pyimport('llmos_boot') as IBootModule };
}
