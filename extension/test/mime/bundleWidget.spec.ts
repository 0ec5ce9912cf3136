import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import type { JSONObject } from '@lumino/coreutils';
import { PanelLayout, Widget } from '@lumino/widgets';

import { BundleWidget, type Draw, type IDrawing } from '../../src/mime/bundleWidget';

const MIME = 'application/vnd.llmos.test+json';
const trans = nullTranslator.load('llmos');

interface IMade extends IDrawing {
  disposed: number;
}

function drawing(png: string | null = null): IMade {
  const made: IMade = {
    node: document.createElement('div'),
    disposed: 0,
    retheme: () => undefined,
    png: () => Promise.resolve(png),
    dispose: () => {
      made.disposed += 1;
    }
  };
  return made;
}

function modelOf(data: JSONObject): {
  trusted: boolean;
  data: JSONObject;
  metadata: JSONObject;
  setData: () => void;
  toJSON: () => JSONObject;
} {
  return {
    trusted: false,
    data,
    metadata: {},
    setData: () => undefined,
    toJSON: () => ({ output_type: 'display_data', data, metadata: {} })
  };
}

function widgetOf(draw: Draw): BundleWidget {
  return new BundleWidget({ mimeType: MIME, draw, trans });
}

describe('BundleWidget', () => {
  it('shows why a payload is refused, with the text of the output', async () => {
    const widget = widgetOf(() => Promise.resolve({ problem: 'No <b>scene</b>.' }));
    await widget.renderModel(modelOf({ [MIME]: {}, 'text/plain': 'a cube' }));
    expect(widget.node.querySelector('[role=alert]')?.textContent).toBe(
      'No <b>scene</b>.'
    );
    expect(widget.node.querySelector('b')).toBeNull();
    expect(widget.node.querySelector('pre')?.textContent).toBe('a cube');
  });

  it('reports a drawing that throws, and shows its poster', async () => {
    const widget = widgetOf(() => Promise.reject(new Error('no WebGL')));
    await widget.renderModel(modelOf({ [MIME]: {}, 'image/png': 'aGk=' }));
    expect(widget.node.textContent).toContain('no WebGL');
    expect(widget.node.querySelector('img')?.src).toContain('aGk=');
  });

  it('frees the earlier drawing at the next one, and the last with itself', async () => {
    const [first, second] = [drawing(), drawing()];
    const queue = [first, second];
    const widget = widgetOf(() => Promise.resolve(queue.shift() ?? drawing()));
    await widget.renderModel(modelOf({ [MIME]: {} }));
    await widget.renderModel(modelOf({ [MIME]: {} }));
    expect([first.disposed, second.disposed]).toEqual([1, 0]);
    widget.dispose();
    widget.dispose();
    expect(second.disposed).toBe(1);
  });

  it('drops a drawing that is ready only after its widget has gone', async () => {
    const late = drawing();
    let finish: (made: IDrawing) => void = () => undefined;
    const widget = widgetOf(() => new Promise(resolve => (finish = resolve)));
    const done = widget.renderModel(modelOf({ [MIME]: {} }));
    widget.dispose();
    finish(late);
    await done;
    expect(late.disposed).toBe(1);
  });

  it('puts the PNG into its own output, once', async () => {
    const model = modelOf({ [MIME]: { v: 1 }, 'text/plain': 'x' });
    const set: [number, JSONObject][] = [];
    const area = new Widget();
    const items: unknown[] = [{}, model];
    Object.assign(area, {
      model: {
        length: items.length,
        get: (index: number) => items[index],
        set: (index: number, output: JSONObject) => set.push([index, output])
      }
    });
    const layout = new PanelLayout();
    area.layout = layout;
    let draws = 0;
    const widget = widgetOf(() => {
      draws += 1;
      return Promise.resolve(drawing('cG5n'));
    });
    layout.addWidget(widget);
    await widget.renderModel(model);
    await Promise.resolve();
    expect(set).toEqual([
      [
        1,
        {
          output_type: 'display_data',
          data: { [MIME]: { v: 1 }, 'text/plain': 'x', 'image/png': 'cG5n' },
          metadata: {}
        }
      ]
    ]);
    await widget.renderModel(modelOf({ [MIME]: { v: 1 }, 'image/png': 'cG5n' }));
    expect(set).toHaveLength(1);
    expect(draws).toBe(2);
  });
});
