import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';

/** Formats of the graph that need its drawing. */
export type PictureFormat = 'svg' | 'png';

/** Draws the graph of a notebook; rejects with an `Error` whose message is for people. */
export type GraphPainter = (
  notebook: NotebookPanel,
  format: PictureFormat
) => Promise<Blob>;

/** What `llmos:graph-export` can write besides text. */
export interface IGraphExporters {
  /** Makes `paint` draw this format; disposing takes it away again. */
  add(format: PictureFormat, paint: GraphPainter): IDisposable;
  /** The painter of a format, when there is one. */
  get(format: PictureFormat): GraphPainter | undefined;
}

export const IGraphExporters = new Token<IGraphExporters>(
  '@llmos-lab/extension:IGraphExporters',
  'Painters of the graph as SVG and PNG, used by the export command.'
);

/** What each editing command of the graph returns. */
export type EditOutcome =
  | {
      readonly ok: true;
      /** Ids of the cells that the edit is about, the new ones for example. */
      readonly cells: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };
