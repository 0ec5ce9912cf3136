import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { GraphContext, type IGraphContext } from '../../src/graph/panel/context';
import { Drawer } from '../../src/graph/panel/Drawer';

const SKILLS = ['quantum-vqe', 'plot-convergence'].map(id => ({
  skill: { id, name: id, description: id, category: 'quantum', kind: 'executable' }
}));

const SEARCH = (query: string): unknown =>
  SKILLS.filter(({ skill }) => skill.id.includes(query));

describe('the drawer', () => {
  it('gives the focus back to what opened it, or to the graph', () => {
    const host = document.createElement('div');
    document.body.append(host);
    const root = createRoot(host);
    const trans = nullTranslator.load('llmos');
    const context = { library: { search: SEARCH }, trans } as unknown as IGraphContext;
    const show = (isOpen: boolean, isEmpty: boolean): void =>
      act(() =>
        root.render(
          <GraphContext.Provider value={context}>
            {isOpen && <Drawer close={() => show(false, isEmpty)} />}
            <div tabIndex={-1}>{isEmpty && <button />}</div>
          </GraphContext.Provider>
        )
      );
    const escape = (): void => {
      const key = { key: 'Escape', bubbles: true };
      act(() => {
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
      });
    };
    show(false, true);
    host.querySelector('button')?.focus();
    show(true, true);
    expect(document.activeElement?.tagName).toBe('INPUT');
    escape();
    expect(document.activeElement?.tagName).toBe('BUTTON');
    show(true, true);
    show(true, false);
    escape();
    expect(document.activeElement).toBe(host.firstElementChild);
    expect(host.children).toHaveLength(1);
    act(() => root.unmount());
    host.remove();
  });
});

describe('the search of the drawer', () => {
  const add = jest.fn<Promise<boolean>, unknown[]>(() => Promise.resolve(true));
  const host = document.createElement('div');
  const root = createRoot(host);

  beforeAll(() => {
    document.body.append(host);
    const trans = nullTranslator.load('llmos');
    const context = { actions: { add }, library: { search: SEARCH }, trans };
    act(() =>
      root.render(
        <GraphContext.Provider value={context as unknown as IGraphContext}>
          <Drawer close={() => undefined} />
        </GraphContext.Provider>
      )
    );
  });

  afterAll(() => {
    act(() => root.unmount());
    host.remove();
  });

  async function enter(query: string): Promise<void> {
    const input = host.querySelector('input') as HTMLInputElement;
    const { set } =
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {};
    act(() => {
      set?.call(input, query);
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    const key = { key: 'Enter', bubbles: true, cancelable: true };
    await act(() => {
      input.dispatchEvent(new KeyboardEvent('keydown', key));
      return Promise.resolve();
    });
  }

  it('adds the first match by Enter', async () => {
    await enter('plot');
    expect(add.mock.calls).toEqual([['plot-convergence', null]]);
  });

  it('tells of each skill that was added, also of the same once more', async () => {
    const said = (): Element | null =>
      host.querySelector('section > [role="status"] > span');
    await enter('plot');
    const first = said();
    expect(first?.textContent).toBe('plot-convergence was added.');
    await enter('plot');
    expect(said()?.textContent).toBe(first?.textContent);
    expect(said()).not.toBe(first);
  });

  it('adds nothing where nothing matches, or nothing was searched', async () => {
    add.mockClear();
    await enter('zzz');
    await enter('');
    expect(add).not.toHaveBeenCalled();
  });
});
