import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { tellError } from '../addCommand';
import { IGithub, IRemotes } from '../remotes/tokens';
import { IProfile, ISkillLibrary, IVolumes } from '../tokens';
import { addPromoteCommands } from './commands';

const ID = '@llmos-lab/extension:promote';
/** Where the system library is kept, unless the settings say otherwise. */
const SYSTEM_REPOSITORY = 'llmunix/system-volumes';

/** Skills on their way to more people, and back. */
export const promotePlugin: JupyterFrontEndPlugin<void> = {
  id: ID,
  description: 'Promotes skills to teams and proposes them for the system library.',
  autoStart: true,
  requires: [ISkillLibrary, IVolumes, IProfile],
  optional: [IGithub, IRemotes, ISettingRegistry, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    volumes: IVolumes,
    profile: IProfile,
    github: IGithub | null,
    remotes: IRemotes | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    let settings: ISettingRegistry.ISettings | undefined;
    registry?.load(ID).then(
      loaded => {
        settings = loaded;
      },
      (error: unknown) => tellError(trans, trans.__('Settings of promotion'), error)
    );
    addPromoteCommands({
      ...{ app, library, volumes, profile, github, remotes, trans },
      contents: app.serviceManager.contents,
      systemRepository: () => {
        const name = settings?.composite.systemRepository;
        return typeof name === 'string' && name !== '' ? name : SYSTEM_REPOSITORY;
      }
    });
  }
};
