import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import {
  encodeBase64,
  isRecord,
  notebookFile,
  toMermaid,
  toScript,
  type ISkill
} from '@llmos-lab/skills';

import { withoutSession } from '../../session/store/workingNotebook';
import { readCells } from '../edit/notebookCells';
import type { IGraphPictures } from '../tokens';
import { nameOf } from './paths';

/** In the order of the menu (R4.8). */
export const EXPORT_FORMATS = ['notebook', 'python', 'mermaid', 'svg', 'png'] as const;

/** The argument `format` of the export command. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file made of a notebook. */
export interface IExported {
  readonly name: string;
  readonly blob: Blob;
  /** What it leaves out, as sentences. */
  readonly notes: readonly string[];
}

const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  notebook: 'ipynb',
  python: 'py',
  mermaid: 'mmd',
  svg: 'svg',
  png: 'png'
};

/** What exporting needs. */
export interface IExportServices {
  readonly find: (id: string) => ISkill | undefined;
  /** Draws the graph, where the graph panel is there. */
  readonly pictures: IGraphPictures | null;
  readonly trans: TranslationBundle;
}

/** Makes a file of a notebook or its graph. */
export async function exportGraph(
  notebook: NotebookPanel,
  format: ExportFormat,
  services: IExportServices
): Promise<IExported> {
  const { text, notes = [] } = textOf(notebook, format, services);
  const name = `${nameOf(notebook.context.path)}.${ENDINGS[format]}`;
  if (text !== null) {
    const type = format === 'notebook' ? 'application/x-ipynb+json' : 'text/plain';
    return { name, blob: new Blob([text], { type: `${type};charset=utf-8` }), notes };
  }
  const { pictures, trans } = services;
  if (!pictures || (format !== 'svg' && format !== 'png')) {
    throw new Error(
      trans.__('The graph panel is switched off, so the graph cannot be drawn.')
    );
  }
  return { name, blob: await pictures.draw(notebook, format), notes };
}

function textOf(
  notebook: NotebookPanel,
  format: ExportFormat,
  { find, trans }: IExportServices
): { readonly text: string | null; readonly notes?: readonly string[] } {
  const { model, context } = notebook;
  if (!model) {
    throw new Error(trans.__('The notebook was closed. Open it and try again.'));
  }
  const cells = readCells(model);
  switch (format) {
    case 'python':
      return toScript(nameOf(context.path), cells);
    case 'mermaid':
      return { text: toMermaid({ cells, find }) };
    case 'notebook': {
      const file = notebookFile(cells);
      const metadata = model.sharedModel.getMetadata();
      // The notebook's own kernel, where it names one.
      const own = isRecord(file) && 'kernelspec' in metadata ? { metadata } : {};
      const given = withoutSession({ ...(file as object), ...own });
      return { text: `${JSON.stringify(given, null, 1)}\n` };
    }
    case 'svg':
    case 'png':
      return { text: null };
  }
}

/** Saves an exported file where the application's files are. */
export async function saveExport(
  contents: Contents.IManager,
  path: string,
  format: ExportFormat,
  blob: Blob
): Promise<void> {
  if (format === 'png') {
    const content = encodeBase64(new Uint8Array(await blob.arrayBuffer()));
    await contents.save(path, { type: 'file', format: 'base64', content });
  } else if (format === 'notebook') {
    const content: unknown = JSON.parse(await blob.text());
    await contents.save(path, { type: 'notebook', format: 'json', content });
  } else {
    const content = await blob.text();
    await contents.save(path, { type: 'file', format: 'text', content });
  }
}
