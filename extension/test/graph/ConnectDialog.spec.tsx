import '../browser';

import { nullTranslator } from '@jupyterlab/translation';
import { buildGraph } from '@llmos-lab/skills';
import * as React from 'react';
import { act } from 'react';
import { createRoot } from 'react-dom/client';

import { connectOnce } from '../../src/graph/edit/connect';
import { describeGraph } from '../../src/graph/graphModel/describe';
import type { IGraphView } from '../../src/graph/graphModel/view';
import type { IConnectionStart, IPortEnd } from '../../src/graph/panel/actions';
import { ConnectView } from '../../src/graph/panel/ConnectDialog';
import { onlyChoice, type IConnectionChoice } from '../../src/graph/panel/connectEnds';
import { entryOf, libraryOf, VQE } from '../skills/fixtures';

const SOURCE = entryOf('quantum-hamiltonian', {
  inputs: [{ name: 'bond_length', type: 'number' }],
  outputs: [
    { name: 'energy', type: 'number' },
    { name: 'terms', type: 'object' },
    { name: 'hamiltonian', type: 'object' }
  ]
});
const DRAWS = entryOf('draw', {
  outputs: [
    { name: 'summary', type: 'object' },
    { name: 'plot_image', type: 'image' }
  ]
});
const TAKES = entryOf('take', {
  inputs: [
    { name: 'data', type: 'any' },
    { name: 'picture', type: 'image' },
    { name: 'plot_image', type: 'image' }
  ]
});
const COUNTS = entryOf('count', { outputs: [{ name: 'count', type: 'number' }] });
const NUMBERS = entryOf('numbers', {
  inputs: [
    { name: 'first', type: 'any' },
    { name: 'count', type: 'any' },
    { name: 'size', type: 'number' }
  ]
});
const NEEDS = entryOf('needs', {
  inputs: [
    { name: 'first', type: 'number' },
    { name: 'data', type: 'any', required: true }
  ]
});
const DEFAULTS = entryOf('defaults', {
  inputs: [
    { name: 'tolerance', type: 'number', default: 0.1 },
    { name: 'reference', type: 'number' }
  ]
});
const PROGRAM = entryOf('program', { outputs: [{ name: 'qasm', type: 'string' }] });
const EXPORTS = entryOf('export', {
  inputs: [
    { name: 'format', type: 'string', enum: ['csv', 'json', 'png'], default: 'csv' },
    { name: 'data', type: 'any' }
  ]
});
const PAINT = entryOf('paint', { outputs: [{ name: 'mesh', type: 'mesh' }] });
const SCENE = entryOf('scene', {
  inputs: [
    { name: 'lights', type: 'array' },
    { name: 'meshes', type: 'array' }
  ]
});
const { library } = libraryOf(
  ...[PAINT, SCENE],
  ...[SOURCE, VQE, DRAWS, TAKES, COUNTS, NUMBERS, NEEDS, DEFAULTS, PROGRAM, EXPORTS]
);

function viewOf(sources: readonly string[]): IGraphView {
  const cells = sources.map((source, at) => ({
    ...{ id: `c${at}`, kind: 'code' as const, source, position: null }
  }));
  return describeGraph(cells, buildGraph(cells), id => library.get(id));
}

const trans = nullTranslator.load('llmos');

/** Why the notebook refuses a connection. */
function refusal(
  sources: readonly string[],
  from: IPortEnd,
  to: IPortEnd
): string | null {
  const cells = sources.map((source, at) => ({
    ...{ id: `c${at}`, type: 'code' as const, source, metadata: {} }
  }));
  const result = connectOnce(
    { cells, find: id => library.get(id)?.skill },
    { from: from.cell, output: from.port, to: to.cell, input: to.port },
    trans
  );
  return result.ok ? null : result.reason;
}

interface IShown {
  readonly text: string;
  /** Labels of the inputs or outputs that do not fit by type. */
  readonly others: readonly string[];
  readonly isValid: boolean;
  readonly chosen: IConnectionChoice | undefined;
}

function show(
  start: IConnectionStart,
  sources: readonly string[],
  /** Instead of the notebook's own. */
  fault?: string,
  isRefused: (to: string) => boolean = () => true
): IShown {
  const view = viewOf(sources);
  let chosen: IConnectionChoice | undefined;
  const host = document.createElement('div');
  const root = createRoot(host);
  act(() =>
    root.render(
      <ConnectView
        {...{ view, start, trans }}
        faultOf={(from, to) =>
          fault === undefined
            ? refusal(sources, from, to)
            : isRefused(to.port)
              ? fault
              : null
        }
        choose={choice => {
          chosen = choice;
        }}
      />
    )
  );
  const text = host.textContent ?? '';
  const options = [...host.querySelectorAll('optgroup option')];
  const others = options.map(option => option.textContent ?? '');
  const isValid = host.querySelector(':invalid') === null;
  act(() => root.unmount());
  return { text, others, isValid, chosen };
}

const H = 'h = await skill("quantum-hamiltonian")()';
const V = 'v = await skill("quantum-vqe")()';

describe('ConnectView', () => {
  it('offers an input the output of its name first, and apart what does not fit', () => {
    const { chosen, others } = show({ cell: 'c1', port: 'hamiltonian' }, [H, V]);
    expect(chosen).toMatchObject({
      from: { cell: 'c0', port: 'hamiltonian' },
      to: { cell: 'c1', port: 'hamiltonian' }
    });
    expect(others).toEqual([expect.stringContaining('energy')]);
  });

  it('offers an output the inputs that take it', () => {
    const { chosen } = show({ cell: 'c0', port: 'terms' }, [H, V]);
    expect(chosen).toMatchObject({ to: { cell: 'c1', port: 'hamiltonian' } });
  });

  it('begins with the ends of the same name and type, whatever the first output is', () => {
    const cells = ['d = await skill("draw")()', 't = await skill("take")()'];
    const { chosen } = show({ cell: 'c0', side: 'output', other: 'c1' }, cells);
    expect(chosen).toMatchObject({
      from: { port: 'plot_image' },
      to: { port: 'plot_image' }
    });
  });

  it('prefers an input of its type to one of its name, and that to any', () => {
    const cells = ['c = await skill("count")()', 'n = await skill("numbers")()'];
    const start = { cell: 'c0', port: 'count' };
    const { chosen, text } = show(start, cells);
    expect(chosen).toMatchObject({ to: { port: 'size' } });
    const order = ['size', 'count', 'first'].map(name => text.lastIndexOf(name));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('begins at the output where an input has the same name', () => {
    const start = { cell: 'c1', port: 'hamiltonian', side: 'output' } as const;
    expect(show(start, [H, V]).text).toContain('nothing to connect');
  });

  it('says why a choice is refused, and lets it not be accepted', () => {
    const reason = 'This would make a cycle.';
    const start = { cell: 'c1', port: 'hamiltonian' };
    const { chosen, text, isValid } = show(start, [H, V], reason);
    expect(text).toContain(reason);
    expect(isValid).toBe(false);
    expect(chosen).toBeUndefined();
  });

  it('begins with what is not refused', () => {
    const cells = ['c = await skill("count")()', 'n = await skill("numbers")()'];
    const start = { cell: 'c0', port: 'count' };
    const reason = 'This would make a cycle.';
    const { chosen, text } = show(start, cells, reason, to => to === 'size');
    expect(chosen).toMatchObject({ to: { port: 'count' } });
    expect(text).not.toContain(reason);
    const judged: string[] = [];
    show(start, cells, reason, to => judged.push(to) === 0);
    expect(judged).toEqual(['size']);
  });

  it('begins with an input that must still get a value, and puts cycles last', () => {
    const linked = 'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)';
    const cells = [H, linked, 't = await skill("needs")()'];
    const { chosen, others } = show({ cell: 'c1' }, cells);
    expect(chosen).toMatchObject({ to: { cell: 'c2', port: 'data' } });
    expect(others.at(-1)).toContain('bond_length');
    expect(others.some(text => text.includes('first'))).toBe(false);
  });

  it('prefers an input without a connection, and says what the other one would lose', () => {
    const other = 'n = await skill("numbers")(size=h.energy)';
    const cells = ['c = await skill("count")()', H, other];
    const onto = { cell: 'c0', side: 'output', other: 'c2' } as const;
    const { chosen, text } = show(onto, cells);
    expect(chosen).toMatchObject({ to: { port: 'count' } });
    expect(text).not.toContain('replaces');
    const taken = show({ cell: 'c2', port: 'size' }, cells);
    expect(taken.chosen).toMatchObject({ from: { port: 'count' } });
    expect(taken.text).toContain('replaces its connection with "energy"');
  });

  it('begins with an empty input rather than one with a default', () => {
    const cells = ['c = await skill("count")()', 'd = await skill("defaults")()'];
    const { chosen } = show({ cell: 'c0', port: 'count' }, cells);
    expect(chosen).toMatchObject({ to: { port: 'reference' } });
  });

  it('begins at an input of a cell whose outputs fit nowhere', () => {
    const linked = 'v = await skill("quantum-vqe")(hamiltonian=dict(h.hamiltonian))';
    const { chosen, isValid } = show({ cell: 'c1' }, [H, linked]);
    expect(chosen).toMatchObject({ from: { cell: 'c0' }, to: { cell: 'c1' } });
    expect(isValid).toBe(true);
  });

  it('does not make a connection again, but one of a value that is reckoned with', () => {
    const start = { cell: 'c0', port: 'hamiltonian', other: 'c1' };
    const calls = (value: string): string =>
      `v = await skill("quantum-vqe")(hamiltonian=${value})`;
    const made = show(start, [H, calls('h.hamiltonian')]);
    expect(made.text).toContain('They are connected already.');
    expect(made.isValid).toBe(false);
    expect(made.chosen).toBeUndefined();
    const reckoned = show(start, [H, calls('dict(h.hamiltonian)')]);
    expect(reckoned.text).toContain('replaces its connection');
    expect(reckoned.chosen).toMatchObject({ from: { port: 'hamiltonian' } });
  });

  it('proposes what is not there yet of values that fit alike', () => {
    const cells = ['x = 1', 'y = 2', 'e = await skill("export")(format="csv", data=x)'];
    const { chosen, text } = show({ cell: 'c2', port: 'data' }, cells);
    expect(chosen).toMatchObject({ from: { cell: 'c1', port: 'y' } });
    expect(text).toContain('This replaces its connection with "x"');
  });

  it('mends a connection whose source is below, and says what that moves', () => {
    const cells = ['v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)', H];
    const { chosen, text, isValid } = show({ cell: 'c0', port: 'hamiltonian' }, cells);
    expect(chosen).toMatchObject({ from: { cell: 'c1', port: 'hamiltonian' } });
    expect(text).toContain('This moves the cell below');
    expect(isValid).toBe(true);
  });

  it('proposes an input with a list of choices for no output, and for variables last', () => {
    const linked = 'v = await skill("quantum-vqe")(hamiltonian=d.qasm)';
    const cells = ['d = await skill("program")()', 'e = await skill("export")()'];
    const { chosen, others } = show({ cell: 'c0' }, cells);
    expect(chosen).toMatchObject({ to: { port: 'data' } });
    expect(others).toEqual([expect.stringContaining('format')]);
    const full = 'e = await skill("export")(data=d.qasm)';
    const only = { cell: 'c0', port: 'qasm', side: 'output', other: 'c2' } as const;
    expect(onlyChoice(viewOf([cells[0] ?? '', linked, full]), only)?.to.port).toBe(
      'data'
    );
    const variable = show({ cell: 'c0' }, ['x = 1', 'e = await skill("export")()']);
    expect(variable.chosen).toMatchObject({ to: { port: 'data' } });
  });

  it('chooses nothing itself where nothing fits, and says so', () => {
    const reason = 'This would make a cycle.';
    const linked = 'v = await skill("quantum-vqe")(hamiltonian=h.hamiltonian)';
    const start = { cell: 'c1', port: 'eigenvalue' };
    const { chosen, text, isValid } = show(start, [H, linked], reason);
    expect(text).toContain('No input of another cell takes this value.');
    expect(text).not.toContain(reason);
    expect(isValid).toBe(false);
    expect(chosen).toBeUndefined();
  });

  it('says so when there is nothing to connect', () => {
    const { chosen, text } = show({ cell: 'c0' }, ['x = 1']);
    expect(chosen).toBeUndefined();
    expect(text).toContain('nothing to connect');
  });
});

describe('onlyChoice', () => {
  const view = viewOf([H, V]);

  it('is the one pair of a port and a cell that agrees', () => {
    const start = { cell: 'c0', port: 'terms', side: 'output', other: 'c1' } as const;
    expect(onlyChoice(view, start)?.to).toMatchObject({ port: 'hamiltonian' });
  });

  it('is none where a person has to choose, or nothing fits', () => {
    const input = { cell: 'c1', port: 'hamiltonian', other: 'c0' };
    expect(onlyChoice(view, input)).toBeUndefined();
    const energy = { cell: 'c0', port: 'energy', side: 'output', other: 'c1' } as const;
    expect(onlyChoice(viewOf([H, 'v = await skill("quantum-vqe")()']), energy)).toEqual(
      undefined
    );
  });
});

describe('an input that takes a list', () => {
  const sources = (meshes: string): readonly string[] => [
    'a = await skill("paint")()',
    'b = await skill("paint")()',
    `s = await skill("scene")(${meshes})`
  ];
  const start = { cell: 'c1', port: 'mesh', other: 'c2' };

  it('is chosen for what its name says, and keeps what it has', () => {
    const shown = show(start, sources('meshes=[a.mesh]'));
    expect(shown.chosen?.to).toMatchObject({ cell: 'c2', port: 'meshes' });
    expect(shown.text).not.toContain('This replaces');
    expect(shown.others).toEqual(['scene · lights: array']);
    expect(onlyChoice(viewOf(sources('')), start)?.to.port).toBe('meshes');
  });

  it('loses what is no list', () => {
    const { text } = show(start, sources('meshes=a.mesh'));
    expect(text).toContain('This replaces its connection with "mesh"');
  });
});
