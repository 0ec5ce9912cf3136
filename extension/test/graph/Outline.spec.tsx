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

beforeEach(() => {
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

function draw(cells: readonly INotebookCell[], selected: string): void {
  const code = cells.filter(({ kind }) => kind === 'code');
  const context = {
    ...{ graph: null, run: null, notebook: null, found: null, sweeps: null },
    actions: { delete: deleted },
    trans: nullTranslator.load('llmos'),
    toggleFold: noop
  };
  act(() =>
    root.render(
      <GraphContext.Provider value={context as unknown as IGraphContext}>
        <Outline
          view={describeGraph(cells, buildGraph(code), () => undefined)}
          folded={new Set()}
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
});
