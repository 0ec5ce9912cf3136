import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import { Signal } from '@lumino/signaling';
import { ReactFlowProvider } from '@xyflow/react';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell } from '../../src/graph/graphModel/view';
import type { Places } from '../../src/graph/layout/arrange';
import { toDrawing } from '../../src/graph/layout/drawing';
import { waysOf } from '../../src/graph/layout/ways';
import { Canvas, type ICanvasProps } from '../../src/graph/panel/Canvas';
import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import type { ICellState, IPlannedCell } from '../../src/graph/run/tokens';

const SOURCES = {
  a: 'v = 1',
  t: '# Open',
  b: 'w = v',
  u: '# Folded',
  c: 'x = w'
};
const CELLS = Object.entries(SOURCES).map(([id, source]): INotebookCell => ({
  ...{ id, source, position: null },
  kind: source.startsWith('#') ? 'markdown' : 'code'
}));
const CODE = CELLS.filter(({ kind }) => kind === 'code');

const plain = nullTranslator.load('llmos');
/** Marks what it translates. */
const trans: Pick<typeof plain, '__' | '_n'> = {
  __: (text, ...values: unknown[]) => `«${plain.__(text, ...values)}»`,
  _n: (one, many, count) => plain._n(one, many, count)
};

interface ILook {
  readonly selected: string | readonly string[];
  /** The cells that there are. */
  readonly cells?: readonly INotebookCell[];
  /** Cells with a picture, which makes their node higher. */
  readonly pictures?: readonly string[];
  readonly places?: Places;
  /** The section that is folded. */
  readonly folded?: string;
  /** The nodes that the search finds. */
  readonly found?: ReadonlySet<string>;
}

const PLACES: Places = new Map([
  ['a', { x: 100, y: 0 }],
  ['b', { x: 100, y: 200 }]
]);

const noop = (): void => undefined;
const move = jest.fn<undefined, [Places]>();
/** How the cells stand. */
const run = {
  states: new Map<string, Pick<ICellState, 'status'>>(),
  changed: new Signal<object, ReadonlySet<string>>({}),
  shownPlan: null as { cells: Map<string, Pick<IPlannedCell, 'action'>> } | null
};
const host = document.createElement('div');
const other = document.createElement('button');
let root: Root;

beforeEach(() => {
  document.body.append(host, other);
  root = createRoot(host);
  move.mockClear();
  run.states.clear();
  run.shownPlan = null;
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  other.remove();
});

/** Draws the canvas, also anew, as a change of the notebook or a run does. */
function draw(look: ILook): void {
  const { selected, cells = CODE, pictures = [], places = PLACES } = look;
  const view = describeGraph(CELLS, buildGraph(cells), () => undefined);
  const drawing = toDrawing(view, {
    ...{ direction: 'down', folded: new Set([look.folded ?? 'u']) },
    hasPicture: ({ id }) => pictures.includes(id)
  });
  const layout = { places, routes: new Map() };
  const props: ICanvasProps = {
    ...{ drawing, places, isSettled: true, map: 'none', isCovered: false, move },
    ways: waysOf({ drawing, places, layout, direction: 'down' }),
    selected: new Set([selected].flat()),
    ...{ takesFocus: { current: false }, lost: { current: false } },
    ...{ select: noop, openMenu: noop, onReady: noop }
  };
  const context = {
    graph: null,
    run,
    notebook: null,
    found: look.found ?? null,
    trans,
    toggleFold: noop
  };
  act(() =>
    root.render(
      <GraphContext.Provider value={context as unknown as IGraphContext}>
        <ReactFlowProvider>
          <Canvas {...props} />
        </ReactFlowProvider>
      </GraphContext.Provider>
    )
  );
}

function nodeOf(id: string): HTMLElement {
  const node = host.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);
  if (!node) {
    throw new Error(`No node ${id}.`);
  }
  return node;
}

/** Gives a node the focus and holds a key down, which repeats it. */
function hold(id: string, key: string, times: number): void {
  act(() => nodeOf(id).focus());
  for (let left = times; left > 0; left--) {
    press(id, 'keydown', key);
  }
}

function press(id: string, type: 'keydown' | 'keyup', key: string): void {
  const event = new KeyboardEvent(type, { key, bubbles: true, cancelable: true });
  act(() => void nodeOf(id).dispatchEvent(event));
}

/** Where a node stands on the canvas. */
function placeOf(id: string): string {
  return nodeOf(id).style.transform;
}

const kept = (): unknown[] => move.mock.calls.map(([places]) => [...places]);

describe('what screen readers hear of a node', () => {
  const described = (id: string): string | null => {
    const text = nodeOf(id).getAttribute('aria-describedby');
    return text === null ? null : (document.getElementById(text)?.textContent ?? '');
  };

  it('is its name with how its cell stands, also while it runs', () => {
    draw({ selected: 'a' });
    const name = (): string | null => nodeOf('b').getAttribute('aria-label');
    expect(name()).toBe('w = v, «code»');
    for (const status of ['running', 'failed'] as const) {
      run.states.set('b', { status });
      act(() => run.changed.emit(new Set(['b'])));
      expect(name()).toBe(`w = v, «code», «${status}»`);
    }
    const other = CODE.map(cell =>
      cell.id === 'b' ? { ...cell, source: 'y = v' } : cell
    );
    draw({ selected: 'a', cells: other });
    expect(name()).toBe('y = v, «code», «failed»');
  });

  it('is what its keys do, in the language of the application', () => {
    draw({ selected: 'a' });
    expect(described('a')).toMatch(/^«Press Enter to edit the cell, an arrow key/);
  });

  it('is nothing about keys at a folded section, at whose button Tab stops', () => {
    draw({ selected: 'a' });
    expect(described('folded u')).toBeNull();
    expect(nodeOf('folded u').tabIndex).toBe(-1);
    const button = nodeOf('folded u').querySelector('button');
    expect(button?.getAttribute('aria-label')).toBe('«Open Folded»');
    expect(button?.tabIndex).toBe(0);
  });

  it('is how many there are, once more than one is selected', () => {
    draw({ selected: 'a' });
    const said = (): string | null | undefined =>
      host.querySelector('[aria-live]')?.textContent;
    expect(said()).toBe('');
    draw({ selected: ['a', 'b'] });
    expect(said()).toBe('«2 nodes are selected.»');
  });

  it('is how an arrow key moves it', () => {
    draw({ selected: 'a' });
    const said = (): string | null | undefined =>
      host.querySelector('[aria-live]')?.textContent;
    const texts = ['Up', 'Left', 'Down', 'Right'].map(direction => {
      hold('a', `Arrow${direction}`, 1);
      return said();
    });
    expect(texts).toEqual([
      '«Moved up from 100, 0»',
      '«Moved left from 100, -5»',
      '«Moved down from 95, -5»',
      '«Moved right from 95, 0»'
    ]);
  });
});

describe('a node that an arrow key moves', () => {
  it('is moved by one step as long as the key is held', () => {
    draw({ selected: 'a' });
    hold('a', 'ArrowDown', 3);
    expect(placeOf('a')).toBe('translate(100px,15px)');
    expect(kept()).toEqual([]);
    press('a', 'keyup', 'ArrowDown');
    expect(kept()).toEqual([[['a', { x: 100, y: 15 }]]]);
    press('a', 'keyup', 'ArrowDown');
    expect(move).toHaveBeenCalledTimes(1);
  });

  it('stays where it is moved to while the graph is drawn anew', () => {
    draw({ selected: 'b' });
    hold('b', 'ArrowRight', 2);
    // A picture above it: the layout has its section lower.
    const places = new Map(PLACES).set('b', { x: 100, y: 320 });
    draw({ selected: 'b', pictures: ['a'], places });
    expect(placeOf('b')).toBe('translate(110px,200px)');
    press('b', 'keydown', 'ArrowRight');
    press('b', 'keyup', 'ArrowRight');
    expect(kept()).toEqual([[['b', { x: 115, y: 200 }]]]);
    // What is kept is the notebook's; without that, the layout's.
    draw({ selected: 'b', places });
    expect(placeOf('b')).toBe('translate(100px,320px)');
  });

  it('is kept where the focus goes elsewhere before the key is let go', () => {
    draw({ selected: 'a' });
    hold('a', 'ArrowDown', 1);
    act(() => nodeOf('b').focus());
    expect(kept()).toEqual([]);
    act(() => other.focus());
    expect(kept()).toEqual([[['a', { x: 100, y: 5 }]]]);
    press('b', 'keyup', 'ArrowDown');
    expect(move).toHaveBeenCalledTimes(1);
  });

  it('is not kept once its cell has gone', () => {
    draw({ selected: 'a' });
    hold('a', 'ArrowDown', 1);
    draw({ selected: 'b', cells: CODE.filter(({ id }) => id !== 'a') });
    press('b', 'keyup', 'ArrowDown');
    expect(kept()).toEqual([]);
  });
});

describe('a node that has the focus', () => {
  const without = (...ids: string[]): INotebookCell[] =>
    CODE.filter(({ id }) => !ids.includes(id));

  it('leaves it to the node that is selected when it goes, else to the canvas', () => {
    draw({ selected: 'a' });
    act(() => nodeOf('a').focus());
    draw({ selected: 'b', cells: without('a') });
    expect(document.activeElement).toBe(nodeOf('b'));
    draw({ selected: '', cells: without('a', 'b') });
    expect(document.activeElement).toBe(host.querySelector('.llmos-GraphCanvas'));
  });

  it('leaves it to nothing where it had it no more', () => {
    draw({ selected: 'a' });
    act(() => nodeOf('a').focus());
    act(() => other.focus());
    act(() => other.blur());
    draw({ selected: 'b', cells: without('a') });
    expect(document.activeElement).toBe(document.body);
  });
});

describe('a folded section', () => {
  const CELL = 'c';
  const box = (): Element | null => nodeOf('folded u').firstElementChild;
  const said = (): (string | null | undefined)[] => [
    box()?.querySelector('.llmos-GraphFolded-count')?.textContent,
    nodeOf('folded u').getAttribute('aria-label')
  ];
  const change = (): void => act(() => run.changed.emit(new Set([CELL])));

  it('shows and says how its cells stand, while they run', () => {
    draw({ selected: 'a' });
    expect(said()).toEqual(['1 cell', '«Folded, folded section», 1 cell']);
    expect(box()?.querySelector('.llmos-Status')).toBeNull();
    for (const status of ['running', 'failed'] as const) {
      run.states.set(CELL, { status });
      change();
      expect(said()).toEqual([
        `1 cell · 1 «${status}»`,
        `«Folded, folded section», 1 cell, 1 «${status}»`
      ]);
      const sign = box()?.querySelector('.llmos-Status');
      expect([sign, box()].map(each => each?.getAttribute('data-status'))).toEqual([
        status,
        status
      ]);
    }
    const button = nodeOf('folded u').querySelector('button');
    const described = button?.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(described)?.textContent).toBe('1 cell · 1 «failed»');
  });

  it('shows how many of its cells the search finds, and steps back where none', () => {
    draw({ selected: 'a', found: new Set([CELL, 'a']) });
    expect(said()[0]).toBe('1 cell · «1 found»');
    expect(box()?.classList).not.toContain('llmos-mod-dimmed');
    draw({ selected: 'a', found: new Set(['a']) });
    expect(said()[0]).toBe('1 cell');
    expect(box()?.classList).toContain('llmos-mod-dimmed');
  });

  it('shows what a run would do with its cells', () => {
    draw({ selected: 'a' });
    run.shownPlan = { cells: new Map([[CELL, { action: 'run' }]]) };
    change();
    expect(said()[0]).toBe('1 cell · «1 will run»');
    expect(box()?.classList).toContain('llmos-mod-plan-run');
    run.shownPlan = null;
    change();
    expect(said()[0]).toBe('1 cell');
    expect(box()?.classList).not.toContain('llmos-mod-plan-run');
  });
});

describe('a section that is folded or opened by its button', () => {
  const button = (label: string): HTMLElement | null =>
    host.querySelector(`[aria-label="«${label}»"]`);

  it('keeps the focus in its button, which is another one then', () => {
    // Frames are around cells that have a place.
    const places = new Map(PLACES).set('c', { x: 100, y: 300 });
    const turn = (folded: string): void => draw({ selected: 'a', folded, places });
    draw({ selected: 'a' });
    act(() => {
      button('Open Folded')?.focus();
      button('Open Folded')?.click();
    });
    turn('t');
    expect(document.activeElement).toBe(button('Fold Folded'));
    act(() => button('Fold Folded')?.click());
    turn('u');
    expect(document.activeElement).toBe(button('Open Folded'));
    // Once: a later redraw takes no focus.
    act(() => button('Open Folded')?.blur());
    turn('t');
    expect(document.activeElement).toBe(document.body);
  });

  it('takes no focus from elsewhere', () => {
    draw({ selected: 'a' });
    act(() => button('Open Folded')?.click());
    act(() => other.focus());
    draw({ selected: 'a', folded: 't' });
    expect(document.activeElement).toBe(other);
  });
});
