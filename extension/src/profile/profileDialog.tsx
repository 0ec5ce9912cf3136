import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { profileProblems, type IProfileFields } from '@llmos-lab/skills';
import * as React from 'react';

import { DialogBody } from '../dialogBody';
import { fromText, ProfileForm, toText } from './ProfileForm';

/**
 * Asks who the person is; undefined when they cancel. Comes again with what is wrong
 * until it can be kept.
 */
export async function askProfile(
  trans: TranslationBundle,
  fields: IProfileFields
): Promise<IProfileFields | undefined> {
  for (let wanted = fields; ;) {
    const body = new ProfileBody(wanted, trans);
    const dialog = new Dialog({
      title: trans.__('Your profile'),
      body,
      focusNodeSelector: wanted === fields ? 'input' : 'input[aria-invalid=true]',
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Save') })]
    });
    const { button } = await dialog.launch();
    wanted = body.fields;
    if (!button.accept) {
      return undefined;
    }
    if (profileProblems(wanted).length === 0) {
      return wanted;
    }
  }
}

class ProfileBody extends DialogBody {
  constructor(
    public fields: IProfileFields,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-Profile');
  }

  protected override render(): React.JSX.Element {
    return (
      <ProfileForm
        first={toText(this.fields)}
        change={text => {
          this.fields = fromText(text);
        }}
        trans={this._trans}
      />
    );
  }
}
