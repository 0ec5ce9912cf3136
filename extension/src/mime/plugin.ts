import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CIRCUIT_MIME, QUANTUM_MIME, SCENE_MIME } from '@llmos-lab/skills';

import { BundleWidget, type Draw } from './bundleWidget';

/** Better than every picture and text of the same output. */
const RANK = 10;

/** Each renderer by its type; what it draws with loads at the first such output. */
export const RENDERERS: Readonly<Record<string, Draw>> = {
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
  optional: [ITranslator, IThemeManager],
  activate: (
    _app: JupyterFrontEnd,
    registry: IRenderMimeRegistry,
    translator: ITranslator | null,
    themes: IThemeManager | null
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
  }
};
