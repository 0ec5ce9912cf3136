import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';

import { tellError } from '../addCommand';
import { CATEGORY, CommandIDs } from '../commands';
import { IAssistant } from '../assistant/tokens';
import { IProfile, ISessions, ISkillLibrary, IVolumes } from '../tokens';
import { addEvolutionCommands } from './commands';
import { Evolution } from './evolution';
import { EVOLUTION_PANEL_ID, EvolutionFrame } from './EvolutionFrame';
import { isNews } from './foundBy';
import { MineWorkers, promoteInWorker } from './mineInWorker';
import { panelActions } from './panelActions';
import type { Pins } from './pins';
import { QuietRuns } from './quietRuns';
import { EvolutionSettings, SETTINGS_ID } from './settings';
import { tellRun } from './tellRun';
import { IEvolution } from './tokens';

/** Skills learned from runs: the jobs, their panel in the right side bar, their commands. */
export const evolutionPlugin: JupyterFrontEndPlugin<IEvolution> = {
  id: SETTINGS_ID,
  description: 'Learns skills from runs, and shows them for review.',
  autoStart: true,
  provides: IEvolution,
  requires: [IVolumes, ISessions, ISkillLibrary, IProfile, IRuntimeHost],
  optional: [
    ...[ITranslator, ISettingRegistry, ILayoutRestorer, ICommandPalette],
    ...[IAssistant, IDocumentManager]
  ],
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
    palette: ICommandPalette | null,
    assistant: IAssistant | null,
    documents: IDocumentManager | null
  ): IEvolution => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const evolution = create(
      { app, volumes, sessions, library, profile, host, assistant, trans },
      registry
    );
    addEvolutionCommands({ app, evolution, documents, trans });
    const panel = new EvolutionFrame(trans, async () => {
      const { EvolutionPanel } = await import('./panel/EvolutionPanel');
      return new EvolutionPanel(evolution, panelActions(app, sessions), trans);
    });
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
  readonly assistant: IAssistant | null;
  readonly trans: TranslationBundle;
}

function create(parts: IParts, registry: ISettingRegistry | null): Evolution {
  const { app, volumes, sessions, library, profile, host, assistant, trans } = parts;
  const settings = new EvolutionSettings(registry);
  settings.ready.catch((error: unknown) =>
    tellError(trans, trans.__('Settings of evolution'), error)
  );
  const evolution: Evolution = new Evolution({
    ...{ volumes, settings, pool: host.pool, trans },
    ...{ miner: new MineWorkers(), findPromotable: promoteInWorker },
    sessions: () => sessions.all,
    entries: async () => {
      await library.ready;
      await host.skills.settled();
      return [...library.entries, ...library.shadowed];
    },
    author: () => profile.author(),
    ...(assistant && {
      complete: (question, signal) => assistant.complete(question, signal)
    }),
    onRan: (volume, run) => {
      if (isNews(run)) {
        tellRun({ app, evolution, trans }, volume, run);
      }
    },
    quietRuns: volume =>
      new QuietRuns(localStorage, app.serviceManager.serverSettings.baseUrl, volume),
    ...(navigator.locks && { locks: navigator.locks })
  });
  followPins(parts);
  // With the first session there is something to wait for.
  sessions.changed.connect(() => evolution.catchUp());
  return evolution;
}

/** Learned skills name the versions of their members: those stay within reach. */
function followPins({ host, volumes, trans }: IParts): void {
  let pins: Promise<Pins> | undefined;
  const look = async (): Promise<void> => {
    if (host.skills.entries.some(({ text }) => text.includes('learned_members:'))) {
      pins ??= import('./pins').then(
        ({ Pins: Loaded }) => new Loaded(host.skills, () => volumes.volumes)
      );
      await (await pins).refresh();
    }
  };
  host.skills.changed.connect(() => {
    look().catch((error: unknown) =>
      tellError(trans, trans.__('Versions that learned skills call'), error)
    );
  });
}
