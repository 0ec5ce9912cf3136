/**
 * Charts of Vega, which JupyterLab draws: in the colours of the theme at all times, and
 * with our options only.
 */

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { CHART_MIME, isRecord } from '@llmos-lab/skills';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import { fitted, FitWidth } from './fitWidth';
import { readable } from './readable';

/** The part of a registry that is used. */
export interface IFactories {
  getFactory(mimeType: string): IRenderMime.IRendererFactory | undefined;
  addFactory(factory: IRenderMime.IRendererFactory, rank?: number): void;
}

/** Charts as our skills send them, and as older libraries do. */
export const CHART_TYPES = [
  CHART_MIME,
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
            follow(inner.createRenderer(options), { mimeType, themeChanged, atRest })
        },
        RANK
      );
    }
  }
}

interface IFollowing {
  readonly mimeType: string;
  readonly themeChanged: ISignal<unknown, unknown>;
  readonly atRest: () => Promise<void>;
}

function follow(
  renderer: IRenderMime.IRenderer,
  { mimeType, themeChanged, atRest }: IFollowing
): IRenderMime.IRenderer {
  const draw = renderer.renderModel.bind(renderer);
  let last: IRenderMime.IMimeModel | null = null;
  renderer.renderModel = async model => {
    last = model;
    await atRest();
    // The output may be gone by now, or have got other data.
    const isCurrent = (): boolean => last === model && !renderer.isDisposed;
    if (isCurrent()) {
      await fit.draw(async () => {
        await (isCurrent() && draw(harmless(model, mimeType)));
      });
    }
  };
  const redraw = async (width: number | null): Promise<void> => {
    if (last && renderer.isAttached) {
      // A chart that cannot be drawn has said so when it was drawn first.
      await draw(harmless(last, mimeType, width)).catch(() => undefined);
    }
  };
  const fit = new FitWidth({ node: renderer.node, redraw });
  const onTheme = (): void => void fit.draw(() => redraw(null));
  themeChanged.connect(onTheme);
  renderer.disposed.connect(() => {
    themeChanged.disconnect(onTheme);
    fit.dispose();
  });
  return renderer;
}

/** What the menu of a chart offers: not the online editor, which is sent the data. */
const ACTIONS = { export: true, source: true, compiled: false, editor: false };

/**
 * The model with our options of embedding in place of those that its data bring, which
 * could load from elsewhere. A copy, since the renderer writes its theme into the options
 * of an output, where it would stay.
 *
 * @param width Pixels that the chart may take; null for what it wants.
 */
function harmless(
  model: IRenderMime.IMimeModel,
  mimeType: string,
  width: number | null = null
): IRenderMime.IMimeModel {
  const metadata = structuredClone(model.metadata) as Record<string, unknown>;
  const own = metadata[mimeType];
  if (isRecord(own) && isRecord(own['embed_options'])) {
    const { theme, renderer } = own['embed_options'];
    const kept = {
      ...(typeof theme === 'string' && { theme }),
      ...((renderer === 'svg' || renderer === 'canvas') && { renderer })
    };
    metadata[mimeType] = { ...own, embed_options: kept };
  }
  const given = fitted(model.data[mimeType], width);
  const spec = mimeType.includes('vegalite') ? readable(given) : given;
  const data = isRecord(spec)
    ? {
        ...model.data,
        [mimeType]: {
          ...spec,
          usermeta: {
            ...(isRecord(spec.usermeta) && spec.usermeta),
            embedOptions: { actions: ACTIONS }
          }
        }
      }
    : model.data;
  return {
    trusted: model.trusted,
    data: data,
    metadata: metadata as ReadonlyPartialJSONObject,
    setData: options => model.setData(options)
  };
}
