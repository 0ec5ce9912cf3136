import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { CommandIDs } from '../../commands';
import { probeHere } from './probeHere';
import type { IFinding } from './probes';
import { probeText } from './texts';

/** Key of what was told last: the same lack is told once in this browser. */
const TOLD = 'llmos-preflight:told';

/** Says once what of importance this browser lacks, with the way to the whole list. */
export async function noticeLacks(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  memory: Pick<Storage, 'getItem' | 'setItem'> | null
): Promise<void> {
  const lacks = importantLacks(await probeHere({ cheapOnly: true }));
  const names = lacks.map(({ id }) => id).join(' ');
  if (names === '' || memory?.getItem(TOLD) === names) {
    return;
  }
  memory?.setItem(TOLD, names);
  const listed = lacks.map(({ id }) => probeText(id, trans).name).join(', ');
  const callback = (): void => void app.commands.execute(CommandIDs.preflight);
  Notification.warning(trans.__('This browser lacks %1.', listed), {
    autoClose: false,
    actions: [{ label: trans.__('What that costs'), callback }]
  });
}

/** What is missing of what a part of the product cannot do without. */
export function importantLacks(findings: readonly IFinding[]): readonly IFinding[] {
  return findings.filter(({ isThere, weight }) => !isThere && weight !== 'useful');
}
