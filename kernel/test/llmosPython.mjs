/**
 * Pyodide with `kernel/py` on its path, as a process that answers: each line of standard
 * input is `{ source }`, each line of standard output the value of the last expression and
 * what was printed, as JSON. A process of its own, because Pyodide's loader uses `import()`,
 * which jest's modules do not offer. With the argument WHEEL that wheel is unpacked first.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadPyodide } from 'pyodide';

const here = dirname(fileURLToPath(import.meta.url));
const [wheel] = process.argv.slice(2);

/** Stands for the page: doubles numbers, and knows how to fail. */
function answer(request) {
  if (request.id === 'broken') {
    return { error: { name: 'TypeError', message: 'f is not a function', line: 12 } };
  }
  if (request.id === 'echo') {
    const kinds = Object.fromEntries(
      Object.entries(request.inputs).map(([name, value]) => [
        name,
        value === null ? 'null' : value.constructor.name
      ])
    );
    return { outputs: { kinds, back: request.inputs.x ?? null }, bundle: {} };
  }
  return {
    outputs: { y: request.inputs.x * 2, nested: { list: [1, 'a', null, true] } },
    bundle: { 'application/vnd.llmos.scene.v1+json': { v: 1 } },
    stdout: `${request.type} ran\n`
  };
}

let printed = [];
const pyodide = await loadPyodide({ stdout: text => printed.push(text) });
pyodide.FS.mkdirTree('/py');
pyodide.mountNodeFS('/py', join(here, '..', 'py'));
pyodide.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.append("/py")`);
if (wheel) {
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), 'wheel');
}
const runner = request => Promise.resolve(answer(request));
const reader = path =>
  Promise.resolve(path.endsWith('.txt') ? `text of ${path}` : new Uint8Array([1, 2]));

for await (const line of createInterface({ input: process.stdin })) {
  printed = [];
  const globals = pyodide.toPy({ runner, reader });
  try {
    const value = await pyodide.runPythonAsync(JSON.parse(line).source, { globals });
    const json = globals.get('json_of')(value);
    console.log(JSON.stringify({ value: JSON.parse(json), printed }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message, printed }));
  }
}
