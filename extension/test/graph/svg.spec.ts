import '../browser';

import { toSvg } from '../../src/graph/panel/svg';
import type { ICellItem } from '../../src/graph/layout/drawing';

const ORIGIN = { x: 0, y: 0 };
const HOSTILE = 'AA"/><script>alert(1)</script>';
const cell = {
  ...{ kind: 'cell', id: 'a', section: null },
  node: { id: 'a', title: HOSTILE, category: null, status: 'idle', problems: [] },
  shape: {
    ...{ width: 200, height: 200, direction: 'right', hasPicture: true },
    inputs: [],
    outputs: []
  }
} as unknown as ICellItem;

describe('toSvg', () => {
  it('takes no markup from titles, outputs or their pictures', () => {
    const svg = toSvg({
      drawing: { items: [cell], edges: [], frames: [] },
      places: new Map([['a', { x: 0, y: 0 }]]),
      ways: () => ({ from: ORIGIN, to: ORIGIN, path: 'M0,0', middle: ORIGIN }),
      colours: {
        ...{ background: '#fff', node: '#fff', border: '#ccc', text: '#000' },
        ...{ faint: '#888', frame: '#eee', warning: '#fa0', error: '#f00' },
        status: () => '#0a0',
        category: () => '#00f'
      },
      preview: () => ({ kind: 'image', src: HOSTILE, text: HOSTILE, isLineArt: false }),
      state: () => ({ status: 'done', ms: 480 })
    });
    const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(page.querySelector('parsererror')).toBeNull();
    expect(page.querySelector('script')).toBeNull();
    expect(page.querySelector('image')?.getAttribute('href')).toBe(HOSTILE);
    // As on the canvas: the icons of skill and status, and how long it took.
    expect(page.querySelectorAll('svg > svg')).toHaveLength(2);
    expect(page.documentElement.textContent).toContain('0.48 s');
  });
});
