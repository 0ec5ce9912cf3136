import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { CommandIDs } from '../../src/commands';
import { Bar, SearchRow } from '../../src/graph/panel/Bar';
import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import type { GraphPanelModel } from '../../src/graph/panel/panelModel';

const host = document.createElement('div');
const execute = jest.fn();
const showPlan = jest.fn();
let root: Root;

beforeEach(() => {
  document.body.append(host);
  root = createRoot(host);
  execute.mockClear();
  showPlan.mockClear();
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

function draw(isRunning: boolean): void {
  const context = {
    actions: { execute },
    run: { isRunning, canStop: isRunning, showPlan },
    trans: nullTranslator.load('llmos')
  };
  act(() =>
    root.render(
      <GraphContext.Provider value={context as unknown as IGraphContext}>
        <Bar
          model={{ tab: 'canvas', notebookName: 'h2.ipynb' } as GraphPanelModel}
          openMenu={() => undefined}
        />
      </GraphContext.Provider>
    )
  );
}

function button(label: string): HTMLButtonElement {
  const found = host.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
  if (!found) {
    throw new Error(`No button ${label}.`);
  }
  return found;
}

describe('a button of the graph that cannot be pressed now', () => {
  const isDisabled = (label: string): boolean =>
    button(label).getAttribute('aria-disabled') === 'true';

  it('keeps the focus that it had when it was pressed, and does nothing', () => {
    draw(false);
    expect([isDisabled('Run all'), isDisabled('Stop')]).toEqual([false, true]);
    button('Run all').focus();
    act(() => button('Run all').click());
    draw(true);
    expect(document.activeElement).toBe(button('Run all'));
    act(() => button('Run all').click());
    expect(execute.mock.calls).toEqual([[CommandIDs.runAll]]);
    button('Stop').focus();
    act(() => button('Stop').click());
    draw(false);
    expect(document.activeElement).toBe(button('Stop'));
    act(() => button('Stop').click());
    expect(execute.mock.calls).toEqual([[CommandIDs.runAll], [CommandIDs.stopRun]]);
  });

  it('shows no plan of a run that it would not begin', () => {
    draw(true);
    act(() => button('Run all').focus());
    expect(showPlan.mock.calls).toEqual([[null]]);
    draw(false);
    act(() => button('Run stale').focus());
    expect(showPlan).toHaveBeenLastCalledWith({ kind: 'stale' });
  });
});

describe('the bar of the graph', () => {
  it('names the notebook that it is of', () => {
    draw(false);
    const name = host.querySelector('[title="The graph of h2.ipynb"]');
    expect(name?.textContent).toBe('h2.ipynb');
  });
});

describe('the search of nodes', () => {
  const select = jest.fn();

  /** Draws it above the nodes of three cells, of which it finds some. */
  function search(found: readonly string[], selected: string): void {
    const context = {
      ...{ actions: { execute }, found: new Set(found) },
      trans: nullTranslator.load('llmos')
    };
    const model = { query: 'conv', select, selected: new Set([selected]) };
    act(() =>
      root.render(
        <GraphContext.Provider value={context as unknown as IGraphContext}>
          <SearchRow model={model as unknown as GraphPanelModel} />
          <div id="llmos-graph-body">
            <div tabIndex={-1}>
              {['a', 'b', 'c'].map(id => (
                <div key={id} className="react-flow__node" data-id={id} tabIndex={0} />
              ))}
            </div>
          </div>
        </GraphContext.Provider>
      )
    );
  }

  function press(key: string): void {
    const input = host.querySelector('input');
    act(() => input?.focus());
    const event = new KeyboardEvent('keydown', { key, bubbles: true });
    act(() => void input?.dispatchEvent(event));
  }

  const said = (): string | null | undefined =>
    host.querySelector('[role="status"]')?.textContent;
  const focused = (): string | null | undefined =>
    document.activeElement?.getAttribute('data-id');

  it('goes from one to the next by Enter, and says at which it is', () => {
    search(['b', 'c'], 'a');
    expect(said()).toBe('2 nodes');
    const texts = [1, 2, 3].map(() => {
      press('Enter');
      return said();
    });
    expect(texts).toEqual(['1 of 2', '2 of 2', '1 of 2']);
    expect(select.mock.calls).toEqual([[['b']], [['c']], [['b']]]);
    press('Enter');
    press('ArrowDown');
    expect(focused()).toBe('c');
  });

  it('gives the focus to what it finds first, else to what is selected', () => {
    search(['b', 'c'], 'a');
    press('ArrowDown');
    expect(focused()).toBe('b');
    search([], 'a');
    press('ArrowDown');
    expect(focused()).toBe('a');
    search(['folded'], 'a');
    press('ArrowDown');
    expect(document.activeElement).toBe(document.querySelector('[tabindex="-1"]'));
  });
});
