import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

import { folderOf } from '../graph/files/paths';

/** Files by name: bytes, and when they were written. */
export type FilesBeside = ReadonlyMap<
  string,
  { readonly bytes: number; readonly at: string }
>;

/** The files of a notebook's folder, without notebooks: those change by themselves. */
export async function filesBeside(
  contents: Contents.IManager,
  panel: NotebookPanel
): Promise<FilesBeside> {
  const folder = await contents.get(folderOf(panel.context.path), {
    ...{ type: 'directory', content: true }
  });
  const items = folder.content as readonly Contents.IModel[];
  return new Map(
    items
      .filter(({ type }) => type === 'file')
      .map(({ name, size, last_modified: at }) => [name, { bytes: size ?? 0, at }])
  );
}
