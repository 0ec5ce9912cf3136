import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { describeGraph } from '../../src/graph/graphModel/describe';
import {
  ConnectView,
  type IConnectionChoice
} from '../../src/graph/panel/ConnectDialog';
import { entryOf, libraryOf, VQE } from '../skills/fixtures';

const SOURCE = entryOf('quantum-hamiltonian', {
  outputs: [
    { name: 'energy', type: 'number' },
    { name: 'terms', type: 'object' },
    { name: 'hamiltonian', type: 'object' }
  ]
});
const { library } = libraryOf(SOURCE, VQE);

function show(
  start: { readonly cell: string; readonly port: string | null },
  ...sources: readonly string[]
): { readonly text: string; readonly chosen: IConnectionChoice | undefined } {
  const cells = sources.map((source, at) => ({
    ...{ id: `c${at}`, kind: 'code' as const, source, position: null }
  }));
  const view = describeGraph(cells, buildGraph(cells), id => library.get(id));
  let chosen: IConnectionChoice | undefined;
  const host = document.createElement('div');
  const trans = nullTranslator.load('llmos');
  const root = createRoot(host);
  act(() =>
    root.render(
      <ConnectView
        {...{ view, start, trans }}
        choose={choice => {
          chosen = choice;
        }}
      />
    )
  );
  const text = host.textContent ?? '';
  act(() => root.unmount());
  return { text, chosen };
}

const H = 'h = await skill("quantum-hamiltonian")()';
const V = 'v = await skill("quantum-vqe")()';

describe('ConnectView', () => {
  it('offers an input the output of its name first, and none that does not fit', () => {
    const { chosen, text } = show({ cell: 'c1', port: 'hamiltonian' }, H, V);
    expect(chosen).toMatchObject({
      from: { cell: 'c0', port: 'hamiltonian' },
      to: { cell: 'c1', port: 'hamiltonian' }
    });
    expect(text).not.toContain('energy');
  });

  it('offers an output the inputs that take it', () => {
    const { chosen } = show({ cell: 'c0', port: 'terms' }, H, V);
    expect(chosen).toMatchObject({ to: { cell: 'c1', port: 'hamiltonian' } });
  });

  it('says so when there is nothing to connect', () => {
    const { chosen, text } = show({ cell: 'c0', port: null }, 'x = 1');
    expect(chosen).toBeUndefined();
    expect(text).toContain('nothing to connect');
  });
});
