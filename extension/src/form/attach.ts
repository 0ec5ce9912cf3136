import { CodeCell, type Cell, type ICellModel } from '@jupyterlab/cells';
import type { Notebook, NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { PanelLayout } from '@lumino/widgets';

import { cellTexts, showCell } from '../skills/insertSkill';
import type { ISkillLibrary } from '../tokens';
import { CellForm } from './CellForm';
import { CellFormModel } from './formModel';
import { sourceIndex } from './links';

/** Class of a notebook whose forms are switched off. */
const HIDDEN_CLASS = 'llmos-mod-hideForms';

/** Place of the form in a cell: below its header, above its input. */
const FORM_INDEX = 1;

/** Puts a form above each cell that calls a skill, in the notebooks given to it. */
export class CellForms {
  constructor(
    private readonly _library: ISkillLibrary,
    private readonly _trans: TranslationBundle,
    /** Runs the active cell of the current notebook, and saves it. */
    private readonly _actions: { readonly run: () => void; readonly save: () => void }
  ) {}

  /** Shows or hides all forms. */
  set isVisible(isVisible: boolean) {
    this._isVisible = isVisible;
    this._notebooks.forEach(each => each.toggleClass(HIDDEN_CLASS, !isVisible));
  }

  get isVisible(): boolean {
    return this._isVisible;
  }

  /** The form of a cell, when it shows one with fields. */
  formOf(cell: Cell | null): CellForm | undefined {
    const form = cell ? this._forms.get(cell.model) : undefined;
    return form?.model.form?.fields.length ? form : undefined;
  }

  /** Attaches forms to the cells that a notebook has and gets. */
  add({ content, toolbar }: NotebookPanel): void {
    this._notebooks.add(content);
    // Ctrl+Z there is the notebook's too: browsers would undo what was typed in a form.
    toolbar.node.dataset.jpUndoer = 'true';
    content.toggleClass(HIDDEN_CLASS, !this._isVisible);
    content.disposed.connect(() => this._notebooks.delete(content));
    content.node.addEventListener('mousedown', event => leaveForm(content, event));
    const follow = (): void => {
      content.model?.cells.changed.connect(
        (_, change) =>
          change.newValues.forEach(model =>
            this._attach(
              content,
              content.widgets.find(cell => cell.model === model)
            )
          ),
        content
      );
      content.model?.stateChanged.connect((_, { name }) => {
        if (name === 'readOnly') {
          content.widgets.forEach(({ model }) => this._forms.get(model)?.update());
        }
      }, content);
      content.widgets.forEach(cell => this._attach(content, cell));
    };
    content.modelChanged.connect(follow);
    follow();
  }

  private _attach(notebook: Notebook, cell: Cell | undefined): void {
    if (!(cell instanceof CodeCell) || this._models.has(cell.model)) {
      return;
    }
    const model = new CellFormModel(cell.model, this._library);
    this._models.set(cell.model, model);
    cell.disposed.connect(() => {
      model.dispose();
      this._forms.get(cell.model)?.dispose();
      this._forms.delete(cell.model);
      this._models.delete(cell.model);
    });
    // Most cells never call a skill: they need no widget.
    const show = (): void => {
      if (model.form) {
        model.changed.disconnect(show);
        this._insert(notebook, cell, model);
      }
    };
    model.changed.connect(show);
    show();
  }

  private _insert(notebook: Notebook, cell: CodeCell, model: CellFormModel): void {
    const form = new CellForm(
      model,
      {
        jump: variable => jumpToSource(notebook, cell.model, variable),
        run: () => this._run(notebook, cell),
        save: this._actions.save,
        leave: () => giveBack(notebook, document.activeElement),
        isReadOnly: () => notebook.model?.readOnly === true
      },
      this._trans
    );
    this._forms.set(cell.model, form);
    // A cell that is not near the window gets its parts later.
    void cell.ready.then(() => {
      if (!cell.isDisposed) {
        (cell.layout as PanelLayout).insertWidget(FORM_INDEX, form);
      }
    });
  }

  private _run(notebook: Notebook, cell: Cell): void {
    notebook.activeCellIndex = notebook.widgets.indexOf(cell);
    notebook.deselectAll();
    this._actions.run();
  }

  private readonly _notebooks = new Set<Notebook>();
  private readonly _models = new Map<ICellModel, CellFormModel>();
  private readonly _forms = new Map<ICellModel, CellForm>();
  private _isVisible = true;
}

/** Shows the cell from which another one has a variable; false when there is none. */
function jumpToSource(notebook: Notebook, cell: ICellModel, variable: string): boolean {
  const { model, widgets } = notebook;
  const at = widgets.findIndex(each => each.model === cell);
  const index = model ? sourceIndex(cellTexts(model), at, variable) : -1;
  if (index < 0) {
    return false;
  }
  void showCell(notebook, index);
  return true;
}

/**
 * Gives the keys back to the notebook when a person presses beside the form in which
 * they typed. The notebook lets a field in its active cell keep the focus otherwise.
 */
function leaveForm(notebook: Notebook, { target }: MouseEvent): void {
  const field = document.activeElement;
  const form = field?.closest('.llmos-CellForm');
  if (form && target instanceof Node && !form.contains(target)) {
    giveBack(notebook, field);
  }
}

/** Takes the focus from a field and gives it to the notebook's active cell. */
function giveBack(notebook: Notebook, field: Element | null): void {
  if (field instanceof HTMLElement) {
    field.blur();
  }
  notebook.activate();
}
