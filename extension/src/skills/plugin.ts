import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { IRuntimeHost } from '@llmos-lab/kernel';
import { toCell } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { importDropped } from '../author/transfer/dropped';
import { CATEGORY, CommandIDs, LAUNCHER_PLACE } from '../commands';
import { ISkillLibrary, IVolumes } from '../tokens';
import { showCardMenu } from './cardMenu';
import type { ISkillCommandContext } from './commandContext';
import { addSkillCommands } from './commands';
import { keepFocusAtStart } from './keepFocus';
import { SkillLibrary } from './library';
import { markdownRenderer } from './markdown';
import { SkillPanelModel } from './panelModel';
import { PANEL_ID, SkillPanel, type PanelActions } from './SkillPanel';

/** Provides the library over the runtime host's index. */
export const libraryPlugin: JupyterFrontEndPlugin<ISkillLibrary> = {
  id: '@llmos-lab/extension:library',
  description: 'Provides the skills of all volumes and a search over them.',
  autoStart: true,
  provides: ISkillLibrary,
  requires: [IRuntimeHost, IVolumes],
  activate: (
    _app: JupyterFrontEnd,
    host: IRuntimeHost,
    volumes: IVolumes
  ): ISkillLibrary => {
    const read = (): void => {
      const names = volumes.volumes.map(({ name }) => name);
      if (names.join() !== host.skills.volumes.join()) {
        host.skills.volumes = names;
      }
    };
    read();
    volumes.changed.connect(read);
    return new SkillLibrary(host.skills);
  }
};

/** The skills panel, its commands, and their places in palette and launcher. */
export const skillsPlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:skills',
  description: 'Adds the skills panel and the commands that insert and open skills.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker, IDocumentManager, IRenderMimeRegistry],
  optional: [
    ITranslator,
    ILayoutRestorer,
    ICommandPalette,
    ILauncher,
    IDefaultFileBrowser
  ],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    documents: IDocumentManager,
    rendermime: IRenderMimeRegistry,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    browser: IDefaultFileBrowser | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const model = new SkillPanelModel(library);
    const actions = panelActions(app, rendermime);
    const panel = new SkillPanel(model, actions, trans);
    const shared = { app, library, documents, notebooks, panel, trans };
    addSkillCommands({ ...shared, ...fromBrowser(browser) });
    app.shell.add(panel, 'left', { rank: 200, type: 'Skills' });
    restorer?.add(panel, PANEL_ID);
    keepFocusAtStart(app, panel);
    for (const command of PALETTE) {
      palette?.addItem({ command, category: CATEGORY, args: { isPalette: true } });
    }
    LAUNCHER.forEach((item, rank) =>
      launcher?.add({ ...item, ...LAUNCHER_PLACE, rank })
    );
  }
};

const PALETTE = [
  CommandIDs.newWorkflow,
  CommandIDs.openLibrary,
  CommandIDs.insertSkill,
  CommandIDs.copyToVolume
];

const LAUNCHER = [
  { command: CommandIDs.newWorkflow },
  { command: CommandIDs.insertSkill, args: { isNew: true } },
  { command: CommandIDs.openLibrary }
];

/** What the commands ask of the file browser, where there is one. */
function fromBrowser(
  browser: IDefaultFileBrowser | null
): Pick<ISkillCommandContext, 'folder' | 'selectedFile'> {
  return {
    folder: () => browser?.model.path ?? '',
    selectedFile: () => {
      const [item] = browser?.selectedItems() ?? [];
      return item?.path;
    }
  };
}

/** The panel acts through commands, as everything else does. */
function panelActions(
  app: JupyterFrontEnd,
  rendermime: IRenderMimeRegistry
): PanelActions {
  const run = (id: string, args: ReadonlyPartialJSONObject): void => {
    void app.commands.execute(id, args);
  };
  return {
    insert: id => run(CommandIDs.insertSkill, { id }),
    open: id => run(CommandIDs.openSkill, { id }),
    copy: id => run(CommandIDs.copySkill, { id }),
    openFile: path => run(CommandIDs.openProblem, { path, line: 1 }),
    compare: (used, hidden) => run(CommandIDs.compareSkill, { used, hidden }),
    showMenu: (id, button) => showCardMenu(app.commands, id, button),
    createSkill: () => run(CommandIDs.newSkill, {}),
    chooseImport: () => run(CommandIDs.importSkills, {}),
    importFromGit: () => run(CommandIDs.importFromGit, {}),
    importDropped: dropped => void importDropped(app.commands, dropped),
    openProblem: ({ file, line }) => run(CommandIDs.openProblem, { path: file, line }),
    example: ({ skill }) => toCell(skill),
    renderMarkdown: markdownRenderer(rendermime)
  };
}
