import type { TranslationBundle } from '@jupyterlab/translation';
import {
  caretDownIcon,
  caretRightIcon,
  ReactWidget,
  UseSignal
} from '@jupyterlab/ui-components';
import type { JsonValue } from '@llmos-lab/skills';
import * as React from 'react';

import { categoryLook } from '../skills/category';
import type { IForm } from './fields';
import type { CellFormModel } from './formModel';
import { FormField } from './FormField';

/** The form above a skill cell as a widget; it has no height while there is no form. */
export class CellForm extends ReactWidget {
  constructor(
    readonly model: CellFormModel,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-CellForm');
    // Keys typed here must not run the notebook's commands, such as D D.
    this.node.dataset.lmSuppressShortcuts = 'true';
    this._onModel();
    model.changed.connect(this._onModel, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.model.dispose();
      super.dispose();
    }
  }

  /** Puts the cursor in the first field. */
  focusField(): void {
    this.node.querySelector<HTMLElement>('input, select')?.focus();
  }

  protected override render(): React.JSX.Element {
    const { model } = this;
    return (
      <UseSignal signal={model.changed}>
        {() =>
          model.form && (
            <CellFormView
              form={model.form}
              setValue={(name, value) => model.setValue(name, value)}
              setSource={(name, source) => model.setSource(name, source)}
              reset={name => model.reset(name)}
              trans={this._trans}
            />
          )
        }
      </UseSignal>
    );
  }

  private _onModel(): void {
    this.setHidden(!this.model.form);
  }
}

export interface ICellFormViewProps {
  readonly form: IForm;
  /** Each answers false when the source could not be edited so. */
  readonly setValue: (name: string, value: JsonValue) => boolean;
  readonly setSource: (name: string, source: string) => boolean;
  readonly reset: (name: string) => boolean;
  readonly trans: TranslationBundle;
}

/** Name of the skill, and a field for each of its inputs. */
export function CellFormView(props: ICellFormViewProps): React.JSX.Element {
  const { form, trans } = props;
  const { skill } = form.entry;
  const { icon, hue } = categoryLook(skill.category);
  const [isOpen, setOpen] = React.useState(true);
  const Caret = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <div
      className="llmos-CellForm-view"
      role="group"
      aria-label={trans.__('Inputs of %1', skill.name)}
      style={{ '--llmos-hue': String(hue) } as React.CSSProperties}
    >
      <button
        type="button"
        className="llmos-CellForm-head"
        aria-expanded={isOpen}
        title={skill.description}
        onClick={() => setOpen(!isOpen)}
      >
        <icon.react tag="span" className="llmos-CellForm-icon" />
        <span className="llmos-CellForm-name">{skill.name}</span>
        <Caret.react tag="span" className="llmos-CellForm-caret" />
      </button>
      {isOpen && (
        <div className="llmos-CellForm-fields">
          {form.fields.map(field => (
            <FormField
              key={field.port.name}
              field={field}
              setValue={value => props.setValue(field.port.name, value)}
              setSource={source => props.setSource(field.port.name, source)}
              reset={() => props.reset(field.port.name)}
              trans={trans}
            />
          ))}
        </div>
      )}
    </div>
  );
}
