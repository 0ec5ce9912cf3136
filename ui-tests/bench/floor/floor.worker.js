/** The floor of the first-result benchmark: Pyodide, numpy, the cell's code, no more. */
import { loadPyodide } from './pyodide/pyodide.mjs';

const code = await (await fetch('cell.py')).text();
const lines = [];
const pyodide = await loadPyodide({
  indexURL: new URL('./pyodide/', import.meta.url).href,
  packages: ['numpy'],
  stdout: line => lines.push(line)
});
await pyodide.runPythonAsync(code);
globalThis.postMessage(lines.join('\n'));
