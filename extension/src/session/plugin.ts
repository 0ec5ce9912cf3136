import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { IAuthor } from '@llmos-lab/skills';

import { CATEGORY, CommandIDs } from '../commands';
import { IVolumes } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import { authorNow } from './author';
import { commitSkillsOnSave } from './commitOnSave';
import { addVolumeCommands } from './commands';
import { UncommittedModel } from './statusModel';
import { UncommittedItem } from './UncommittedItem';

const ID = '@llmos-lab/extension:session';

/** Commits: skills at each save, other files when a person says so. */
export const sessionPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Commits the files of volumes and shows what is not committed.',
  autoStart: true,
  requires: [IVolumes],
  optional: [ITranslator, ISettingRegistry, IStatusBar, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    translator: ITranslator | null,
    settings: ISettingRegistry | null,
    statusBar: IStatusBar | null,
    palette: ICommandPalette | null
  ) => {
    const volume = volumes.get(USER_VOLUME);
    if (!volume?.repository) {
      return;
    }
    const { drive, repository } = volume;
    const trans = (translator ?? nullTranslator).load('llmos');
    const author = readAuthor(settings);
    commitSkillsOnSave({
      drive,
      repository,
      author,
      onError: (path, error) => {
        const reason = error instanceof Error ? error.message : String(error);
        Notification.error(
          trans.__('"%1" is saved, but could not be committed: %2', path, reason)
        );
      }
    });
    const model = new UncommittedModel(drive, repository);
    addVolumeCommands({ app, trans, repository, model, author });
    for (const command of [CommandIDs.commitFiles, CommandIDs.exportVolume]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    statusBar?.registerStatusItem('llmos:uncommitted', {
      item: new UncommittedItem(model, trans, () => {
        void app.commands.execute(CommandIDs.commitFiles);
      }),
      align: 'left',
      rank: 3,
      isActive: () => model.files.length > 0 || model.problem !== null,
      activeStateChanged: model.stateChanged
    });
  }
};

/** The author of a commit, from the settings as they are at that moment. */
function readAuthor(registry: ISettingRegistry | null): () => IAuthor {
  const profile = { name: '', email: '' };
  void registry?.load(ID).then(settings => {
    const text = (key: string): string => {
      const value = settings.composite[key];
      return typeof value === 'string' ? value : '';
    };
    const read = (): void => {
      profile.name = text('authorName');
      profile.email = text('authorEmail');
    };
    read();
    settings.changed.connect(read);
  });
  return () => authorNow(profile);
}
