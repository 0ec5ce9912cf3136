import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { isCodeCellModel, type ICellModel } from '@jupyterlab/cells';
import type { CodeEditor } from '@jupyterlab/codeeditor';
import {
  EditorExtensionRegistry,
  IEditorExtensionRegistry
} from '@jupyterlab/codemirror';
import { INotebookTracker, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import type { IExecutableEntry } from '@llmos-lab/kernel';

import { CommandIDs } from '../commands';
import { eachNotebook } from '../notebook/eachNotebook';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { ISkillLibrary } from '../tokens';
import { followSkillDrags } from './dragSkill';
import { followSkillDrops } from './dropSkill';
import { slashExtension } from './slashExtension';

const PLUGIN_ID = '@llmos-lab/extension:insert';

/** Skills by drag and drop between cells, and by `/` in an empty cell. */
export const insertPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Inserts skills by drag and drop, and by a menu in empty cells.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker, IEditorExtensionRegistry],
  optional: [ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    editors: IEditorExtensionRegistry,
    translator: ITranslator | null,
    registry: ISettingRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    followSkillDrags(id => executable(library, id));
    const followDrops = (panel: NotebookPanel): void =>
      followSkillDrops(panel, (id, index) => {
        const notebook = panel.context.path;
        void app.commands.execute(CommandIDs.insertSkill, { id, index, notebook });
      });
    eachNotebook(notebooks, followDrops);
    const isOn = followSetting(registry, trans);
    editors.addExtension({
      name: 'llmos-slash-menu',
      factory: ({ model }) => {
        const cell = cellOf(model);
        return cell
          ? EditorExtensionRegistry.createImmutableExtension(
              slashExtension({
                isOn,
                trans,
                search: query => library.search(query),
                insert: id => fillCell(app, notebooks, cell, id)
              })
            )
          : null;
      }
    });
  }
};

function executable(library: ISkillLibrary, id: string): IExecutableEntry | undefined {
  const entry = library.get(id);
  return entry?.skill.kind === 'executable'
    ? { ...entry, skill: entry.skill }
    : undefined;
}

/** The code cell whose editor this is; undefined for editors of files and the like. */
function cellOf(model: CodeEditor.IModel): ICellModel | undefined {
  return 'type' in model && isCodeCellModel(model as ICellModel)
    ? (model as ICellModel)
    : undefined;
}

function fillCell(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  { id: cellId, sharedModel }: ICellModel,
  id: string
): void {
  // A console has such cells too, but no notebook.
  const panel = notebooks.find(
    ({ model }) => model?.sharedModel === sharedModel.notebook
  );
  if (panel) {
    const notebook = panel.context.path;
    void app.commands.execute(CommandIDs.insertSkill, { id, notebook, cellId });
  }
}

/** A function that says whether the menu is on, by the setting. */
function followSetting(
  registry: ISettingRegistry | null,
  trans: TranslationBundle
): () => boolean {
  let isOn = true;
  registry?.load(PLUGIN_ID).then(
    settings => {
      const apply = (): void => {
        isOn = settings.get('slashMenu').composite !== false;
      };
      settings.changed.connect(apply);
      apply();
    },
    (error: unknown) => {
      const reason = reasonOf(error);
      Notification.warning(
        trans.__('The settings of skill insertion could not be read: %1', reason),
        { autoClose: STAYS.warning }
      );
    }
  );
  return () => isOn;
}
