import '../browser';

import { toSvg, type ISvgOptions } from '../../src/graph/panel/svg';
import { turningFilter } from '../../src/graph/panel/turnedPictures';
import type { ICellItem, IDrawnEdge } from '../../src/graph/layout/drawing';

const ORIGIN = { x: 0, y: 0 };
const POINT = { ...ORIGIN, width: 0, height: 0 };
const HOSTILE = 'AA"/><script>alert(1)</script>';

function cellOf(node: object = {}, shape: object = {}): ICellItem {
  return {
    ...{ kind: 'cell', id: 'a', section: null },
    node: {
      ...{ id: 'a', title: 'Plot', category: null, target: null },
      ...{ status: 'idle', problems: [] },
      ...node
    },
    shape: {
      ...{ width: 200, height: 200, direction: 'right', hasPicture: true },
      ...{ inputs: [], outputs: [] },
      ...shape
    }
  } as unknown as ICellItem;
}

function draw(cell: ICellItem, options: Partial<ISvgOptions> = {}): Document {
  const svg = toSvg({
    drawing: { items: [cell], edges: [], frames: [] },
    places: new Map([['a', { x: 0, y: 0 }]]),
    ways: () => ({
      from: ORIGIN,
      to: ORIGIN,
      path: 'M0,0',
      middle: ORIGIN,
      area: POINT
    }),
    colours: {
      ...{ background: '#ffffff', node: '#ffffff', border: '#cccccc' },
      ...{ text: '#000000', faint: '#888888', frame: '#eeeeee' },
      ...{ warning: '#ffaa00', error: '#ff0000', wanting: '#aa0000' },
      status: () => '#00aa00',
      category: () => '#0000ff'
    },
    latest: () => ({
      ...{ text: 'chart', whole: 'chart', isError: false, isOlder: false },
      result: { kind: 'image', src: 'data:', text: 'chart', isLineArt: true }
    }),
    state: () => ({ status: 'done', ms: 480 }),
    turned: new Set(),
    measure: (text, { size = 12, weight = 400 }) =>
      text.length * size * (weight > 400 ? 0.7 : 0.6),
    ...options
  });
  return new DOMParser().parseFromString(svg, 'image/svg+xml');
}

/** The colours in which texts are drawn. */
function textColours(page: Document): Record<string, string | null> {
  const all = [...page.querySelectorAll('text')];
  return Object.fromEntries(
    all.map(each => [each.textContent ?? '', each.getAttribute('fill')])
  );
}

describe('toSvg', () => {
  it('takes no markup from titles, outputs or their pictures', () => {
    const page = draw(cellOf({ title: HOSTILE }), {
      latest: () => ({
        ...{ text: HOSTILE, whole: HOSTILE, isError: false, isOlder: false },
        result: { kind: 'image', src: HOSTILE, text: HOSTILE, isLineArt: false }
      })
    });
    expect(page.querySelector('parsererror')).toBeNull();
    expect(page.querySelector('script')).toBeNull();
    expect(page.querySelector('image')?.getAttribute('href')).toBe(HOSTILE);
    // As on the canvas: the icons of skill and status, and how long it took.
    expect(page.querySelectorAll('svg > svg')).toHaveLength(2);
    expect(page.documentElement.textContent).toContain('0.48 s');
  });

  it.each([
    ['failed', 'skill', '#ff0000'],
    ['done', 'missing', '#ff0000'],
    ['done', 'skill', '#cccccc']
  ] as const)(
    'draws the border of a %s node of a %s skill as the canvas',
    (status, kind, colour) => {
      const page = draw(cellOf({ kind }), { state: () => ({ status }) });
      const borders = [...page.querySelectorAll('rect[stroke]')];
      expect(borders.map(each => each.getAttribute('stroke'))).toEqual([colour]);
    }
  );

  it('names the variable, and shows which ports are linked or wanting, as the canvas', () => {
    const port = (id: string, info: object): object => ({
      ...{ id, x: 0, y: 40, width: 100 },
      ports: [
        { name: id, text: null, required: false, linked: false, missing: null, ...info }
      ]
    });
    const inputs = [
      port('x', { linked: true, required: true, text: 'a' }),
      port('y', { required: true }),
      port('kind', {}),
      port('z', { text: 'gone.z', missing: 'gone' })
    ];
    expect(textColours(draw(cellOf({ target: 'curve' }, { inputs })))).toMatchObject({
      ...{ curve: '#888888', x: '#000000', y: '#aa0000', kind: '#888888', z: '#aa0000' }
    });
  });

  it('holds lines that go around the nodes', () => {
    const edge = { id: 'e', from: 'a', to: 'a', edges: [] } as unknown as IDrawnEdge;
    const page = draw(cellOf(), {
      drawing: { items: [cellOf()], edges: [edge], frames: [] },
      ways: () => ({
        ...{ from: ORIGIN, to: ORIGIN, path: 'M0,0 L230,50', middle: ORIGIN },
        area: { x: 0, y: 0, width: 231, height: 51 }
      })
    });
    const box = page.documentElement.getAttribute('viewBox');
    expect(box).toBe('-24 -24 279 248');
  });

  it('cuts a title before the variable begins', () => {
    const title = 'Molecular Hamiltonian';
    const page = draw(cellOf({ title, target: 'hamiltonian' }));
    const [first, second] = [...page.querySelectorAll('text')];
    expect(first?.textContent).toMatch(/^Mole\S*…$/);
    const width = (first?.textContent?.length ?? 0) * 12 * 0.7;
    const start = Number(second?.getAttribute('x')) - 11 * 11 * 0.6;
    expect(Number(first?.getAttribute('x')) + width).toBeLessThan(start);
  });

  it('shows two lines of an error, broken at a space', () => {
    const text = 'ValueError: basis must be one of sto-3g, 6-31g, cc-pvdz and so on';
    const page = draw(cellOf(), {
      latest: () => ({
        ...{ text, whole: text, isError: true },
        result: null,
        isOlder: false
      })
    });
    const lines = [...page.querySelectorAll('text[fill="#ff0000"]')];
    expect(lines.map(each => each.textContent)).toEqual([
      'ValueError: basis',
      'must be one of sto-…'
    ]);
  });

  /** The lines of an error in a picture, and how many letters were measured for it. */
  const drawError = (text: string): { lines: unknown[]; measured: number } => {
    let measured = 0;
    const page = draw(cellOf(), {
      latest: () => ({
        ...{ text, whole: text, isError: true, result: null, isOlder: false }
      }),
      measure: (part, { size = 12 }) => {
        measured += part.length;
        return part.length * size * 0.6;
      }
    });
    const lines = [...page.querySelectorAll('text[fill="#ff0000"]')];
    return { lines: lines.map(each => each.textContent), measured };
  };

  it('fills the first line of an error whose only space is far left', () => {
    expect(drawError(`Error: ${'x'.repeat(100)}`).lines).toEqual([
      `Error: ${'x'.repeat(13)}`,
      `${'x'.repeat(19)}…`
    ]);
  });

  it('measures a long error in few steps', () => {
    const { lines, measured } = drawError('x'.repeat(20_000));
    expect(lines).toEqual(['x'.repeat(20), `${'x'.repeat(19)}…`]);
    expect(measured).toBeLessThan(20_000);
  });

  it('turns the pictures that were drawn for the other ground, and no others', () => {
    const ground = draw(cellOf()).querySelector('image');
    expect(ground?.hasAttribute('filter')).toBe(false);
    const page = draw(cellOf(), { turned: new Set(['a']) });
    expect(page.querySelector('image')?.getAttribute('filter')).toBe('url(#turned)');
    expect(page.querySelectorAll('filter#turned')).toHaveLength(1);
  });
});

describe('turningFilter', () => {
  /** What the filter makes of a colour, its parts from 0 to 1. */
  const turn = (ground: string, colour: readonly number[]): number[] => {
    const text = turningFilter('t', ground);
    const values = (/values="([^"]*)"/.exec(text)?.[1] ?? '').split(' ').map(Number);
    return [0, 5, 10].map(row => {
      const sum = colour.reduce(
        (all, part, at) => all + part * (values[row + at] ?? 0),
        0
      );
      return Math.min(1, Math.max(0, sum + (values[row + 4] ?? 0)));
    });
  };

  it('gives white the ground of a dark theme, and makes black lines light', () => {
    turn('#112233', [1, 1, 1]).forEach((part, at) =>
      expect(part).toBeCloseTo(([0x11, 0x22, 0x33][at] ?? 0) / 255, 2)
    );
    expect(turn('#112233', [0, 0, 0])).toEqual([1, 1, 1]);
  });

  it('makes a dark ground white in a light theme', () => {
    expect(turn('#ffffff', [0.07, 0.07, 0.07])).toEqual([1, 1, 1]);
    expect(turn('#ffffff', [0, 0, 0])).toEqual([1, 1, 1]);
    expect(Math.max(...turn('#ffffff', [1, 1, 1]))).toBeLessThan(0.2);
  });
});
