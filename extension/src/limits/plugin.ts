import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { limitsFrom } from './limits';

const PLUGIN_ID = '@llmos-lab/extension:limits';

/** The settings of how long and how much skills may work. */
export const limitsPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Bounds skill calls as the settings say.',
  autoStart: true,
  requires: [IRuntimeHost, ISettingRegistry],
  optional: [ITranslator],
  activate: (
    _app: JupyterFrontEnd,
    host: IRuntimeHost,
    registry: ISettingRegistry,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    registry.load(PLUGIN_ID).then(
      settings => {
        const apply = (): void => {
          host.limits = limitsFrom(settings.composite, host.limits);
        };
        settings.changed.connect(apply);
        apply();
      },
      (error: unknown) => {
        const reason = reasonOf(error);
        Notification.warning(
          trans.__(
            'The limits of skills could not be read, so the usual ones hold: %1',
            reason
          ),
          { autoClose: STAYS.warning }
        );
      }
    );
  }
};
