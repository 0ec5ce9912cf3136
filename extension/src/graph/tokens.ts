import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { IGraph } from '@llmos-lab/skills';

import type { IGraphView } from './graphModel/view';

/** The live graph of one notebook; it follows what is typed, frame by frame. */
export interface INotebookGraph extends IDisposable {
  /** The analysis: code cells and what flows between them. */
  readonly graph: IGraph;
  /** The same with ports, sections and titles, as people see it. */
  readonly view: IGraphView;
  readonly changed: ISignal<INotebookGraph, void>;
  /** Takes in what has changed now, without waiting for the next frame. */
  refresh(): void;
}

/** The graphs of open notebooks. */
export interface INotebookGraphs {
  /** The notebook's graph, made at the first call and disposed with the notebook. */
  of(notebook: NotebookPanel): INotebookGraph;
}

export const INotebookGraphs = new Token<INotebookGraphs>(
  '@llmos-lab/extension:INotebookGraphs',
  'The live graphs of open notebooks: cells as nodes, ports, sections and edges.'
);

/** Draws a notebook's whole graph as it is laid out in the panel. */
export interface IGraphPictures {
  /** A PNG is drawn in twice the size of the SVG. */
  draw(notebook: NotebookPanel, format: 'svg' | 'png'): Promise<Blob>;
}

export const IGraphPictures = new Token<IGraphPictures>(
  '@llmos-lab/extension:IGraphPictures',
  'Draws the graph of a notebook as a picture.'
);
