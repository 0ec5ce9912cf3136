import '../browser';

import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { chartsFollowTheme } from '../../src/mime/chart/followTheme';

const MIME = 'application/vnd.vegalite.v5+json';

/** A renderer that counts, and writes its theme into the options as Vega's does. */
class Chart extends Widget implements IRenderMime.IRenderer {
  readonly seen: unknown[] = [];

  renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const options = model.metadata[MIME] as { theme?: string };
    this.seen.push(options.theme);
    options.theme = 'dark';
    return Promise.resolve();
  }
}

describe('chartsFollowTheme', () => {
  it('draws a chart anew when the theme changes, from its own options', async () => {
    const themes = {};
    const changed = new Signal<object, void>(themes);
    const factories = new Map<string, IRenderMime.IRendererFactory>();
    factories.set(MIME, {
      safe: true,
      mimeTypes: [MIME],
      createRenderer: () => new Chart()
    });
    chartsFollowTheme(
      {
        getFactory: type => factories.get(type),
        addFactory: factory => factories.set(factory.mimeTypes[0] ?? '', factory)
      },
      changed
    );
    expect([...factories.keys()]).toEqual([MIME]);
    const chart = factories.get(MIME)?.createRenderer({
      ...{ mimeType: MIME, sanitizer: null as never, resolver: null },
      ...{ linkHandler: null, latexTypesetter: null, markdownParser: null }
    }) as Chart;
    Widget.attach(chart, document.body);
    await chart.renderModel({
      ...{ trusted: true, data: {}, metadata: { [MIME]: {} } },
      setData: () => undefined
    });
    changed.emit();
    expect(chart.seen).toEqual([undefined, undefined]);
    chart.dispose();
    changed.emit();
    expect(chart.seen).toHaveLength(2);
  });

  it('puts its options in the place of those that the data bring', async () => {
    let drawn: IRenderMime.IMimeModel | undefined;
    const factories = new Map<string, IRenderMime.IRendererFactory>();
    factories.set(MIME, {
      safe: true,
      mimeTypes: [MIME],
      createRenderer: () =>
        Object.assign(new Widget(), {
          renderModel: (model: IRenderMime.IMimeModel) => {
            drawn = model;
            return Promise.resolve();
          }
        })
    });
    chartsFollowTheme(
      {
        getFactory: type => factories.get(type),
        addFactory: factory => factories.set(factory.mimeTypes[0] ?? '', factory)
      },
      new Signal<object, void>({})
    );
    const chart = factories.get(MIME)?.createRenderer({
      ...{ mimeType: MIME, sanitizer: null as never, resolver: null },
      ...{ linkHandler: null, latexTypesetter: null, markdownParser: null }
    });
    const own = { loader: { baseURL: 'https://x.org' }, patch: 'https://x.org/p.json' };
    const spec = { mark: 'bar', usermeta: { a: 1, embedOptions: own } };
    await chart?.renderModel({
      trusted: true,
      data: { [MIME]: spec },
      metadata: { [MIME]: { embed_options: { ...own, theme: 'dark' } } },
      setData: () => undefined
    });
    const actions = { export: true, source: true, compiled: false, editor: false };
    expect(drawn?.data[MIME]).toEqual({
      mark: 'bar',
      config: expect.objectContaining({
        axisXDiscrete: expect.anything() as object
      }) as object,
      usermeta: { a: 1, embedOptions: { actions } }
    });
    expect(drawn?.metadata[MIME]).toEqual({ embed_options: { theme: 'dark' } });
    expect(spec.usermeta.embedOptions).toBe(own);
  });
});
