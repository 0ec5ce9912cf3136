import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, IThemeManager, Notification } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import {
  ITranslator,
  nullTranslator,
  type TranslationBundle
} from '@jupyterlab/translation';
import { CIRCUIT_MIME, QUANTUM_MIME, SCENE_MIME } from '@llmos-lab/skills';

import { CATEGORY, CommandIDs } from '../commands';
import { runsAtRest } from '../graph/run/atRest';
import { INotebookRuns } from '../graph/run/tokens';
import { STAYS } from '../stays';
import { BundleWidget, type Draw } from './bundleWidget';
import { chartsFollowTheme } from './chart/followTheme';

/** Better than every picture and text of the same output. */
const RANK = 10;

/** Each renderer by its type; what it draws with loads at the first such output. */
const RENDERERS: Readonly<Record<string, Draw>> = {
  [CIRCUIT_MIME]: async (payload, context) =>
    (await import('./circuit/circuitView')).drawCircuit(payload, context),
  [SCENE_MIME]: async (payload, context) =>
    (await import('./scene/sceneView')).drawScene(payload, context),
  [QUANTUM_MIME]: async (payload, context) =>
    (await import('./quantum/quantumView')).drawQuantum(payload, context)
};

/** Shows the rich outputs of skills: circuits, scenes, quantum results. */
export const mimePlugin: JupyterFrontEndPlugin<void> = {
  id: '@llmos-lab/extension:mime',
  description: 'Renders circuits, scenes and quantum results in outputs.',
  autoStart: true,
  requires: [IRenderMimeRegistry],
  optional: [ITranslator, IThemeManager, ICommandPalette, INotebookRuns],
  activate: (
    app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    translator: ITranslator | null,
    themes: IThemeManager | null,
    palette: ICommandPalette | null,
    runs: INotebookRuns | null
  ) => {
    const trans = (translator ?? nullTranslator).load('llmos');
    for (const [mimeType, draw] of Object.entries(RENDERERS)) {
      registry.addFactory(
        {
          safe: true,
          mimeTypes: [mimeType],
          createRenderer: () =>
            new BundleWidget({
              mimeType,
              draw,
              trans,
              ...(themes ? { themeChanged: themes.themeChanged } : {})
            })
        },
        RANK
      );
    }
    addMemoryCommand(app, trans);
    followThemes(app, registry, themes, runs);
    palette?.addItem({ command: CommandIDs.sceneMemory, category: CATEGORY });
  }
};

/** Waits for all plugins: JupyterLab's own renderer of charts is one of them. */
function followThemes(
  app: JupyterFrontEnd,
  registry: IRenderMimeRegistry,
  themes: IThemeManager | null,
  runs: INotebookRuns | null
): void {
  const atRest = (): Promise<void> => (runs ? runsAtRest(runs) : Promise.resolve());
  if (themes) {
    void app.started.then(() =>
      chartsFollowTheme(registry, themes.themeChanged, atRest)
    );
  }
}

/** Tells what scenes hold on the GPU; they share one renderer. */
function addMemoryCommand(app: JupyterFrontEnd, trans: TranslationBundle): void {
  app.commands.addCommand(CommandIDs.sceneMemory, {
    label: trans.__('Show graphics memory of scenes'),
    caption: trans.__('Count the scenes of this page and what they hold on the GPU'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          silent: { type: 'boolean', description: 'Only return the counts' }
        }
      }
    },
    execute: async ({ silent }) => {
      const { memory } = (await import('./scene/stage')).stage;
      if (silent !== true) {
        const { scenes, geometries, textures } = memory;
        Notification.info(
          trans.__(
            '%1 scenes, with %2 geometries and %3 textures on the GPU.',
            scenes,
            geometries,
            textures
          ),
          { autoClose: STAYS.note }
        );
      }
      return memory;
    }
  });
}
