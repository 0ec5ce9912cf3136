import '../browser';

import type uPlot from 'uplot';

import { CursorLines } from '../../src/mime/circuit/cursorLines';

/** A plot that shows 0 to 10 on 300 pixels, and has no width in the page. */
function plotOf(): uPlot {
  const over = document.createElement('div');
  const scales = { x: { min: 0, max: 10 } };
  const valToPos = (x: number): number => x * 30;
  return { over, scales, valToPos } as unknown as uPlot;
}

describe('CursorLines', () => {
  it('shows the lines in the range, also before the page is laid out', () => {
    const plot = plotOf();
    const lines = new CursorLines(plot, {
      names: ['Cursor A', 'Cursor B'],
      isFirst: true,
      text: x => `${x} s`,
      move: () => undefined
    });
    lines.set([2, 12]);
    const [a, b] = Array.from(plot.over.children, node => (node as HTMLElement).style);
    expect(a?.display).toBe('');
    expect(a?.transform).toBe('translateX(60px)');
    expect(b?.display).toBe('none');
    lines.set(null);
    expect(a?.display).toBe('none');
  });
});
