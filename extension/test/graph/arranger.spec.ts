import '../browser';

import { buildGraph } from '@llmos-lab/skills';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell, Point } from '../../src/graph/graphModel/view';
import { boxesOf } from '../../src/graph/layout/placed';
import { Arranger } from '../../src/graph/panel/arranger';

/** A cell's code, where its node was put, and whether it came with that place. */
type Cell = readonly [source: string, position?: Point, isLoose?: boolean];

/** Three cells that nothing connects: a fourth one goes below them, and so moves them. */
const CELLS: Readonly<Record<string, Cell>> = {
  a: ['v = 1'],
  b: ['w = v'],
  c: ['x = v'],
  d: ['y = 2']
};

const DROPPED: Point = [700, 40];

const dropped = (source: string): Cell => [source, DROPPED, true];

describe('the places of nodes', () => {
  let arranger: Arranger;

  beforeEach(() => {
    arranger = new Arranger();
  });

  afterEach(() => arranger.dispose());

  function draw(cells: Readonly<Record<string, Cell>>): Promise<void> {
    const list = Object.entries(cells).map(
      ([id, [source, position = null, isLoose = false]]) => ({
        ...{ id, kind: 'code' as const, source, position, isLoose }
      })
    );
    return drawCells(list, new Set());
  }

  async function drawCells(
    cells: readonly INotebookCell[],
    folded: ReadonlySet<string>
  ): Promise<void> {
    const graph = buildGraph(cells.filter(({ kind }) => kind === 'code'));
    const view = describeGraph(cells, graph, () => undefined);
    arranger.draw(view, { direction: 'down', folded, hasPicture: () => false });
    for (let turns = 0; turns < 10 && !arranger.isSettled; turns++) {
      await Promise.resolve();
    }
    expect(arranger.isSettled).toBe(true);
  }

  const places = (): Record<string, unknown> => Object.fromEntries(arranger.places);

  /** The same as after a reload, which knows of nothing but the notebook. */
  async function reload(cells: Readonly<Record<string, Cell>>): Promise<unknown> {
    arranger.dispose();
    arranger = new Arranger();
    await draw(cells);
    return places();
  }

  it('stay when a node is dropped beside them, is connected and goes again', async () => {
    await draw(CELLS);
    const before = places();
    const after = { ...before, e: { x: 700, y: 40 } };
    await draw({ ...CELLS, e: dropped('z = 3') });
    expect(places()).toEqual(after);
    const connected = { ...CELLS, e: dropped('z = v + x') };
    await draw(connected);
    expect(places()).toEqual(after);
    expect(await reload(connected)).toEqual(after);
    await draw(CELLS);
    expect(places()).toEqual(before);
    await draw({ ...CELLS, e: dropped('z = 3') });
    expect(places()).toEqual(after);
  });

  it('are those of the layout once that is to decide on a dropped node too', async () => {
    const whole = { ...CELLS, e: ['z = v + x'] as const };
    await draw(whole);
    const arranged = places();
    arranger.reset();
    await draw(CELLS);
    await draw({ ...CELLS, e: dropped('z = v + x') });
    const beside = places();
    await draw(whole);
    expect(places()).toEqual(arranged);
    // Undo takes it back.
    await draw({ ...CELLS, e: dropped('z = v + x') });
    expect(places()).toEqual(beside);
  });

  it('stay when a node is dragged, which leaves its room to it', async () => {
    await draw(CELLS);
    const { b, ...others } = places();
    await draw({ ...CELLS, b: ['w = v', DROPPED] });
    expect(places()).toEqual({ ...others, b: { x: 700, y: 40 } });
    const moved = places();
    expect(await reload({ ...CELLS, b: ['w = v', DROPPED] })).toEqual(moved);
    await draw({ ...CELLS, b: ['w = v', DROPPED], e: ['z = 3'] });
    await draw(CELLS);
    expect(places()).toEqual({ b, ...others });
  });

  it('are those that people gave to folded sections', async () => {
    const cells = (position: Point | null): INotebookCell[] => [
      { id: 's', kind: 'markdown', source: '# Part', position },
      { id: 'a', kind: 'code', source: 'v = 1', position: [90, 90] }
    ];
    const folded = new Set(['s']);
    await drawCells(cells(null), folded);
    expect(places()).toEqual({ 'folded s': { x: 0, y: 0 } });
    await drawCells(cells([300, 20]), folded);
    expect(places()).toEqual({ 'folded s': { x: 300, y: 20 } });
    await drawCells(cells([300, 20]), new Set());
    expect(places()).toEqual({ a: { x: 90, y: 90 } });
  });

  it('are there where nothing is left to the layout', async () => {
    await draw(CELLS);
    await draw({ ...CELLS, e: dropped('z = 3') });
    await draw({ e: dropped('z = 3') });
    expect(arranger.isArranging).toBe(false);
    await draw({ e: dropped('z = 4') });
    expect(arranger.isArranging).toBe(false);
    expect(boxesOf(arranger.drawing, arranger.places).get('e')).toMatchObject({
      ...{ x: 700, y: 40 }
    });
  });
});
