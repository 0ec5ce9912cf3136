import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { describeGraph } from '../../src/graph/graphModel/describe';
import type { INotebookCell } from '../../src/graph/graphModel/view';
import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import { Outline } from '../../src/graph/panel/Outline';

const cell = (id: string, source: string): INotebookCell => ({
  ...{ id, source, position: null },
  kind: source.startsWith('#') ? 'markdown' : 'code'
});
const A = cell('a', 'v = 1');
const T = cell('t', '# Second');
const B = cell('b', 'w = 2');
const C = cell('c', 'x = 3');

const noop = (): void => undefined;
const host = document.createElement('div');
const deleted = jest.fn();
let root: Root;

const scrolled = jest.fn<undefined, [string | undefined]>();
// jsdom lays nothing out.
HTMLElement.prototype.scrollIntoView = function () {
  scrolled(this.dataset.key);
};

beforeEach(() => {
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

function draw(
  cells: readonly INotebookCell[],
  selected: string,
  found: ReadonlySet<string> | null = null,
  folded: readonly string[] = []
): void {
  const code = cells.filter(({ kind }) => kind === 'code');
  const context = {
    ...{ graph: null, run: null, notebook: null, found, sweeps: null },
    actions: { delete: deleted },
    trans: nullTranslator.load('llmos'),
    toggleFold: noop
  };
  act(() =>
    root.render(
      <GraphContext.Provider value={context as unknown as IGraphContext}>
        <Outline
          view={describeGraph(cells, buildGraph(code), () => undefined)}
          folded={new Set(folded)}
          selected={new Set([selected])}
          lost={{ current: false }}
          select={noop}
          openMenu={noop}
        />
      </GraphContext.Provider>
    )
  );
}

const row = (key: string): HTMLElement | null =>
  host.querySelector(`[data-key="${key}"]`);

describe('Outline', () => {
  it.each([
    ['the one below, past a heading', [A, T, B, C], 'a', 'b'],
    ['the one above where it was the last', [A, T, B], 'b', 'a']
  ])('focuses after a deletion what is selected: %s', (_, cells, gone, next) => {
    draw(cells, gone);
    act(() => row(gone)?.focus());
    const event = new KeyboardEvent('keydown', { key: 'Delete', bubbles: true });
    act(() => void row(gone)?.dispatchEvent(event));
    expect(deleted).toHaveBeenLastCalledWith([gone]);
    const left = cells.filter(({ id }) => id !== gone);
    // The next cell is selected before the graph is drawn anew.
    draw(cells, next);
    draw(left, next);
    expect(document.activeElement).toBe(row(next));
    expect(row(next)?.getAttribute('aria-selected')).toBe('true');
  });

  it('stays where it is when another cell goes', () => {
    draw([A, T, B, C], 'b');
    act(() => row('c')?.focus());
    draw([A, T, C], 'a');
    expect(document.activeElement).toBe(row('c'));
  });

  it('has Tab go to what is selected elsewhere, and that in sight', () => {
    const tabStop = (): string | undefined =>
      host.querySelector<HTMLElement>('[tabindex="0"]')?.dataset.key;
    draw([A, T, B, C], 'a');
    act(() => row('b')?.focus());
    act(() => row('b')?.blur());
    draw([A, T, B, C], 'a');
    expect(tabStop()).toBe('b');
    // As the search of nodes does.
    draw([A, T, B, C], 'c');
    expect(tabStop()).toBe('c');
    expect(scrolled).toHaveBeenLastCalledWith('c');
    act(() => row('a')?.focus());
    act(() => row('a')?.blur());
    draw([A, T, B, C], 'c', new Set(['b', 'c']));
    expect(tabStop()).toBe('c');
  });
  it('shows what the search finds in folded sections, which cannot be folded then', () => {
    const cells = [A, T, B, C];
    draw(cells, 'a', null, ['t']);
    expect(row('b')).toBeNull();
    expect(row('section t')?.getAttribute('aria-expanded')).toBe('false');
    draw(cells, 'a', new Set(['b']), ['t']);
    expect(row('b')).not.toBeNull();
    expect(row('section t')?.hasAttribute('aria-expanded')).toBe(false);
  });
});
