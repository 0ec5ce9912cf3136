import { Dialog, showDialog } from '@jupyterlab/apputils';

import type { ISessionContext } from '../session/context';
import type { VolumeSessions } from '../session/store/volumeSessions';

/** Which commit of which volume, and whether the person is asked first. */
export interface IRestoreRequest {
  readonly volume: VolumeSessions;
  readonly commit: string;
  readonly ask: boolean;
}

/** Asks before something is replaced, where the request wants that. */
export async function agrees(
  { trans }: ISessionContext,
  { ask }: IRestoreRequest,
  title: string,
  body: string
): Promise<boolean> {
  if (!ask) {
    return true;
  }
  const buttons = [
    Dialog.cancelButton(),
    Dialog.warnButton({ label: trans.__('Go on') })
  ];
  return (await showDialog({ title, body, buttons })).button.accept;
}
