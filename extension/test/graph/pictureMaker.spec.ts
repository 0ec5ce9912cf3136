import '../browser';

import type { NotebookPanel } from '@jupyterlab/notebook';
import { NotebookModel } from '@jupyterlab/notebook';
import { nullTranslator } from '@jupyterlab/translation';
import type { PartialJSONObject } from '@lumino/coreutils';
import { Blob } from 'node:buffer';

import { NotebookGraph } from '../../src/graph/graphModel/notebookGraph';
import { Arranger } from '../../src/graph/panel/arranger';
import { drawGraph, type IPictureOptions } from '../../src/graph/panel/pictureMaker';
import { libraryOf } from '../skills/fixtures';

// jsdom's has no text().
Object.defineProperty(globalThis, 'Blob', { value: Blob });
// Nor has it a canvas: colours stay as they are written.
Object.defineProperty(globalThis, 'OffscreenCanvas', {
  value: class {
    getContext(): null {
      return null;
    }
  }
});

/** A chain of five cells below a heading; the second was placed by hand. */
async function notebookGraph(
  llmos: PartialJSONObject = { v: 1, position: [12, 400] }
): Promise<NotebookGraph> {
  const model = new NotebookModel();
  const code = { cell_type: 'code' as const, metadata: {} };
  model.sharedModel.insertCells(0, [
    { cell_type: 'markdown', id: 'head', source: '# Chain', metadata: {} },
    { ...code, id: 'a', source: 'a = 1' },
    { ...code, id: 'b', source: 'b = a', metadata: { llmos } },
    { ...code, id: 'c', source: 'c = b' },
    { ...code, id: 'd', source: 'd = c' },
    { ...code, id: 'e', source: 'e = d' }
  ]);
  const { library } = libraryOf();
  await library.ready;
  return new NotebookGraph(model, library);
}

async function draw(
  direction: 'right' | 'down',
  folded: readonly string[] = [],
  run: IPictureOptions['run'] = null,
  graph?: NotebookGraph
): Promise<Document> {
  const notebook = { context: { path: 'chain.ipynb' }, node: document.body };
  const look = {
    ...{ ready: Promise.resolve(), direction },
    foldedIn: (path: string) => new Set(path === 'chain.ipynb' ? folded : [])
  };
  const blob = await drawGraph(
    notebook as unknown as NotebookPanel,
    graph ?? (await notebookGraph()),
    { look, run, format: 'svg', trans: nullTranslator.load('llmos') }
  );
  return new DOMParser().parseFromString(await blob.text(), 'image/svg+xml');
}

/** The nodes as drawn, in document order. */
function boxes(page: Document): Record<'x' | 'y' | 'width' | 'height', number>[] {
  const all = [...page.querySelectorAll('rect[rx="6"]')];
  return all.map(node => {
    const of = (name: string): number => Number(node.getAttribute(name));
    return { x: of('x'), y: of('y'), width: of('width'), height: of('height') };
  });
}

describe('drawGraph', () => {
  beforeAll(() => {
    // Yjs remarks that JupyterLab fills cells before they are in the document.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  it.each(['down', 'right'] as const)(
    'lets data flow %s as on the canvas, around what was placed by hand',
    async direction => {
      const nodes = boxes(await draw(direction));
      expect(nodes).toHaveLength(5);
      expect(nodes[1]).toMatchObject({ x: 12, y: 400 });
      const [along, across] =
        direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const);
      const others = nodes.filter((_, at) => at !== 1);
      expect(new Set(others.map(node => node[across])).size).toBe(1);
      others.slice(1).forEach((node, at) => {
        expect(node[along]).toBeGreaterThan(others[at]?.[along] ?? Infinity);
      });
      const overlapping = nodes.filter((a, at) =>
        nodes.some(
          (b, other) =>
            other > at &&
            a.x < b.x + b.width &&
            b.x < a.x + a.width &&
            a.y < b.y + b.height &&
            b.y < a.y + a.height
        )
      );
      expect(overlapping).toEqual([]);
    }
  );

  it('has nodes where the canvas has them, also beside one that came with its place', async () => {
    const graph = await notebookGraph({ v: 1, position: [500, 40], loose: true });
    const arranger = new Arranger();
    arranger.draw(graph.view, {
      ...{ direction: 'down', folded: new Set<string>(), hasPicture: () => false }
    });
    for (let turns = 0; turns < 10 && !arranger.isSettled; turns++) {
      await Promise.resolve();
    }
    const nodes = boxes(await draw('down', [], null, graph));
    expect(nodes.map(({ x, y }) => ({ x, y }))).toEqual(
      arranger.drawing.items.map(({ id }) => arranger.places.get(id))
    );
    expect(nodes[1]).toMatchObject({ x: 500, y: 40 });
    arranger.dispose();
    // One that was moved there has its room in the layout still.
    const moved = await notebookGraph({ v: 1, position: [500, 40] });
    expect(boxes(await draw('down', [], null, moved))[2]).not.toEqual(nodes[2]);
  });

  it('begins where the graph begins', async () => {
    const page = await draw('down');
    const [left, top] = (page.documentElement.getAttribute('viewBox') ?? '').split(' ');
    // The frame of the heading.
    const frame = page.querySelector('rect[rx="8"]');
    expect(Number(left)).toBe(Number(frame?.getAttribute('x')) - 24);
    expect(Number(top)).toBe(Number(frame?.getAttribute('y')) - 24);
  });

  it('shows how cells stand', async () => {
    const failed = { status: 'failed', message: 'ValueError: no' } as const;
    const run = { states: new Map([['b', failed]]) };
    const page = await draw('down', [], run);
    expect(page.documentElement.textContent).toContain('ValueError: no');
    expect((await draw('down')).documentElement.textContent).not.toContain(
      'ValueError'
    );
  });

  it('folds the sections that are folded there', async () => {
    const page = await draw('down', ['head']);
    expect(boxes(page)).toEqual([]);
    expect(page.documentElement.textContent).toContain('Chain');
  });
});
