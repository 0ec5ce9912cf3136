import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { DocumentWidget } from '@jupyterlab/docregistry';
import type { TranslationBundle } from '@jupyterlab/translation';

import { addCommand } from '../addCommand';
import { CommandIDs } from '../commands';
import type { IVolumes } from '../tokens';
import { READ_ONLY, type OfferCopy } from './copyButton';
import { isPassing, splitDrive } from './copyToUser';
import { passingReason } from './passing';

/** Tells why a change was refused, with the way on as a button where there is one. */
export function offerCopy(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  message: string,
  path: string
): void {
  const isNotebook = path.endsWith('.ipynb');
  const [label, command] = isNotebook
    ? [trans.__('Keep a copy'), CommandIDs.keepShare]
    : [trans.__('Copy to my volume'), CommandIDs.copyToVolume];
  const callback = (): void => void app.commands.execute(command, { path });
  // What is no notebook is copied from volumes alone.
  const actions = isNotebook || !isPassing(path) ? [{ label, callback }] : [];
  Notification.warning(message, { autoClose: 10_000, actions });
}

/**
 * Saving by the keyboard what cannot be saved offers the copy that can, where JupyterLab
 * would name another way.
 */
export function addOfferCopy(options: {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly mounts: Pick<IVolumes, 'get'>;
  readonly offer: OfferCopy;
}): void {
  const { app, trans, mounts, offer } = options;
  const refusalOf = (path: string): string | undefined => {
    if (isPassing(path)) {
      return passingReason(path, trans);
    }
    const { drive, local } = splitDrive(path);
    const verdict = mounts.get(drive)?.can({ verb: 'write', path: local });
    return verdict?.allowed === false ? verdict.reason : undefined;
  };
  addCommand(
    { app, trans },
    CommandIDs.offerCopy,
    {
      label: trans.__('Offer a copy'),
      caption: trans.__('Say why the open file cannot be saved, and offer a copy of it')
    },
    async () => {
      const widget = app.shell.currentWidget;
      const path = widget instanceof DocumentWidget ? widget.context.path : '';
      const reason = refusalOf(path);
      if (reason !== undefined) {
        offer(path, reason);
      } else {
        // It may be saved since: the person has joined the team, for example.
        await app.commands.execute('docmanager:save');
      }
    }
  );
  app.commands.addKeyBinding({
    command: CommandIDs.offerCopy,
    args: {},
    keys: ['Accel S'],
    selector: `.${READ_ONLY}`
  });
}
