import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { SKILL_EDITOR } from '../editor/skillFile';
import { IProfile, IVolumes } from '../tokens';
import { CopyButton } from './copyButton';
import { VolumeMounts } from './mounts';
import { addOfferCopy, offerCopy } from './offerCopy';
import { documentName } from './passing';

/**
 * Mounts the volumes: `system:` is the system library, read only; `user:` keeps the
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
      trans.__('"%1" was not changed. %2', documentName(app.shell, path), reason);
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
