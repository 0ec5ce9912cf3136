import { ReactWidget } from '@jupyterlab/apputils';
import { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { PanelLayout } from '@lumino/widgets';
import * as React from 'react';

import { calmOverlay } from './calmOverlay';
import { CellMark } from './CellMark';
import type { INotebookRun } from './tokens';

/** Puts status and plan into the cells of one notebook, for as long as it is open. */
export function markCells(
  panel: NotebookPanel,
  run: INotebookRun,
  trans: TranslationBundle
): void {
  const { content } = panel;
  const marks = new WeakMap<CodeCell, CellMarkWidget>();
  const attach = (): void => {
    for (const cell of content.widgets) {
      if (cell instanceof CodeCell && !marks.has(cell)) {
        const mark = new CellMarkWidget(cell, run, trans);
        marks.set(cell, mark);
        calmOverlay(cell);
        // A cell that is not near the window gets its parts later.
        void cell.ready.then(() => mark.attachToCell());
      }
    }
  };
  content.model?.cells.changed.connect(attach);
  content.modelChanged.connect(() => {
    content.model?.cells.changed.connect(attach);
    attach();
  });
  attach();
  run.changed.connect((_, ids) => {
    for (const cell of content.widgets) {
      if (cell instanceof CodeCell && ids.has(cell.model.id)) {
        marks.get(cell)?.refresh();
      }
    }
  });
}

/** The mark of one cell. */
class CellMarkWidget extends ReactWidget {
  constructor(
    private readonly _cell: CodeCell,
    private readonly _run: INotebookRun,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-CellMark');
    _cell.disposed.connect(() => this.dispose());
  }

  attachToCell(): void {
    if (!this._cell.isDisposed && this._cell.inputArea) {
      (this._cell.inputArea.layout as PanelLayout).addWidget(this);
      this.refresh();
    }
  }

  /** Takes in the cell's state and its part in the shown plan. */
  refresh(): void {
    const { id } = this._cell.model;
    const { node } = this._cell;
    const action = this._run.shownPlan?.cells.get(id)?.action;
    const status = this._run.states.get(id)?.status;
    setData(node, 'llmosPlan', action);
    setData(node, 'llmosStatus', status);
    this.update();
  }

  protected override render(): JSX.Element {
    const { id } = this._cell.model;
    return (
      <CellMark
        state={this._run.states.get(id)}
        planned={this._run.shownPlan?.cells.get(id)}
        trans={this._trans}
      />
    );
  }
}

function setData(node: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) {
    delete node.dataset[name];
  } else {
    node.dataset[name] = value;
  }
}
