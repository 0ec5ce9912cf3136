import type { ICodeCellModel } from '@jupyterlab/cells';
import { canonicalJson, formatArgument, type JsonValue } from '@llmos-lab/skills';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { keepOrder } from '../notebook/undoOrder';
import { inOneStep, notebookOf } from '../notebook/undoStep';
import type { ISkillLibrary } from '../tokens';
import { editInput, readForm, smallestEdit, type IForm } from './fields';

/** A form over one cell: what its source says, and edits of that source. */
export class CellFormModel implements IDisposable {
  constructor(
    readonly cell: ICodeCellModel,
    private readonly _library: ISkillLibrary
  ) {
    this._form = this._read();
    cell.contentChanged.connect(this._refresh, this);
    _library.changed.connect(this._refresh, this);
    void _library.ready.then(() => this._refresh());
  }

  /** Undefined when the cell is not a single skill call. */
  get form(): IForm | undefined {
    return this._form;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /** Writes a value; for the default the input goes out of the call, where that can be. */
  setValue(name: string, value: JsonValue): boolean {
    const field = this._form?.fields.find(({ port }) => port.name === name);
    const { default: usual, required } = field?.port ?? {};
    const isDefault =
      usual !== undefined && !required && canonicalJson(usual) === canonicalJson(value);
    return (
      (isDefault && this._edit(name, undefined)) ||
      this._edit(name, formatArgument(value))
    );
  }

  /** Writes a Python expression. False when it is none: then nothing changes. */
  setSource(name: string, expression: string): boolean {
    return this._edit(name, expression);
  }

  /** Takes the input out of the call, so that the skill's default holds. */
  reset(name: string): boolean {
    return this._edit(name, undefined);
  }

  /** Takes the last change of the cell's source back, as Ctrl+Z in its editor does. */
  undo(): void {
    this.cell.sharedModel.undo();
  }

  redo(): void {
    this.cell.sharedModel.redo();
  }

  private _edit(name: string, expression: string | undefined): boolean {
    const { sharedModel } = this.cell;
    const before = sharedModel.getSource();
    const find = (id: string): ReturnType<ISkillLibrary['get']> =>
      this._library.get(id);
    const after = editInput(before, find, name, expression);
    if (after === undefined) {
      return false;
    }
    const edit = smallestEdit(before, after);
    if (edit) {
      const notebook = notebookOf(sharedModel);
      if (notebook) {
        keepOrder(notebook, sharedModel);
      }
      inOneStep(sharedModel, () =>
        sharedModel.updateSource(edit.start, edit.end, edit.text)
      );
    }
    return true;
  }

  private _refresh(): void {
    if (!this._isDisposed) {
      this._form = this._read();
      this._changed.emit();
    }
  }

  private _read(): IForm | undefined {
    return readForm(this.cell.sharedModel.getSource(), id => this._library.get(id));
  }

  private readonly _changed = new Signal<this, void>(this);
  private _form: IForm | undefined;
  private _isDisposed = false;
}
