import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { tellError } from '../addCommand';
import { CATEGORY, CommandIDs, LAUNCHER_PLACE } from '../commands';
import { IEvolution } from '../evolution/tokens';
import { INotebookRuns } from '../graph/run/tokens';
import { ISweeps } from '../graph/sweep/tokens';
import { ISkillLibrary } from '../tokens';
import { addGuideCommands } from './commands';
import { Guide } from './guide';
import type { IGuideActions } from './panel/GuidePanel';
import { TEMPLATE_IDS } from './templates/cards';
import { whenIdle } from '../whenIdle';

const PLUGIN_ID = '@llmos-lab/extension:guide';

/** What helps people begin: guide, tour, templates, keys, what the browser can do. */
export const guidePlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Guide with sample prompts, tour, templates, keyboard map, preflight.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker, INotebookRuns, ISweeps, IEvolution],
  optional: [
    ...[ITranslator, ILabShell, ILayoutRestorer, ICommandPalette, ILauncher],
    ...[ISettingRegistry, IDefaultFileBrowser]
  ],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    runs: INotebookRuns,
    sweeps: ISweeps,
    evolution: IEvolution,
    translator: ITranslator | null,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    registry: ISettingRegistry | null,
    browser: IDefaultFileBrowser | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const context = { app, shell, notebooks, runs, sweeps, library, evolution, trans };
    const guide: Guide = new Guide({
      ...{ app, trans, settings: registry?.load(PLUGIN_ID) ?? null },
      make: async () => {
        const { createGuide } = await import('./create');
        return createGuide(context, waysOf(app, guide), trans);
      }
    });
    addGuideCommands({ app, shell, guide, library, browser, trans });
    addPlaces({ palette, launcher, translator });
    void restorer?.restore(guide.tracker, {
      command: CommandIDs.openGuide,
      args: () => ({ isRestored: true }),
      name: () => 'guide'
    });
    const fault = (error: unknown): void =>
      tellError(trans, trans.__('The guide'), error);
    if (shell) {
      guide.welcome(shell).catch(fault);
    }
    noticeAtRest(app, trans).catch(fault);
  }
};

/** Once the page is at rest: says what of importance this browser lacks. */
async function noticeAtRest(
  app: JupyterFrontEnd,
  trans: TranslationBundle
): Promise<void> {
  await app.restored;
  await whenIdle();
  const { noticeLacks } = await import('./preflight/notice');
  await noticeLacks(app, trans, localStorage);
}

/** The guide acts through commands, as everything else does. */
function waysOf({ commands }: JupyterFrontEnd, guide: Guide): IGuideActions {
  const run = (id: string) => (): void => void commands.execute(id);
  return {
    tour: run(CommandIDs.startTour),
    keys: run(CommandIDs.showKeys),
    preflight: run(CommandIDs.preflight),
    templates: run(CommandIDs.newFromTemplate),
    close: () => guide.tracker.currentWidget?.close()
  };
}

const PALETTE = [
  CommandIDs.openGuide,
  CommandIDs.startTour,
  CommandIDs.showKeys,
  CommandIDs.preflight,
  CommandIDs.showLicences
];

/** Behind the first cards of the launcher, which the skills have. */
const FIRST_RANK = 10;

function addPlaces({
  palette,
  launcher,
  translator
}: {
  readonly palette: ICommandPalette | null;
  readonly launcher: ILauncher | null;
  readonly translator: ITranslator | null;
}): void {
  const category = CATEGORY;
  const args = { isPalette: true };
  PALETTE.forEach(command => palette?.addItem({ command, category, args }));
  palette?.addItem({
    ...{ command: CommandIDs.newFromTemplate, args },
    // Where JupyterLab's "New Notebook" stands, which comes first for these words.
    category: (translator ?? nullTranslator)
      .load('jupyterlab')
      .__('Notebook Operations')
  });
  TEMPLATE_IDS.forEach((template, at) =>
    launcher?.add({
      ...{
        ...LAUNCHER_PLACE,
        command: CommandIDs.newFromTemplate,
        rank: FIRST_RANK + at
      },
      args: { template }
    })
  );
  const rank = FIRST_RANK + TEMPLATE_IDS.length;
  launcher?.add({ ...LAUNCHER_PLACE, command: CommandIDs.openGuide, rank });
}
