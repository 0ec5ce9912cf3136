import { Dialog } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { readText } from '../author/skillFiles';
import { TextDiffView } from '../history/TextDiffView';

/** Two files of one skill, by their Contents paths. */
export interface ICompared {
  readonly used: string;
  readonly hidden: string;
}

/** Shows what the file that is used changes of the one that it hides. */
export async function compareSkills(
  contents: Contents.IManager,
  { used, hidden }: ICompared,
  trans: TranslationBundle
): Promise<void> {
  const [after, before] = await Promise.all([
    readText(contents, used),
    readText(contents, hidden)
  ]);
  const body = ReactWidget.create(
    <div className="llmos-CompareSkill-view">
      <p>
        {before === after
          ? trans.__('%1 is the same as %2.', used, hidden)
          : trans.__(
              'What %1 has that %2 has not, and the other way round:',
              used,
              hidden
            )}
      </p>
      {before !== after && <TextDiffView {...{ path: used, before, after, trans }} />}
    </div>
  );
  body.addClass('llmos-CompareSkill');
  await new Dialog({
    title: trans.__('Compare skills'),
    body,
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  }).launch();
}
