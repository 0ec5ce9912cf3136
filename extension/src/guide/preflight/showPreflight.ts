import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { findingsNode } from './findings';
import { probeHere } from './probeHere';

/** Tries the browser and shows what it has, what it lacks, and what that costs. */
export async function showPreflight(trans: TranslationBundle): Promise<void> {
  const body = new Widget({ node: findingsNode(await probeHere(), trans) });
  body.node.tabIndex = 0;
  body.node.setAttribute('role', 'region');
  body.node.setAttribute('aria-label', trans.__('Findings'));
  await showDialog({
    title: trans.__('What this browser can do'),
    body,
    buttons: [Dialog.okButton({ label: trans.__('Close') })]
  });
}
