import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { userIcon } from '@jupyterlab/ui-components';
import { readProfile } from '@llmos-lab/skills';

import { addCommand } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { loadSettings } from '../loadSettings';
import { IProfile } from '../tokens';
import { Profile } from './model';
import { askProfile } from './profileDialog';

const ID = '@llmos-lab/extension:profile';

/** Who works here; known before the volumes are mounted. */
export const profilePlugin: JupyterFrontEndPlugin<IProfile> = {
  id: ID,
  description: 'Provides who works in this browser, and the dialog that changes it.',
  autoStart: true,
  provides: IProfile,
  optional: [ISettingRegistry, ICommandPalette, ITranslator],
  activate: async (
    app: JupyterFrontEnd,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): Promise<IProfile> => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const profile = new Profile(
      await loadSettings(registry, ID, reason =>
        trans.__('Your profile could not be read: %1', reason)
      )
    );
    addCommand(
      { app, trans },
      CommandIDs.editProfile,
      {
        label: trans.__('Edit profile…'),
        caption: trans.__('Name, user id and teams, kept in this browser'),
        icon: userIcon,
        args: {
          name: { type: 'string', description: 'Name in commits' },
          id: { type: 'string', description: 'User id' },
          email: { type: 'string', description: 'E-mail address in commits' },
          teams: {
            type: 'array',
            items: { type: 'string' },
            description: 'Ids of teams; with any argument nothing is asked'
          }
        }
      },
      async args => {
        const { name, id, email, teams } = profile;
        const old = { name, id, email, teams };
        const isGiven = ['name', 'id', 'email', 'teams'].some(key => key in args);
        const wanted = isGiven
          ? readProfile({ ...old, ...args })
          : await askProfile(trans, old);
        if (wanted) {
          await profile.save(wanted);
        }
      }
    );
    palette?.addItem({ command: CommandIDs.editProfile, category: CATEGORY });
    return profile;
  }
};

/** Without settings the volumes are mounted all the same, for nobody in particular. */
