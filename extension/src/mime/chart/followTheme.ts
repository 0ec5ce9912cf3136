/** Charts of Vega, which JupyterLab draws, in the colours of the theme at all times. */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { ISignal } from '@lumino/signaling';

/** The part of a registry that is used. */
export interface IFactories {
  getFactory(mimeType: string): IRenderMime.IRendererFactory | undefined;
  addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
}

/** Charts as our skills send them, and as older libraries do. */
export const CHART_TYPES = [
  'application/vnd.vegalite.v5+json',
  'application/vnd.vegalite.v4+json',
  'application/vnd.vega.v5+json'
] as const;

/** The renderers' own rank, which is not told by the registry. */
const RANK = 57;

/**
 * Lets charts be drawn anew when the theme changes: their renderer looks at the theme
 * only when it draws. Types without a renderer are left alone. Call it once all plugins
 * are there.
 *
 * @param atRest Resolves when there is time to draw a chart for the first time.
 */
export function chartsFollowTheme(
  registry: IFactories,
  themeChanged: ISignal<unknown, unknown>,
  atRest: () => Promise<void> = () => Promise.resolve()
): void {
  for (const mimeType of CHART_TYPES) {
    const inner = registry.getFactory(mimeType);
    if (inner) {
      registry.addFactory(
        {
          safe: inner.safe,
          mimeTypes: [mimeType],
          defaultRank: RANK,
          createRenderer: options =>
            follow(inner.createRenderer(options), themeChanged, atRest)
        },
        RANK
      );
    }
  }
}

function follow(
  renderer: IRenderMime.IRenderer,
  themeChanged: ISignal<unknown, unknown>,
  atRest: () => Promise<void>
): IRenderMime.IRenderer {
  const draw = renderer.renderModel.bind(renderer);
  let last: IRenderMime.IMimeModel | null = null;
  renderer.renderModel = async model => {
    last = model;
    await atRest();
    // The output may be gone by now, or have got other data.
    if (last === model && !renderer.isDisposed) {
      await draw(withOwnMetadata(model));
    }
  };
  const redraw = (): void => {
    if (last && renderer.isAttached) {
      // A chart that cannot be drawn has said so when it was drawn first.
      void draw(withOwnMetadata(last)).catch(() => undefined);
    }
  };
  themeChanged.connect(redraw);
  renderer.disposed.connect(() => themeChanged.disconnect(redraw));
  return renderer;
}

/** The renderer writes its theme into the options of an output, where it would stay. */
function withOwnMetadata(model: IRenderMime.IMimeModel): IRenderMime.IMimeModel {
  return {
    trusted: model.trusted,
    data: model.data,
    metadata: structuredClone(model.metadata),
    setData: options => model.setData(options)
  };
}
