import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../commands';
import { eachNotebook } from '../notebook/eachNotebook';
import { reasonOf } from '../reasonOf';
import { STAYS } from '../stays';
import { ISkillLibrary } from '../tokens';
import { CellForms } from './attach';

const PLUGIN_ID = '@llmos-lab/extension:form';
const SHOW_SETTING = 'showForms';

/** A form over each skill cell, which edits the cell's source. */
export const formPlugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description: 'Shows a form with the inputs above each skill cell.',
  autoStart: true,
  requires: [ISkillLibrary, INotebookTracker],
  optional: [ITranslator, ISettingRegistry, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    library: ISkillLibrary,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    const forms = new CellForms(library, trans, {
      run: () => void app.commands.execute('notebook:run-cell'),
      // Of a notebook that is read-only, a copy is offered.
      save: () => void app.commands.execute(CommandIDs.offerCopy)
    });
    eachNotebook(notebooks, panel => forms.add(panel));
    const settings = followSettings(app, forms, registry, trans);
    addFormCommands(app, forms, notebooks, trans, settings);
    for (const command of [CommandIDs.editParameters, CommandIDs.toggleForms]) {
      palette?.addItem({ command, category: CATEGORY });
    }
  }
};

/** Keeps the forms as the setting says; undefined where settings cannot be read. */
async function followSettings(
  app: JupyterFrontEnd,
  forms: CellForms,
  registry: ISettingRegistry | null,
  trans: TranslationBundle
): Promise<ISettingRegistry.ISettings | undefined> {
  try {
    const settings = await registry?.load(PLUGIN_ID);
    const apply = (): void => {
      forms.isVisible = settings?.get(SHOW_SETTING).composite !== false;
      app.commands.notifyCommandChanged(CommandIDs.toggleForms);
    };
    settings?.changed.connect(apply);
    apply();
    return settings;
  } catch (error) {
    const reason = reasonOf(error);
    Notification.warning(
      trans.__('The settings of the cell forms could not be read: %1', reason),
      { autoClose: STAYS.warning }
    );
    return undefined;
  }
}

function addFormCommands(
  app: JupyterFrontEnd,
  forms: CellForms,
  notebooks: INotebookTracker,
  trans: TranslationBundle,
  settings: Promise<ISettingRegistry.ISettings | undefined>
): void {
  app.commands.addCommand(CommandIDs.toggleForms, {
    label: trans.__('Show forms of skill cells'),
    caption: trans.__('Show or hide the inputs above skill cells'),
    isToggled: () => forms.isVisible,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: async () => {
      forms.isVisible = !forms.isVisible;
      app.commands.notifyCommandChanged(CommandIDs.toggleForms);
      await (await settings)?.set(SHOW_SETTING, forms.isVisible);
    }
  });
  app.commands.addCommand(CommandIDs.editParameters, {
    label: trans.__('Edit parameters'),
    caption: trans.__('Go to the form of a skill cell'),
    // A menu that is about a cell knows whether that has a form.
    isEnabled: args =>
      typeof args.cellId === 'string'
        ? forms.formOf(cellOf(notebooks, args.cellId)) !== undefined
        : notebooks.activeCell !== null,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          cellId: { type: 'string', description: 'Id of the cell; else the active one' }
        }
      }
    },
    execute: ({ cellId }) => {
      const form = forms.formOf(
        typeof cellId === 'string' ? cellOf(notebooks, cellId) : notebooks.activeCell
      );
      if (!form) {
        Notification.info(
          trans.__(
            'This cell has no inputs to edit: it is not a single call of a skill that takes some.'
          ),
          { autoClose: 4000 }
        );
        return;
      }
      forms.isVisible = true;
      form.focusField();
    }
  });
}

function cellOf({ currentWidget }: INotebookTracker, id: string): Cell | null {
  return currentWidget?.content.widgets.find(({ model }) => model.id === id) ?? null;
}
