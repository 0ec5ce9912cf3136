import '../browser';

import { toSvg } from '../../src/graph/panel/svg';
import type { ICellItem } from '../../src/graph/layout/drawing';

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
      ways: new Map(),
      direction: 'right',
      colours: {
        ...{ background: '#fff', node: '#fff', border: '#ccc', text: '#000' },
        ...{ faint: '#888', frame: '#eee', warning: '#fa0', error: '#f00' },
        category: () => '#00f'
      },
      preview: () => ({ kind: 'image', src: HOSTILE, text: HOSTILE, isLineArt: false })
    });
    const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(page.querySelector('parsererror')).toBeNull();
    expect(page.querySelector('script')).toBeNull();
    expect(page.querySelector('image')?.getAttribute('href')).toBe(HOSTILE);
  });
});
