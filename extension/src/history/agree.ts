import { Dialog, showDialog } from '@jupyterlab/apputils';

import type { VolumeSessions } from '../session/store/volumeSessions';

/** Which commit of which volume, and whether the person is asked first. */
export interface IRestoreRequest {
  readonly volume: VolumeSessions;
  readonly commit: string;
  readonly ask: boolean;
}

/** Asks before something is replaced, where the request wants that. */
export async function agrees(
  { ask }: IRestoreRequest,
  { title, accept }: { readonly title: string; readonly accept: string },
  body: string
): Promise<boolean> {
  if (!ask) {
    return true;
  }
  const buttons = [Dialog.cancelButton(), Dialog.warnButton({ label: accept })];
  return (await showDialog({ title, body, buttons })).button.accept;
}
