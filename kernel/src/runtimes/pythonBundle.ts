/** The Python packages that the build puts into one zip, see `lite/scripts`. */

/** Packages that stand in the bundle; Pyodide must not load their wheels again. */
const BUNDLED_KEY = 'llmos_packages.json';
/** Where Python finds it; tracebacks show this path. */
export const BUNDLE_PATH = '/lib/llmos.zip';

/** What is used of Pyodide, in the browser and in Node. */
export interface IBundleTarget {
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
  readonly loadedPackages: object;
  runPython(code: string): unknown;
}

/** Puts the bundle on Python's path as it is: modules are read out of the zip. */
export function mountBundle(pyodide: IBundleTarget, bytes: Uint8Array): void {
  pyodide.FS.writeFile(BUNDLE_PATH, bytes);
  const names = pyodide.runPython(`
import sys, zipfile
sys.path.append("${BUNDLE_PATH}")
with zipfile.ZipFile("${BUNDLE_PATH}") as _bundle:
    _names = _bundle.read("${BUNDLED_KEY}").decode()
del _bundle
_names`) as string;
  const loaded = pyodide.loadedPackages as Record<string, string>;
  for (const name of JSON.parse(names) as string[]) {
    loaded[name] = 'default channel';
  }
}
