import type { NotebookPanel } from '@jupyterlab/notebook';
import type { IGraph } from '@llmos-lab/skills';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { IPreview } from './graphModel/preview';
import type { IGraphView } from './graphModel/view';

/** The live graph of one notebook; it follows what is typed, frame by frame. */
export interface INotebookGraph extends IDisposable {
  /** The analysis: code cells and what flows between them. */
  readonly graph: IGraph;
  /** The same with ports, sections and titles, as people see it. */
  readonly view: IGraphView;
  /** Emits when `view` is another one. */
  readonly changed: ISignal<INotebookGraph, void>;
  /**
   * Emits when cells say something else or stand elsewhere, if only within their nodes, or
   * when the library is another one.
   */
  readonly analysed: ISignal<INotebookGraph, void>;
  /** Emits the ids of the cells whose outputs have changed. */
  readonly outputsChanged: ISignal<INotebookGraph, ReadonlySet<string>>;
  /** The latest output of a cell, small; null where there is none. */
  preview(cell: string): IPreview | null;
  /**
   * The result that a cell gave before its latest run, where that has put out none so far:
   * it failed, was stopped or is under way.
   */
  older(cell: string): IPreview | null;
  /** Takes in what has changed now, without waiting for the next frame. */
  refresh(): void;
}

/** The graphs of open notebooks. */
export interface INotebookGraphs {
  /** The notebook's graph, made at the first call and disposed with the notebook. */
  of(notebook: NotebookPanel): INotebookGraph;
}

/** The token for extensions that read the live graph of a notebook. */
export const INotebookGraphs = new Token<INotebookGraphs>(
  '@llmos-lab/extension:INotebookGraphs',
  'The live graphs of open notebooks: cells as nodes, ports, sections and edges.'
);

/** Draws a notebook's whole graph as the panel shows it: direction, places, folded sections. */
export interface IGraphPictures {
  /** A PNG is drawn in twice the size of the SVG. Rejects with a message for people. */
  draw(notebook: NotebookPanel, format: 'svg' | 'png'): Promise<Blob>;
}

/** The token for extensions that make pictures of a graph. */
export const IGraphPictures = new Token<IGraphPictures>(
  '@llmos-lab/extension:IGraphPictures',
  'Draws the graph of a notebook as a picture.'
);
