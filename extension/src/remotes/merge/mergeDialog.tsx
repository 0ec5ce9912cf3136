import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import type { IMergePlan, IVolumeStore, MergeChoice } from '@llmos-lab/skills';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import { MergeModel } from './model';
import { MergeView } from './MergeView';

/** What is merged, and from where. */
export interface IMergeQuestion {
  readonly store: Pick<IVolumeStore, 'read'>;
  readonly plan: IMergePlan;
  /** Such as `ana/volume`. */
  readonly from: string;
  readonly trans: TranslationBundle;
}

/** Asks which versions to keep; `null` when the person gives the merge up. */
export async function askMerge(
  question: IMergeQuestion
): Promise<ReadonlyMap<string, MergeChoice> | null> {
  const { store, plan, trans } = question;
  const model = new MergeModel(store, plan);
  const dialog = new Dialog({
    title: trans.__('Both sides changed these files'),
    body: new MergeBody(model, question),
    focusNodeSelector: 'input:checked',
    buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Merge') })]
  });
  dialog.addClass('llmos-MergeDialog');
  try {
    return (await dialog.launch()).button.accept ? model.choices : null;
  } finally {
    model.dispose();
  }
}

class MergeBody extends DialogBody {
  constructor(
    private readonly _model: MergeModel,
    private readonly _question: IMergeQuestion
  ) {
    super();
  }

  protected override render(): React.JSX.Element {
    const model = this._model;
    const { from, trans } = this._question;
    return (
      <UseSignal signal={model.stateChanged}>
        {() => (
          <MergeView
            state={model.state}
            from={from}
            choose={(choice, path) => model.choose(choice, path)}
            open={path => model.open(path)}
            trans={trans}
          />
        )}
      </UseSignal>
    );
  }
}
