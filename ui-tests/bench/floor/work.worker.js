/** Pyodide and the work of the `pool` benchmark, no more: a call for each message. */
import { loadPyodide } from './pyodide/pyodide.mjs';

const pyodide = await loadPyodide({
  indexURL: new URL('./pyodide/', import.meta.url).href
});
let execute;
globalThis.onmessage = ({ data: { code, inputs } }) => {
  if (code) {
    pyodide.runPython(code);
    execute = pyodide.globals.get('execute');
  } else {
    execute(pyodide.toPy(inputs)).destroy();
  }
  globalThis.postMessage(null);
};
globalThis.postMessage(null);
