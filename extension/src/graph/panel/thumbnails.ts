import { isCodeCellModel, type ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { OutputArea, SimplifiedOutputArea } from '@jupyterlab/outputarea';
import type { IDisposable } from '@lumino/disposable';
import { Widget } from '@lumino/widgets';

import { outputsOf } from '../graphModel/outputs';
import { isDrawn, previewOf } from '../graphModel/preview';

/** So many milliseconds the notebook has to draw what is in its sight. */
const HEAD_START_MS = 1000;

/** How many outputs are drawn at once. */
const AT_ONCE = 2;

/** After this many milliseconds without a picture the next output gets its turn. */
const PATIENCE_MS = 15_000;

/**
 * Draws outputs that are out of sight in the notebook, which draws only what is scrolled
 * to, so that their nodes have pictures. Drawing puts the picture into the output itself,
 * as it does in the notebook. What is out of sight is not asked of the notebook's cells,
 * which may all be in the document: it is what has no picture a moment later.
 */
export class Thumbnails implements IDisposable {
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this.reset();
      this._isDisposed = true;
    }
  }

  /** Forgets what waits, for another notebook. */
  reset(): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    this._asked.clear();
    this._waiting = [];
    [...this._drawing.keys()].forEach(cell => this._end(cell));
  }

  /** Draws the outputs of these cells, where they have no picture soon. */
  request(notebook: NotebookPanel, ids: ReadonlySet<string>): void {
    ids.forEach(id => this._asked.add(id));
    this._timer ??= setTimeout(() => {
      this._timer = undefined;
      this._take(notebook);
    }, HEAD_START_MS);
  }

  private _take(notebook: NotebookPanel): void {
    for (const cell of notebook.model?.cells ?? []) {
      if (this._asked.has(cell.id) && isCodeCellModel(cell) && wantsPicture(cell)) {
        if (!this._drawing.has(cell) && !this._waiting.includes(cell)) {
          this._waiting.push(cell);
        }
      }
    }
    this._asked.clear();
    this._next(notebook);
  }

  private _next(notebook: NotebookPanel): void {
    while (this._drawing.size < AT_ONCE && !notebook.isDisposed && !this._isDisposed) {
      const cell = this._waiting.shift();
      if (!cell) {
        return;
      }
      if (wantsPicture(cell)) {
        this._draw(cell, notebook);
      }
    }
  }

  private _draw(cell: ICodeCellModel, notebook: NotebookPanel): void {
    const area = new SimplifiedOutputArea({
      model: cell.outputs,
      rendermime: notebook.content.rendermime,
      contentFactory: OutputArea.defaultContentFactory
    });
    area.addClass('llmos-GraphThumbnail');
    // It is no part of the page for people.
    area.node.inert = true;
    const finish = (): void => {
      this._end(cell);
      this._next(notebook);
    };
    const timer = setTimeout(finish, PATIENCE_MS);
    const onChange = (): void => {
      if (!wantsPicture(cell)) {
        finish();
      }
    };
    this._drawing.set(cell, () => {
      clearTimeout(timer);
      cell.outputs.changed.disconnect(onChange);
      area.dispose();
    });
    Widget.attach(area, document.body);
    cell.outputs.changed.connect(onChange);
  }

  private _end(cell: ICodeCellModel): void {
    const close = this._drawing.get(cell);
    this._drawing.delete(cell);
    close?.();
  }

  /** Ids of cells, until the notebook has had its time. */
  private readonly _asked = new Set<string>();
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _waiting: ICodeCellModel[] = [];
  private readonly _drawing = new Map<ICodeCellModel, () => void>();
  private _isDisposed = false;
}

function wantsPicture(cell: ICodeCellModel): boolean {
  const outputs = outputsOf(cell);
  return isDrawn(outputs) && previewOf(outputs)?.kind !== 'image';
}
