import {
  Position,
  ReactFlow,
  ReactFlowProvider,
  type Edge,
  type Node,
  type NodeHandle
} from '@xyflow/react';
import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import * as React from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell } from '../../src/graph/graphModel/view';
import { Canvas } from '../../src/graph/panel/Canvas';
import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import { toDrawing } from '../../src/graph/layout/drawing';
import { waysOf } from '../../src/graph/layout/ways';

/** The two ways to draw the same nodes. */
export type Kind = 'panel' | 'bare';

/** Milliseconds from the first call of React to the frame that shows nodes and edges. */
interface IDrawn {
  readonly shown: number;
  /** Until all that stands in the nodes is there. */
  readonly whole: number;
}

/** What the benchmark calls in the page. */
export interface IBenchPage {
  draw(kind: Kind, count: number): Promise<IDrawn>;
  /** Milliseconds of each frame while the canvas is dragged; call with a drag under way. */
  frames(count: number): Promise<readonly number[]>;
}

const COLUMNS = 40;

/** Cells that each use the values of two earlier ones. */
function makeCells(count: number): INotebookCell[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `c${at}`,
    kind: 'code',
    source:
      at < COLUMNS
        ? `v${at} = ${at}`
        : `v${at} = v${at - COLUMNS} + v${at - COLUMNS + (at % 3 === 0 ? 0 : 1)}`,
    position: null
  }));
}

function scene(count: number): {
  readonly drawing: ReturnType<typeof toDrawing>;
  readonly places: Map<string, { x: number; y: number }>;
} {
  const cells = makeCells(count);
  const view = describeGraph(cells, buildGraph(cells), () => undefined);
  const drawing = toDrawing(view, {
    direction: 'down',
    folded: new Set(),
    hasPicture: () => false
  });
  const places = new Map(
    cells.map(({ id }, at) => [
      id,
      { x: (at % COLUMNS) * 260, y: Math.floor(at / COLUMNS) * 140 }
    ])
  );
  return { drawing, places };
}

const nothing = (): void => undefined;
const CONTEXT = {
  graph: null,
  run: null,
  notebook: null,
  sweeps: null,
  library: null,
  actions: null,
  trans: nullTranslator.load('llmos'),
  toggleFold: nothing,
  found: null
} as unknown as IGraphContext;

function panelElement(count: number): React.JSX.Element {
  const { drawing, places } = scene(count);
  const layout = { places, routes: new Map() };
  const ways = waysOf({ drawing, places, layout, direction: 'down' });
  return (
    <GraphContext.Provider value={CONTEXT}>
      <ReactFlowProvider>
        <Canvas
          drawing={drawing}
          places={places}
          ways={ways}
          isSettled
          selected={new Set()}
          map="none"
          isCovered={false}
          takesFocus={{ current: false }}
          lost={{ current: false }}
          select={nothing}
          move={nothing}
          openMenu={nothing}
          onReady={nothing}
        />
      </ReactFlowProvider>
    </GraphContext.Provider>
  );
}

/** Where the default node has its two handles. */
function handlesOf(width: number, height: number): NodeHandle[] {
  const size = { width: 6, height: 6 };
  return [
    { type: 'target', position: Position.Top, x: width / 2 - 3, y: -3, ...size },
    {
      type: 'source',
      position: Position.Bottom,
      x: width / 2 - 3,
      y: height - 3,
      ...size
    }
  ];
}

/**
 * React Flow as it comes, with the same nodes, sizes, edges and view. It is given sizes
 * and handles as the panel gives them: without, it draws every node once to measure it,
 * also those out of sight, and its first drawing is ten times slower.
 */
function bareElement(count: number): React.JSX.Element {
  const { drawing, places } = scene(count);
  const nodes = drawing.items.map(({ id, shape }): Node => ({
    id,
    position: places.get(id) ?? { x: 0, y: 0 },
    ...{ width: shape.width, height: shape.height },
    measured: { width: shape.width, height: shape.height },
    handles: handlesOf(shape.width, shape.height),
    data: { label: id }
  }));
  const edges = drawing.edges.map(({ id, from, to }): Edge => ({
    id,
    source: from,
    target: to
  }));
  return (
    <ReactFlow
      defaultNodes={nodes}
      defaultEdges={edges}
      defaultViewport={{ x: 24, y: 36, zoom: 0.6 }}
      onlyRenderVisibleElements
      minZoom={0.08}
    />
  );
}

let root: Root | null = null;

async function draw(kind: Kind, count: number): Promise<IDrawn> {
  root?.unmount();
  const host = document.createElement('div');
  host.style.cssText = 'position: absolute; inset: 0; display: flex';
  document.body.replaceChildren(host);
  const element = kind === 'panel' ? panelElement(count) : bareElement(count);
  await frame();
  const start = performance.now();
  root = createRoot(host);
  root.render(element);
  while (!host.querySelector('.react-flow__node')) {
    await frame();
  }
  // Edges come with the frame after the nodes.
  while (!host.querySelector('.react-flow__edge')) {
    await frame();
  }
  const shown = performance.now() - start;
  // In a large graph the panel fills its boxes when there is time.
  while (host.querySelector('.llmos-GraphNode:not(:has(.llmos-GraphNode-footer))')) {
    await frame();
  }
  return { shown, whole: performance.now() - start };
}

function frame(): Promise<number> {
  return new Promise(resolve => requestAnimationFrame(resolve));
}

async function frames(count: number): Promise<readonly number[]> {
  const times: number[] = [];
  let before = await frame();
  while (times.length < count) {
    const now = await frame();
    times.push(now - before);
    before = now;
  }
  return times;
}

const page: IBenchPage = { draw, frames };
Object.assign(globalThis, { benchPage: page });
