import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { PageConfig } from '@jupyterlab/coreutils';
import {
  ISettingConnector,
  ISettingRegistry,
  SettingRegistry
} from '@jupyterlab/settingregistry';

import { DefaultsValidator } from './validator';

/** JupyterLab's plugin that does the same, with validators compiled for every schema. */
const JUPYTERLAB = '@jupyterlab/apputils-extension:settings';

/** Takes the place of JupyterLab's registry of settings. */
const settingsPlugin: JupyterFrontEndPlugin<ISettingRegistry> = {
  id: '@llmos-lab/extension:settings',
  description: 'Provides the registry of settings, whose defaults need no validators.',
  autoStart: true,
  requires: [ISettingConnector],
  provides: ISettingRegistry,
  activate: (app: JupyterFrontEnd, connector: ISettingConnector) =>
    makeRegistry(app, connector)
};

/** Nothing where JupyterLab's own is not switched off: the later of two would be taken. */
export const settingsPlugins: JupyterFrontEndPlugin<ISettingRegistry>[] =
  PageConfig.Extension.isDisabled(JUPYTERLAB) ? [settingsPlugin] : [];

/**
 * A registry with the settings of the plugins that the page has. Those of the rest are
 * loaded when the layout stands, as JupyterLab does for the settings editor.
 */
export async function makeRegistry(
  app: Pick<JupyterFrontEnd, 'hasPlugin' | 'restored'>,
  connector: ISettingConnector
): Promise<ISettingRegistry> {
  const { values } = await connector.list('active');
  const registry = new SettingRegistry({
    connector,
    plugins: values.filter(({ id }) => app.hasPlugin(id)),
    validator: new DefaultsValidator()
  });
  const isMissing = (id: string): boolean =>
    app.hasPlugin(id) &&
    !PageConfig.Extension.isDisabled(id) &&
    !(id in registry.plugins);
  const loadRest = async (): Promise<void> => {
    const { ids } = await connector.list('ids');
    // What one has wrong is in the log, and keeps no other from being loaded.
    ids.filter(isMissing).forEach(id => void registry.load(id));
  };
  void app.restored.then(loadRest);
  return registry;
}
