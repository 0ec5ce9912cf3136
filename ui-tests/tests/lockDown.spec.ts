import { expect, test } from '../fixtures';
import { outputOf, runNotebook } from '../lab';

/** Ways to storage and to further contexts; each prints what it got hold of. */
const ATTACK = `
import js, pyodide_js
from pyodide.code import run_js
from pyodide.ffi import JsProxy

def reach(name, get):
    try:
        got = get()
    except Exception:
        got = None
    if got is not None:
        print("REACHED", name, got)

names = ["indexedDB", "caches", "BroadcastChannel", "Worker", "SharedWorker",
         "localStorage", "sessionStorage", "cookieStore", "webkitRequestFileSystemSync"]
for name in names:
    reach("js." + name, lambda: getattr(js, name, None))
    reach("self." + name, lambda: getattr(js.self, name, None))
    reach("run_js " + name, lambda: run_js(f"globalThis.{name} ?? self['{name}']"))
    reach("Function " + name, lambda: run_js(f"new Function('return this.{name}')()"))
    reach("prototype " + name, lambda: run_js(
        f"""(() => {{
            for (let at = globalThis; at; at = Object.getPrototypeOf(at)) {{
                const found = Object.getOwnPropertyDescriptor(at, '{name}');
                const value = found?.value ?? found?.get?.call(globalThis);
                if (value) return value;
            }}
        }})()"""))
for name in ["storage", "locks", "serviceWorker", "storageBuckets"]:
    reach("navigator." + name, lambda: getattr(js.navigator, name, None))
    reach("WorkerNavigator." + name, lambda: run_js(
        f"Object.getOwnPropertyDescriptor(WorkerNavigator.prototype, '{name}')?.get?.call(navigator)"))
reach("IDBFS", lambda: pyodide_js.FS.filesystems.IDBFS.indexedDB())
reach("restored", lambda: run_js("delete globalThis.indexedDB, globalThis.indexedDB"))
reach("defined", lambda: run_js(
    "Reflect.defineProperty(globalThis, 'Worker', { value: 1 }) || undefined"))
reach("module realm", lambda: run_js("(0, eval)('indexedDB')"))
`;

/** The same by ways that answer later. */
const ATTACK_LATER = `
for code in [
    "(async () => (await import('data:text/javascript,export default globalThis.indexedDB')).default)()",
    "(async () => (await import(URL.createObjectURL(new Blob(['export default globalThis.caches'], { type: 'text/javascript' })))).default)()",
    "(async () => await navigator.storage.getDirectory())()",
    "(async () => await caches.keys())()",
]:
    try:
        got = await run_js(code)
    except Exception:
        got = None
    if got is not None:
        print("REACHED", code, got)
print("attack over")
`;

test('Python in a cell reaches neither storage nor further contexts', async ({
  page
}) => {
  await page.goto('lab/index.html?reset');
  await runNotebook(page, 'attack.ipynb', [ATTACK, ATTACK_LATER]);
  await expect(outputOf(page, 1)).toContainText('attack over');
  for (const cell of [0, 1]) {
    await expect(outputOf(page, cell)).not.toContainText('REACHED');
    await expect(outputOf(page, cell).locator('.jp-OutputArea-error')).toHaveCount(0);
  }
});
