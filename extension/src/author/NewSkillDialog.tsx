import type { NewSkillKind } from '@llmos-lab/skills';

import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../dialogBody';

/** What the person wants to make. */
export interface INewSkill {
  readonly name: string;
  readonly kind: NewSkillKind;
}

/** Asks for the name and the kind of a new skill; undefined when the person cancels. */
export async function askNewSkill(
  trans: TranslationBundle,
  idOf: (name: string) => string
): Promise<INewSkill | undefined> {
  const body = new NewSkillBody(trans, idOf);
  const dialog = new Dialog({
    title: trans.__('New skill'),
    body,
    focusNodeSelector: 'input',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Create') })]
  });
  const { button } = await dialog.launch();
  return button.accept ? body.value : undefined;
}

class NewSkillBody extends DialogBody {
  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _idOf: (name: string) => string
  ) {
    super();
    this.addClass('llmos-NewSkill');
    this.value = { name: _trans.__('My skill'), kind: 'python-wasm' };
  }

  value: INewSkill;

  protected override render(): React.JSX.Element {
    return (
      <NewSkillView
        first={this.value}
        idOf={this._idOf}
        change={value => {
          this.value = value;
        }}
        trans={this._trans}
      />
    );
  }
}

/** The form gets every state from its model and only reports what is typed. */
export interface INewSkillViewProps {
  readonly first: INewSkill;
  /** The id that a name would get. */
  readonly idOf: (name: string) => string;
  readonly change: (value: INewSkill) => void;
  readonly trans: TranslationBundle;
}

/** Name and kind, with the file that they give. */
export function NewSkillView(props: INewSkillViewProps): React.JSX.Element {
  const { first, idOf, change, trans } = props;
  const [value, setValue] = React.useState(first);
  const set = (part: Partial<INewSkill>): void => {
    const next = { ...value, ...part };
    setValue(next);
    change(next);
  };
  const kinds = kindLabels(trans);
  return (
    <div className="llmos-NewSkill-view">
      <label>
        <span>{trans.__('Name')}</span>
        <input
          type="text"
          className="jp-mod-styled"
          required
          maxLength={100}
          value={value.name}
          onChange={event => set({ name: event.target.value })}
        />
      </label>
      <label>
        <span>{trans.__('Kind')}</span>
        <select
          className="jp-mod-styled"
          value={value.kind}
          onChange={event => {
            const kind = kinds.find(([each]) => each === event.target.value)?.[0];
            set(kind ? { kind } : {});
          }}
        >
          {kinds.map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <p className="llmos-NewSkill-path">
        {trans.__('Saved as %1', `user:skills/${idOf(value.name)}.md`)}
      </p>
    </div>
  );
}

function kindLabels(trans: TranslationBundle): readonly [NewSkillKind, string][] {
  return [
    ['python-wasm', trans.__('Python')],
    ['qiskit', trans.__('Python with Qiskit')],
    ['javascript', trans.__('JavaScript')],
    ['threejs', trans.__('Three.js scene')],
    ['ngspice', trans.__('SPICE circuit')],
    ['context', trans.__('Guide for the assistant')]
  ];
}
