import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { DocumentWidget } from '@jupyterlab/docregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { addCommand } from '../addCommand';
import { CommandIDs } from '../commands';
import { SKILL_EDITOR } from '../editor/skillFile';
import { IProfile, IVolumes } from '../tokens';
import { CopyButton, offerCopy, READ_ONLY, type OfferCopy } from './copyButton';
import { splitDrive } from './copyToUser';
import { VolumeMounts } from './mounts';

/**
 * Mounts the volumes: `system:` is the shipped library, read only; `user:` keeps the
 * person's own files in this browser; `team-NAME:` is there for each team of the profile.
 */
export const volumesPlugin: JupyterFrontEndPlugin<IVolumes> = {
  id: '@llmos-lab/extension:volumes',
  description: 'Mounts the system, team and user volumes as drives.',
  autoStart: true,
  provides: IVolumes,
  requires: [IProfile],
  optional: [ITranslator],
  activate: (
    app: JupyterFrontEnd,
    profile: IProfile,
    translator: ITranslator | null
  ): IVolumes => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { contents, serverSettings } = app.serviceManager;
    const refusal = (path: string, reason: string): string =>
      trans.__('"%1" was not changed. %2', path, reason);
    const onRefused = (path: string, reason: string): void =>
      offerCopy(app, trans, refusal(path, reason), path);
    const mounts = new VolumeMounts({
      ...{ contents, serverSettings, profile, trans, refusal, onRefused }
    });
    for (const factory of ['Editor', 'Markdown Preview', 'Notebook', SKILL_EDITOR]) {
      app.docRegistry.addWidgetExtension(
        factory,
        new CopyButton(app, mounts, trans, onRefused)
      );
    }
    addOfferCopy({ app, trans, mounts, offer: onRefused });
    return mounts;
  }
};

/**
 * Saving by the keyboard what cannot be saved offers the copy that can, where JupyterLab
 * would name another way.
 */
function addOfferCopy(options: {
  readonly app: JupyterFrontEnd;
  readonly trans: TranslationBundle;
  readonly mounts: VolumeMounts;
  readonly offer: OfferCopy;
}): void {
  const { app, trans, mounts, offer } = options;
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
      const { drive, local } = splitDrive(path);
      const verdict = mounts.get(drive)?.can({ verb: 'write', path: local });
      if (verdict?.allowed === false) {
        offer(path, verdict.reason);
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
