import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { IAuthor } from '@llmos-lab/skills';

import { tellError } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { IProfile, ISessions, IVolumes } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import { mayCommit } from './commit/askSecrets';
import { commitSkillsOnSave, type ICommitOnSaveOptions } from './commitOnSave';
import { addVolumeCommands } from './commands';
import { UncommittedModel } from './statusModel';
import { areOfSessions } from './uncommitted';
import { UncommittedItem } from './UncommittedItem';

const ID = '@llmos-lab/extension:session';

/** Commits: skills at each save, other files when a person says so. */
export const sessionPlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Commits the files of volumes and shows what is not committed.',
  autoStart: true,
  requires: [IVolumes, IProfile],
  optional: [ITranslator, IStatusBar, ICommandPalette, ISessions],
  activate: (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    profile: IProfile,
    translator: ITranslator | null,
    statusBar: IStatusBar | null,
    palette: ICommandPalette | null,
    sessions: ISessions | null
  ) => {
    const volume = volumes.get(USER_VOLUME);
    if (!volume?.repository) {
      return;
    }
    const { drive, repository } = volume;
    const trans = (translator ?? nullTranslator).load('llmos');
    const author = (): IAuthor => profile.author();
    commitSkillsOnSave({
      drive,
      repository,
      author,
      onError: (path, error) => {
        const reason = reasonOf(error);
        Notification.error(
          trans.__('"%1" is saved, but could not be committed: %2', path, reason),
          { autoClose: STAYS.error }
        );
      },
      onSecrets: offerCommit(trans)
    });
    const model = new UncommittedModel(drive, repository, sessions);
    addVolumeCommands({ app, trans, volumes, author });
    for (const command of [CommandIDs.commitFiles, CommandIDs.exportVolume]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    statusBar?.registerStatusItem('llmos:uncommitted', {
      item: new UncommittedItem(model, trans, () => {
        // Sessions are committed as such, with a message that tells of their runs.
        const isPanel = areOfSessions(model.files, model.sessions);
        const { openSessions, commitFiles } = CommandIDs;
        void app.commands.execute(isPanel ? openSessions : commitFiles);
      }),
      align: 'left',
      rank: 3,
      isActive: () => model.isAnything || model.problem !== null,
      activeStateChanged: model.stateChanged
    });
  }
};

/** Says that a saved file is not committed, and shows why; one word a file. */
function offerCommit(trans: TranslationBundle): ICommitOnSaveOptions['onSecrets'] {
  const shown = new Map<string, string>();
  return (path, secrets, commit) => {
    const before = shown.get(path);
    if (before !== undefined) {
      Notification.dismiss(before);
    }
    const text = trans.__(
      '"%1" is saved, but not committed: it may hold secrets.',
      path
    );
    const look = async (): Promise<void> => {
      if (await mayCommit(secrets, trans)) {
        commit();
      }
    };
    const label = trans.__('Look at it…');
    const callback = (): void => {
      look().catch((error: unknown) => tellError(trans, label, error));
    };
    const actions = [{ label, callback }];
    shown.set(path, Notification.warning(text, { autoClose: false, actions }));
  };
}
