import '../../browser';

import { fitted, FitWidth } from '../../../src/mime/chart/fitWidth';

const SPEC = { mark: 'line', width: 520, height: 300 };

describe('fitted', () => {
  it('holds a chart of one view to a width, legend and axes included', () => {
    expect(fitted(SPEC, 400.6)).toEqual({
      ...SPEC,
      width: 400,
      autosize: { type: 'fit-x', contains: 'padding' },
      config: {
        legend: { orient: 'bottom', columns: 2, labelLimit: 160 },
        title: { frame: 'bounds', limit: 400 }
      }
    });
  });

  it('keeps the legend where the chart itself wants it', () => {
    const config = { axis: { grid: false }, legend: { orient: 'top' } };
    expect(fitted({ ...SPEC, config }, 450)).toMatchObject({
      config: { axis: { grid: false }, legend: { orient: 'top', labelLimit: 185 } }
    });
  });

  it.each([
    ['it may be as wide as it wants', SPEC, null],
    ['it is made of several', { ...SPEC, hconcat: [] }, 400],
    ['it fills its place by itself', { ...SPEC, width: 'container' }, 400],
    ['it says how it is to be sized', { ...SPEC, autosize: 'none' }, 400],
    ['it is no chart', 'text', 400]
  ])('leaves a chart alone where %s', (_, spec, width) => {
    expect(fitted(spec, width)).toBe(spec);
  });

  it('keeps a width at which there is something to see', () => {
    expect(fitted(SPEC, 20)).toMatchObject({ width: 160 });
  });
});

describe('FitWidth', () => {
  const asWanted = (): Promise<void> => Promise.resolve();
  /** A place of so much room, with a chart that wants 600 pixels, 38 of them its menu. */
  function place(room: number) {
    const node = document.createElement('div');
    node.innerHTML = '<div class="vega-embed"><canvas></canvas></div>';
    Object.defineProperty(node, 'clientWidth', { get: () => room, configurable: true });
    const sizes = { '.vega-embed': 600, canvas: 562 };
    for (const [name, width] of Object.entries(sizes)) {
      const element = node.querySelector(name);
      if (element) {
        element.getBoundingClientRect = () => ({ width }) as DOMRect;
      }
    }
    const redraw = jest.fn(() => Promise.resolve());
    return { node, redraw };
  }

  it('draws a chart anew that is wider than its place, beside its menu', async () => {
    const narrow = place(500);
    await new FitWidth(narrow).draw(asWanted);
    expect(narrow.redraw.mock.calls).toEqual([[462]]);
  });

  it('leaves alone one that has room, or whose place is not shown', async () => {
    for (const room of [600, 900, 0]) {
      const wide = place(room);
      await new FitWidth(wide).draw(asWanted);
      expect(wide.redraw).not.toHaveBeenCalled();
    }
  });

  it('measures no chart that was drawn to fit meanwhile', async () => {
    const narrow = place(500);
    const ends: (() => void)[] = [];
    narrow.redraw.mockImplementation(() => new Promise(resolve => ends.push(resolve)));
    const fit = new FitWidth(narrow);
    const first = fit.draw(asWanted);
    await asWanted();
    expect(narrow.redraw).toHaveBeenCalledTimes(1);
    const again = jest.fn(asWanted);
    const second = fit.draw(again);
    await asWanted();
    // The one under way ends first.
    expect(again).not.toHaveBeenCalled();
    ends.shift()?.();
    await first;
    await asWanted();
    expect(again).toHaveBeenCalledTimes(1);
    while (ends.length === 0) {
      await asWanted();
    }
    expect(narrow.redraw.mock.calls).toEqual([[462], [462]]);
    ends.shift()?.();
    await second;
  });

  it.each(['observer', 'frame'])(
    'fits one that was drawn out of sight once it is seen, told by an %s',
    async by => {
      const told: (() => void)[] = [];
      const observer = jest.fn((callback: () => void) => {
        told.push(...(by === 'observer' ? [callback] : []));
        return { observe: jest.fn(), disconnect: jest.fn() };
      });
      globalThis.ResizeObserver = observer as unknown as typeof ResizeObserver;
      const frames = jest
        .spyOn(globalThis, 'requestAnimationFrame')
        .mockImplementation(callback => {
          told.push(...(by === 'frame' ? [() => callback(0)] : []));
          return 0;
        });
      try {
        let isSeen = false;
        const { node, redraw } = place(500);
        Object.defineProperty(node, 'clientWidth', { get: () => (isSeen ? 500 : 0) });
        for (const element of node.querySelectorAll('*')) {
          const { width } = element.getBoundingClientRect();
          element.getBoundingClientRect = () =>
            ({ width: isSeen ? width : 0 }) as DOMRect;
        }
        await new FitWidth({ node, redraw }).draw(asWanted);
        expect(redraw).not.toHaveBeenCalled();
        isSeen = true;
        told.forEach(tell => tell());
        await asWanted();
        expect(redraw.mock.calls).toEqual([[462]]);
      } finally {
        frames.mockRestore();
        Reflect.deleteProperty(globalThis, 'ResizeObserver');
      }
    }
  );
});
