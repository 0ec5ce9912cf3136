import type { NotebookPanel } from '@jupyterlab/notebook';

import manifest from '../../../package.json';

/** In what a run took place: application, Python and Pyodide, as far as they say. */
export async function kernelEnv(
  panel: NotebookPanel,
  jupyterlab: string
): Promise<{ readonly [name: string]: string }> {
  const kernel = panel.sessionContext.session?.kernel;
  const base = { app: manifest.version, ...(jupyterlab && { jupyterlab }) };
  if (!kernel) {
    return base;
  }
  const info = await kernel.info.catch(() => null);
  const python = info?.language_info.version;
  const pyodide = /Pyodide\s+([\d.]+\w*)/.exec(info?.banner ?? '')?.[1];
  return {
    ...base,
    ...(python !== undefined && python !== '' && { python }),
    ...(pyodide !== undefined && { pyodide: pyodide.replace(/\.$/, '') })
  };
}
