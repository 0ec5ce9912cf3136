import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CommandToolbarButton, Notification } from '@jupyterlab/apputils';
import type { DocumentRegistry, IDocumentWidget } from '@jupyterlab/docregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { CommandIDs } from '../commands';
import { SKILL_EDITOR } from '../editor/skillFile';
import { IVolumes, type IVolume } from '../tokens';
import { splitDrive, SYSTEM_VOLUME, USER_VOLUME } from './copyToUser';
import { DatabaseFileStore } from './databaseStore';
import { openSystemStore } from './systemStore';
import { VolumeDrive } from './volumeDrive';

/** Name of the database and of the channel between tabs; one a site path. */
function userStoreName(baseUrl: string): string {
  return `llmos-volume-user:${new URL(baseUrl).pathname}`;
}

/**
 * Mounts the volumes: `system:` is the shipped library, read only; `user:` keeps the
 * person's own files in this browser.
 */
export const volumesPlugin: JupyterFrontEndPlugin<IVolumes> = {
  id: '@llmos-lab/extension:volumes',
  description: 'Mounts the system and user volumes as drives.',
  autoStart: true,
  provides: IVolumes,
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, translator: ITranslator | null): IVolumes => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const { contents, serverSettings } = app.serviceManager;
    const readOnlyMessage = (path: string): string =>
      trans.__(
        '"%1" belongs to the shipped library, which cannot be changed. Copy it to your volume and edit the copy.',
        path
      );
    const system = new VolumeDrive({
      name: SYSTEM_VOLUME,
      writable: false,
      serverSettings,
      open: openSystemStore,
      readOnlyMessage
    });
    const offer = (path: string): void =>
      offerCopy(app, trans, readOnlyMessage(path), path);
    system.refused.connect((_, path) => offer(path));
    contents.addDrive(system);
    for (const factory of ['Editor', 'Markdown Preview', SKILL_EDITOR]) {
      app.docRegistry.addWidgetExtension(factory, new CopyButton(app, trans, offer));
    }
    const store = new DatabaseFileStore(userStoreName(serverSettings.baseUrl), [
      'skills'
    ]);
    const user = new VolumeDrive({
      name: USER_VOLUME,
      writable: true,
      serverSettings,
      open: () => Promise.resolve(store),
      readOnlyMessage
    });
    contents.addDrive(user);
    const volumes: readonly IVolume[] = [
      {
        name: USER_VOLUME,
        writable: true,
        drive: user,
        repository: store.repository
      },
      { name: SYSTEM_VOLUME, writable: false, drive: system }
    ];
    return { volumes, get: name => volumes.find(volume => volume.name === name) };
  }
};

/** Puts "Copy to my volume" in the toolbar of a document of the shipped library. */
class CopyButton implements DocumentRegistry.IWidgetExtension<
  IDocumentWidget,
  DocumentRegistry.IModel
> {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _trans: TranslationBundle,
    /** Tells that a file cannot be changed; takes its path in the volume. */
    private readonly _offer: (path: string) => void
  ) {}

  createNew(
    widget: IDocumentWidget,
    context: DocumentRegistry.IContext<DocumentRegistry.IModel>
  ): CommandToolbarButton | undefined {
    const { drive, local } = splitDrive(context.path);
    if (drive !== SYSTEM_VOLUME) {
      return undefined;
    }
    // Told at the first keystroke: JupyterLab would only tell it at saving.
    const onState = (model: DocumentRegistry.IModel): void => {
      if (model.dirty) {
        model.stateChanged.disconnect(onState);
        this._offer(local);
      }
    };
    context.model.stateChanged.connect(onState);
    const button = new CommandToolbarButton({
      commands: this._app.commands,
      id: CommandIDs.copyToVolume,
      args: { path: context.path },
      label: this._trans.__('Copy to my volume')
    });
    widget.toolbar.addItem('llmos-copy-to-volume', button);
    return button;
  }
}

/** Tells why a change was refused, with the way on as a button. */
function offerCopy(
  app: JupyterFrontEnd,
  trans: TranslationBundle,
  message: string,
  path: string
): void {
  const copy = (): void => {
    void app.commands.execute(CommandIDs.copyToVolume, {
      path: `${SYSTEM_VOLUME}:${path}`
    });
  };
  Notification.warning(message, {
    autoClose: 10_000,
    actions: [{ label: trans.__('Copy to my volume'), callback: copy }]
  });
}
