import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import { ReactFlowProvider } from '@xyflow/react';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { IBox } from '../../src/graph/layout/box';
import { toDrawing } from '../../src/graph/layout/drawing';
import { NODE_WIDTH } from '../../src/graph/layout/shape';
import { Canvas, type ICanvasProps } from '../../src/graph/panel/Canvas';
import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import type { ICanvasView } from '../../src/graph/panel/viewport';

const [WIDTH, HEIGHT, DRAWER] = [800, 600, 260];

const noop = (): void => undefined;
const host = document.createElement('div');
let root: Root;
let view: ICanvasView;

beforeEach(() => {
  const isDrawer = (element: HTMLElement): boolean =>
    element.matches('.llmos-GraphDrawer');
  // jsdom lays nothing out.
  const width = (element: HTMLElement): number =>
    isDrawer(element)
      ? DRAWER
      : element.matches('.react-flow__node')
        ? NODE_WIDTH
        : WIDTH;
  for (const name of ['offsetWidth', 'clientWidth'] as const) {
    jest.spyOn(HTMLElement.prototype, name, 'get').mockImplementation(function (
      this: HTMLElement
    ) {
      return width(this);
    });
  }
  for (const name of ['offsetHeight', 'clientHeight'] as const) {
    jest.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(HEIGHT);
  }
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  jest.restoreAllMocks();
});

interface ILook {
  /** Whether the library is open. */
  readonly isCovered?: boolean;
  /** What the lines between the nodes take. */
  readonly area?: IBox;
  /** The cell of a folded section below the others. */
  readonly folded?: string;
}

/** Draws cells at their places. */
function draw(
  places: Readonly<Record<string, readonly [number, number]>>,
  { isCovered = false, area = { x: 0, y: 0, width: 0, height: 0 }, folded }: ILook = {}
): void {
  const ids = Object.keys(places).filter(id => !id.startsWith('folded '));
  const code = [...ids, ...(folded === undefined ? [] : [folded])].map((id, at) => ({
    ...{ id, kind: 'code' as const, position: null },
    source: `${id} = ${ids[at - 1] ?? 1}`
  }));
  const title = { id: 's', kind: 'markdown' as const, position: null, source: '# S' };
  const cells = [...code.slice(0, ids.length), title, ...code.slice(ids.length)];
  const drawing = toDrawing(
    describeGraph(cells, buildGraph(code), () => undefined),
    { direction: 'down', folded: new Set(['s']), hasPicture: () => false }
  );
  const props: ICanvasProps = {
    ...{ drawing, isSettled: true, map: 'none', isCovered },
    places: new Map(
      Object.entries(places).map(([id, [x, y]]) => [id, { x, y }] as const)
    ),
    ways: () => ({
      ...{ from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, middle: { x: 0, y: 0 } },
      ...{ path: 'M0,0', area }
    }),
    ...{ selected: new Set(), takesFocus: { current: false } },
    lost: { current: false },
    ...{ select: noop, openMenu: noop, move: noop },
    onReady: ready => {
      view = ready;
    }
  };
  const context = {
    ...{ graph: null, run: null, notebook: null, found: null },
    ...{ trans: nullTranslator.load('llmos'), toggleFold: noop }
  };
  act(() =>
    root.render(
      <GraphContext.Provider value={context as unknown as IGraphContext}>
        <ReactFlowProvider>
          {isCovered && <div className="llmos-GraphDrawer" />}
          <Canvas key="canvas" {...props} />
        </ReactFlowProvider>
      </GraphContext.Provider>
    )
  );
}

interface IViewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** What part of the canvas is shown. */
function viewport(): IViewport {
  const style = host.querySelector<HTMLElement>('.react-flow__viewport')?.style;
  const [x = 0, y = 0, zoom = 1] = (style?.transform.match(/-?[\d.]+/g) ?? []).map(
    Number
  );
  return { x, y, zoom };
}

/** Asks for something that React Flow does in the next frame. */
async function ask(action: () => void): Promise<void> {
  act(action);
  await act(() => new Promise(done => void requestAnimationFrame(done)));
}

/** Where a box begins and ends on the screen, from left to right. */
function shown(from: number, width: number): readonly [left: number, right: number] {
  const { x, zoom } = viewport();
  return [from * zoom + x, (from + width) * zoom + x];
}

describe('the view of the whole graph', () => {
  it('holds lines that go around its nodes', async () => {
    // Around a node at the left.
    const area = { x: -900, y: 50, width: 1000, height: 200 };
    const line = (): readonly [number, number] => shown(area.x, area.width);
    draw({ a: [0, 0], b: [0, 200] }, { area });
    expect(line()[0]).toBeCloseTo(20);
    await ask(() => view.reveal('b'));
    expect(line()[0]).toBeLessThan(0);
    await ask(() => view.fit());
    expect(line()[0]).toBeCloseTo(20);
    expect(line()[1]).toBeLessThanOrEqual(WIDTH - 20);
  });

  it('is of all its nodes, however far apart they stand', async () => {
    const far = 40_000;
    draw({ a: [0, 0], b: [0, far] });
    await ask(() => view.fit());
    const { y, zoom } = viewport();
    expect(y).toBeGreaterThan(0);
    expect(far * zoom + y).toBeLessThan(HEIGHT);
    // Dots would be smaller than a pixel there, and as many.
    expect(host.querySelector('.react-flow__background')).toBeNull();
    await ask(() => view.reveal('a'));
    expect(host.querySelector('.react-flow__background')).not.toBeNull();
  });

  it('is shown at once, by no other on the way', async () => {
    draw(
      { a: [0, 0], b: [0, 200] },
      { area: { x: -900, y: 50, width: 1000, height: 200 } }
    );
    await ask(() => view.reveal('b'));
    const canvas = host.querySelector('.react-flow__viewport');
    let times = 0;
    const moved = new MutationObserver(records => {
      times += records.length;
    });
    moved.observe(canvas as Element, { attributeFilter: ['style'] });
    await ask(() => view.fit());
    moved.disconnect();
    expect(times).toBe(1);
  });
});

describe('the view of a node', () => {
  it('is that of the folded section which it is in', async () => {
    draw({ a: [0, 0], 'folded s': [3000, 0] }, { folded: 'b' });
    const left = (): number => shown(3000, NODE_WIDTH)[0];
    expect(left()).toBeGreaterThan(WIDTH);
    await ask(() => view.reveal('b'));
    expect(left()).toBeGreaterThan(0);
    expect(left()).toBeLessThan(WIDTH);
  });
});

describe('the view when the library closes', () => {
  it('is what it was', () => {
    const places = { a: [0, 0], b: [500, 0] } as const;
    draw(places);
    const before = viewport();
    draw(places, { isCovered: true });
    expect(shown(0, NODE_WIDTH)[0]).toBeGreaterThan(DRAWER);
    draw(places);
    expect(viewport()).toEqual(before);
  });

  it('is what a person has moved it to, also where that cuts nodes', async () => {
    const places = { a: [0, 0], b: [350, 0] } as const;
    draw(places);
    draw(places, { isCovered: true });
    await ask(() => view.reveal('a'));
    const moved = viewport();
    expect(shown(350, NODE_WIDTH)[1]).toBeGreaterThan(WIDTH);
    draw(places);
    expect(viewport()).toEqual(moved);
  });

  it('has nodes in sight that were added', () => {
    const places = { a: [0, 0], b: [350, 0] } as const;
    draw({ a: [0, 0] });
    draw({ a: [0, 0] }, { isCovered: true });
    draw(places, { isCovered: true });
    expect(shown(350, NODE_WIDTH)[1]).toBeGreaterThan(WIDTH);
    draw(places);
    expect(shown(350, NODE_WIDTH)[1]).toBeLessThanOrEqual(WIDTH);
  });
});
