import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { bodyOf } from '../../dialogBody';
import { KeyList } from './KeyList';
import { keyMap, type KeyRegistry } from './keyMap';

/** Shows the keyboard map as a dialog, as keys are bound at this moment. */
export async function showKeys(
  registry: KeyRegistry,
  trans: TranslationBundle
): Promise<void> {
  const groups = keyMap(registry, trans);
  await showDialog({
    title: trans.__('Keyboard map'),
    body: bodyOf(<KeyList groups={groups} trans={trans} />),
    buttons: [Dialog.okButton({ label: trans.__('Close') })],
    focusNodeSelector: '.llmos-KeyList input'
  });
}
