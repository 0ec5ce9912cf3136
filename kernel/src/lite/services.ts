import { PageConfig } from '@jupyterlab/coreutils';
import {
  IDefaultDrive,
  IKernelManager,
  IServerSettings,
  ISessionManager,
  ISettingManager,
  type Contents,
  type Kernel,
  type ServerConnection,
  type ServiceManagerPlugin,
  type Session,
  type Setting
} from '@jupyterlab/services';
import {
  IKernelClient,
  IKernelSpecs,
  type LiteKernelClient
} from '@jupyterlite/services';
import { ILocalForage } from '@jupyterlite/localforage';
import { UntrustingDrive } from './drive';
import { InterruptingKernelClient } from './kernelClient';
import { sendPromptly } from './promptSocket';
import { PageSessionManager, PathSessionClient } from './sessions';
import { ListedSettings } from './settings';

/** Takes the place of JupyterLite's default drive, over the same stored files. */
export const defaultDrive: ServiceManagerPlugin<Contents.IDrive> = {
  id: '@llmos-lab/kernel-lite:default-drive',
  description: 'Provides the default drive, which takes trust marks off notebooks.',
  autoStart: true,
  provides: IDefaultDrive,
  requires: [ILocalForage],
  activate: (_: null, forage: ILocalForage): Contents.IDrive =>
    new UntrustingDrive(storageOf('contents', forage))
};

/** Takes the place of JupyterLite's settings, over the same stored ones. */
export const settingManager: ServiceManagerPlugin<Setting.IManager> = {
  id: '@llmos-lab/kernel-lite:settings',
  description: 'Provides the settings, whose schemas are read once.',
  autoStart: true,
  provides: ISettingManager,
  requires: [ILocalForage],
  optional: [IServerSettings],
  activate: (
    _: null,
    forage: ILocalForage,
    serverSettings: ServerConnection.ISettings | null
  ): Setting.IManager =>
    new ListedSettings({
      ...storageOf('settings', forage),
      ...(serverSettings && { serverSettings })
    })
};

/** Where JupyterLite keeps contents or settings, as the site's configuration says. */
function storageOf(
  what: 'contents' | 'settings',
  { localforage }: ILocalForage
): {
  storageName: string;
  storageDrivers: string[] | null;
  localforage: ILocalForage['localforage'];
} {
  const baseUrl = PageConfig.getOption('baseUrl');
  const drivers = PageConfig.getOption(`${what}StorageDrivers`) || 'null';
  return {
    storageName:
      PageConfig.getOption(`${what}StorageName`) || `JupyterLite Storage - ${baseUrl}`,
    storageDrivers: JSON.parse(drivers) as string[] | null,
    localforage
  };
}

/** Takes the place of JupyterLite's kernel client. */
export const kernelClient: ServiceManagerPlugin<Kernel.IKernelAPIClient> = {
  id: '@llmos-lab/kernel-lite:kernel-client',
  description: 'Provides the client of in-browser kernels, with a real interrupt.',
  autoStart: true,
  provides: IKernelClient,
  requires: [IKernelSpecs],
  optional: [IServerSettings],
  activate: (
    _: null,
    kernelSpecs: IKernelSpecs,
    serverSettings: ServerConnection.ISettings | null
  ): IKernelClient =>
    new InterruptingKernelClient({
      kernelSpecs,
      ...(serverSettings && { serverSettings })
    })
};

/** Takes the place of JupyterLite's session manager. */
export const sessionManager: ServiceManagerPlugin<Session.IManager> = {
  id: '@llmos-lab/kernel-lite:session-manager',
  description:
    'Provides sessions that are matched by path, not by file name, and sends at once.',
  autoStart: true,
  provides: ISessionManager,
  requires: [IKernelManager, IKernelClient],
  optional: [IServerSettings],
  activate: (
    _: null,
    kernelManager: Kernel.IManager,
    client: IKernelClient,
    serverSettings: ServerConnection.ISettings | null
  ): Session.IManager => {
    const settings = serverSettings ? { serverSettings } : {};
    sendPromptly(kernelManager.serverSettings);
    return new PageSessionManager({
      kernelManager,
      ...settings,
      sessionAPIClient: new PathSessionClient({
        // The token's interface lacks what the session client uses of the class.
        kernelClient: client as unknown as LiteKernelClient,
        ...settings
      })
    });
  }
};
