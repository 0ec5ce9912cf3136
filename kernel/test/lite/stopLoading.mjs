/**
 * Stops a cell in the midst of unpacking a package, then runs it again. A process of its
 * own, since Pyodide's loader uses `import()`; prints what came of both runs as JSON.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const boot = join(
  dirname(fileURLToPath(import.meta.url)),
  '../../lite/py/llmos_boot/_interrupt.py'
);
const SETUP = `
import os, sys, types, zipfile
with zipfile.ZipFile("/tmp/many.whl", "w") as wheel:
    for number in range(100):
        wheel.writestr(f"many/part{number}.py", f"value = {number}\\n")
    wheel.writestr("many-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
    wheel.writestr("many-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: many\\nVersion: 1.0\\n")

package = types.ModuleType("llmos_boot")
package.__path__ = []
sys.modules["llmos_boot"] = package
module = types.ModuleType("llmos_boot._interrupt")
module.__package__ = "llmos_boot"
exec(compile(source, "_interrupt.py", "exec"), module.__dict__)

async def run(code):
    await load()
    return {"status": "ok"}

async def compute(code):
    while True:
        pass

loading, computing = types.SimpleNamespace(run=run), types.SimpleNamespace(run=compute)
module.install(loading)
module.install(computing)

def parts():
    folder = "/lib/python3.12/site-packages/many"
    return len(os.listdir(folder)) if os.path.isdir(folder) else 0
`;

const pyodide = await loadPyodide();
/** Reads of the byte that are left until the stop comes; none is to come below zero. */
let left = -1;
pyodide.setInterruptBuffer({
  get 0() {
    left -= left < 0 ? 0 : 1;
    return left === 0 ? 2 : 0;
  },
  set 0(_cleared) {}
});
const folder = mkdtempSync(join(tmpdir(), 'stop-loading-'));
const wheel = join(folder, 'many-1.0-py3-none-any.whl');
let loaded = Promise.resolve();
const load = () => {
  loaded = pyodide.loadPackage(wheel, {
    messageCallback: () => undefined,
    errorCallback: () => undefined
  });
  return loaded;
};
const globals = pyodide.toPy({ source: readFileSync(boot, 'utf8'), load });
await pyodide.runPythonAsync(SETUP, { globals });
writeFileSync(wheel, pyodide.FS.readFile('/tmp/many.whl'));

async function outcome(kernel, stopAfter) {
  left = stopAfter;
  const reply = await pyodide.runPythonAsync(`await ${kernel}.run("")`, { globals });
  left = -1;
  await loaded.catch(() => undefined);
  const { status, ename } = reply.toJs({ dict_converter: Object.fromEntries });
  return { status, ename, parts: globals.get('parts')() };
}

const stopped = await outcome('loading', 300);
const again = await outcome('loading', -1);
const computed = await outcome('computing', 300);
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ stopped, again, computed }));
process.exit(0);
