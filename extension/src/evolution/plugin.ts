import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { tellError } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { IProfile, ISessions, ISkillLibrary, IVolumes } from '../tokens';
import { USER_VOLUME } from '../volumes/copyToUser';
import { addEvolutionCommands, tellRun } from './commands';
import { Evolution } from './evolution';
import { mineInWorker } from './mineInWorker';
import type { IEvolutionActions } from './panel/actions';
import { EVOLUTION_PANEL_ID, EvolutionPanel } from './panel/EvolutionPanel';
import { DEFAULTS, followSettings, SETTINGS_ID } from './settings';
import { IEvolution } from './tokens';

/** Skills learned from runs: the job, its panel in the right side bar, its commands. */
export const evolutionPlugin: JupyterFrontEndPlugin<IEvolution> = {
  id: SETTINGS_ID,
  description: 'Learns skills from runs, and shows them for review.',
  autoStart: true,
  provides: IEvolution,
  requires: [IVolumes, ISessions, ISkillLibrary, IProfile, IRuntimeHost],
  optional: [ITranslator, ISettingRegistry, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    volumes: IVolumes,
    sessions: ISessions,
    library: ISkillLibrary,
    profile: IProfile,
    host: IRuntimeHost,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): IEvolution => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const evolution = create(
      { app, volumes, sessions, library, profile, host, trans },
      registry
    );
    addEvolutionCommands({ app, evolution, trans });
    const panel = new EvolutionPanel(evolution, panelActions(app, sessions), trans);
    app.shell.add(panel, 'right', { rank: 310, type: 'Evolution' });
    restorer?.add(panel, EVOLUTION_PANEL_ID);
    for (const command of [CommandIDs.openEvolution, CommandIDs.evolve]) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
    return evolution;
  }
};

interface IParts {
  readonly app: JupyterFrontEnd;
  readonly volumes: IVolumes;
  readonly sessions: ISessions;
  readonly library: ISkillLibrary;
  readonly profile: IProfile;
  readonly host: IRuntimeHost;
  readonly trans: TranslationBundle;
}

function create(parts: IParts, registry: ISettingRegistry | null): Evolution {
  const { app, volumes, sessions, library, profile, host, trans } = parts;
  const volume = volumes.get(USER_VOLUME);
  if (!volume) {
    throw new Error('There is no volume of the person at this browser.');
  }
  let settings = DEFAULTS;
  const mine = () => sessions.all.filter(item => item.volume === USER_VOLUME);
  const evolution = new Evolution({
    ...{ volume, sessions: mine, pool: host.pool, mine: mineInWorker },
    entries: async () => {
      await library.ready;
      await host.skills.settled();
      return library.entries;
    },
    author: () => profile.author(),
    settings: () => settings,
    onRan: run => {
      if (run.status === 'failed' || run.candidates.length > 0) {
        tellRun({ app, evolution, trans }, run);
      }
    },
    ...(navigator.locks && { locks: navigator.locks })
  });
  // With the first session there is something to wait for.
  sessions.changed.connect(() => {
    if (evolution.jobs[0]?.due !== evolution.scheduled) {
      evolution.reschedule();
    }
  });
  if (registry) {
    followSettings(registry, next => {
      settings = next;
      evolution.reschedule();
    }).catch((error: unknown) => tellError(trans, trans.__('Settings'), error));
  }
  return evolution;
}

function panelActions(
  { commands }: JupyterFrontEnd,
  sessions: ISessions
): IEvolutionActions {
  const run = (command: string, args: Record<string, string> = {}): void =>
    void commands.execute(command, args);
  return {
    run: () => run(CommandIDs.evolve),
    stop: () => run(CommandIDs.stopEvolving),
    accept: id => run(CommandIDs.acceptCandidate, { id }),
    reject: id => run(CommandIDs.rejectCandidate, { id }),
    rename: id => run(CommandIDs.renameCandidate, { id }),
    edit: path => run('docmanager:open', { path: `${USER_VOLUME}:${path}` }),
    openSession: id => run(CommandIDs.openSessions, { key: `${USER_VOLUME}:${id}` }),
    sessionName: id => sessions.find(id, USER_VOLUME)?.session.name ?? id
  };
}
