import type { TranslationBundle } from '@jupyterlab/translation';
import {
  caretDownIcon,
  caretRightIcon,
  ReactWidget,
  UseSignal
} from '@jupyterlab/ui-components';
import type { ISkill, JsonValue } from '@llmos-lab/skills';
import * as React from 'react';
import { flushSync } from 'react-dom';

import { readOnlyReason } from '../notebook/readOnly';
import { categoryLook } from '../skills/category';
import { isUndoKey, stepBack } from '../undoKeys';
import type { IField, IForm } from './fields';
import { problemText, unknownText } from './fieldText';
import type { CellFormModel } from './formModel';
import { FormField } from './FormField';
import { isChord, isLeaveKey, isRunKey, isSaveKey } from './keys';
import { fieldWidths } from './widths';

/** The button of a form that hides its fields. */
const FOLDED_HEAD = '.llmos-CellForm-head[aria-expanded="false"]';

/** Class of JupyterLab for a notebook in which a person writes. */
const READ_WRITE_CLASS = 'jp-mod-readWrite';

/** The form above a skill cell as a widget; it has no height while there is no form. */
export class CellForm extends ReactWidget {
  constructor(
    readonly model: CellFormModel,
    private readonly _actions: Pick<
      ICellFormViewProps,
      'jump' | 'run' | 'save' | 'leave' | 'isReadOnly'
    >,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-CellForm');
    // Keys typed here must not run the notebook's commands, such as D D; chords run theirs.
    this.node.dataset.lmSuppressShortcuts = 'true';
    this.node.addEventListener(
      'keydown',
      event => {
        this.node.toggleAttribute('data-lm-suppress-shortcuts', !isChord(event));
        // In a list or a button the notebook would hear its own, as Ctrl+Backspace, which
        // merges cells: for it only texts are written in.
        this.node.closest('.jp-Notebook')?.classList.add(READ_WRITE_CLASS);
      },
      true
    );
    this._onModel();
    model.changed.connect(this._onModel, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.model.dispose();
      super.dispose();
    }
  }

  /** Puts the cursor in the first field, also of a folded form, and brings that into sight. */
  focusField(): void {
    // The field is there only once the form is drawn open.
    flushSync(() => this.node.querySelector<HTMLElement>(FOLDED_HEAD)?.click());
    const field = this.node.querySelector<HTMLElement>('input, select, textarea');
    field?.focus();
    field?.closest('.llmos-FormField')?.scrollIntoView({ block: 'nearest' });
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
              undo={() => model.undo()}
              redo={() => model.redo()}
              {...this._actions}
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

/** The form over a cell; what is set becomes an edit of the cell's source (R2.3). */
export interface ICellFormViewProps {
  readonly form: IForm;
  /** Each answers false when the source could not be edited so. */
  readonly setValue: (name: string, value: JsonValue) => boolean;
  readonly setSource: (name: string, source: string) => boolean;
  readonly reset: (name: string) => boolean;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Goes to the cell that makes a variable; false when there is none. */
  readonly jump: (variable: string) => boolean;
  /** Runs the cell. */
  readonly run: () => void;
  /** Saves the notebook. */
  readonly save: () => void;
  /** Gives the keys back to the notebook. */
  readonly leave: () => void;
  /** Whether the notebook takes no change. */
  readonly isReadOnly: () => boolean;
  readonly trans: TranslationBundle;
}

/** Name of the skill, what is wrong, and a field for each of its inputs. */
export function CellFormView(props: ICellFormViewProps): React.JSX.Element {
  const { form, trans } = props;
  const { skill } = form.entry;
  const { hue } = categoryLook(skill.category);
  const [isOpen, setOpen] = React.useState(true);
  const hasFields = form.fields.length > 0;
  const isReadOnly = props.isReadOnly();
  /** What was typed and could not be written, by input. */
  const [faults, setFaults] = React.useState<Faults>({});
  const messages = form.fields.map(
    field =>
      faultOf(field, faults) ??
      (field.problem && problemText(field.port, field.problem, trans))
  );
  const inputs = form.fields.map(({ port }) => port.name);
  const unknown = form.unknown.map(name => unknownText(name, inputs, trans));
  return (
    <div
      className="llmos-CellForm-view"
      role="group"
      aria-label={trans.__('Inputs of %1', skill.name)}
      style={
        {
          '--llmos-hue': String(hue),
          ...fieldWidths(form.fields.map(({ port }) => port))
        } as React.CSSProperties
      }
      onKeyDown={event => onKey(event, props)}
    >
      <Bar
        {...{ skill, hasFields, isOpen, isReadOnly, trans }}
        toggle={() => setOpen(!isOpen)}
        messages={[...unknown, ...messages.filter(each => each !== undefined)]}
      />
      {isOpen && hasFields && (
        <fieldset className="llmos-CellForm-fields" disabled={isReadOnly}>
          {form.fields.map((field, at) => (
            <FormField
              key={field.port.name}
              field={field}
              message={messages[at]}
              setValue={value => props.setValue(field.port.name, value)}
              setSource={source => props.setSource(field.port.name, source)}
              reset={() => props.reset(field.port.name)}
              jump={props.jump}
              setFault={fault =>
                setFaults(current => ({
                  ...current,
                  [field.port.name]:
                    fault === undefined ? undefined : { fault, given: keyOf(field) }
                }))
              }
              trans={trans}
            />
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** The skill's name and what is wrong, above the fields or in place of them. */
function Bar(props: {
  readonly skill: ISkill;
  readonly hasFields: boolean;
  readonly isOpen: boolean;
  readonly isReadOnly: boolean;
  readonly toggle: () => void;
  readonly messages: readonly string[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { skill, hasFields, isOpen, isReadOnly, toggle, messages, trans } = props;
  return (
    <div className="llmos-CellForm-bar">
      {hasFields ? (
        <Head skill={skill} isOpen={isOpen} toggle={toggle} />
      ) : (
        <NoInputs skill={skill} trans={trans} />
      )}
      {hasFields && isReadOnly && (
        <span className="llmos-CellForm-none">{readOnlyReason(trans)}</span>
      )}
      <Messages messages={messages} trans={trans} />
    </div>
  );
}

function Head(props: {
  readonly skill: ISkill;
  readonly isOpen: boolean;
  readonly toggle: () => void;
}): React.JSX.Element {
  const { skill, isOpen, toggle } = props;
  const { icon } = categoryLook(skill.category);
  const Caret = isOpen ? caretDownIcon : caretRightIcon;
  return (
    <button
      type="button"
      className="llmos-CellForm-head"
      aria-expanded={isOpen}
      title={skill.description}
      onClick={toggle}
    >
      <icon.react tag="span" className="llmos-CellForm-icon" />
      <span className="llmos-CellForm-name">{skill.name}</span>
      <Caret.react tag="span" className="llmos-CellForm-caret" />
    </button>
  );
}

/** The name of a skill that takes no inputs: there is nothing to unfold. */
function NoInputs(props: {
  readonly skill: ISkill;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { skill, trans } = props;
  const { icon } = categoryLook(skill.category);
  return (
    <div className="llmos-CellForm-head llmos-mod-empty" title={skill.description}>
      <icon.react tag="span" className="llmos-CellForm-icon" />
      <span className="llmos-CellForm-name">{skill.name}</span>
      <span className="llmos-CellForm-none">{trans.__('takes no inputs')}</span>
    </div>
  );
}

/** The first thing that is wrong, in the bar: there no field has to make room for it. */
function Messages(props: {
  readonly messages: readonly string[];
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { messages, trans } = props;
  const [first] = messages;
  const more = messages.length - 1;
  return (
    <div className="llmos-CellForm-problem" role="alert" title={messages.join('\n')}>
      {first !== undefined && (
        <>
          <span>{first}</span>
          {more > 0 && <em>{trans._n('and %1 more', 'and %1 more', more)}</em>}
        </>
      )}
    </div>
  );
}

/** What is wrong with what was typed, by input, and what the source said then. */
type Faults = Readonly<
  Record<string, { readonly fault: string; readonly given: string } | undefined>
>;

/** The fault of a field, which is over once the source says something else. */
function faultOf(field: IField, faults: Faults): string | undefined {
  const found = faults[field.port.name];
  return found?.given === keyOf(field) ? found.fault : undefined;
}

function keyOf({ given }: IField): string {
  return JSON.stringify(given ?? null);
}

/** Undo, redo, running, saving and leaving, as the editor of the cell has them. */
function onKey(
  event: React.KeyboardEvent,
  {
    undo,
    redo,
    run,
    save,
    leave
  }: Pick<ICellFormViewProps, 'undo' | 'redo' | 'run' | 'save' | 'leave'>
): void {
  if (isUndoKey(event)) {
    event.preventDefault();
    stepBack(event, { undo, redo });
  } else if (isRunKey(event) || isSaveKey(event)) {
    // By now the field has written what was typed.
    event.preventDefault();
    (isRunKey(event) ? run : save)();
  } else if (isLeaveKey(event)) {
    event.preventDefault();
    leave();
  }
}
