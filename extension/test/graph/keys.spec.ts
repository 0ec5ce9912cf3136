import '../browser';

import { CommandRegistry } from '@lumino/commands';
import type * as React from 'react';

import type { IDrawing } from '../../src/graph/layout/drawing';
import type { IGraphActions } from '../../src/graph/panel/actions';
import {
  chosenAt,
  nodeToFocus,
  onCanvasKey,
  onPanelKey
} from '../../src/graph/panel/keys';
import { CANVAS_KEYS, COMMAND_KEYS, keyText } from '../../src/graph/panel/nodeKeys';

describe('onCanvasKey', () => {
  it('cuts all values of the chosen edges at once', () => {
    const canvas = document.createElement('div');
    const cut: unknown[] = [];
    const edges = [
      { to: 'b', input: 'x' },
      { to: 'b', input: 'y' }
    ];
    const event = {
      ...{ key: 'Delete', ctrlKey: false, metaKey: false },
      ...{ target: canvas, currentTarget: canvas },
      ...{ preventDefault: () => undefined, stopPropagation: () => undefined }
    };
    onCanvasKey(event as unknown as React.KeyboardEvent<HTMLElement>, {
      selected: new Set(),
      edgeIds: new Set(['e']),
      drawing: { edges: [{ id: 'e', edges }], items: [] } as unknown as IDrawing,
      actions: {
        disconnect: (inputs: unknown) => cut.push(inputs)
      } as unknown as IGraphActions,
      select: () => undefined
    });
    expect(cut).toEqual([edges]);
  });
});

/** A canvas of three cells, a folded section and an edge, as React Flow draws them. */
function canvasOf(): HTMLElement {
  const canvas = document.createElement('div');
  canvas.tabIndex = -1;
  const nodes = ['a', 'b', 'c'].map(
    id =>
      `<div class="react-flow__node react-flow__node-cell" data-id="${id}" tabindex="0"></div>`
  );
  canvas.innerHTML = [
    ...nodes,
    '<div class="react-flow__node react-flow__node-folded" data-id="s" tabindex="0"></div>',
    '<svg><g class="react-flow__edge" data-id="e" tabindex="0"><path/></g></svg>',
    '<button data-id="zoom"></button>'
  ].join('');
  document.body.replaceChildren(canvas);
  return canvas;
}

interface IPressed {
  /** What was asked for, in turn. */
  readonly asked: readonly unknown[];
  /** The id of the part that has the focus; null on the canvas itself. */
  readonly focused: string | null | undefined;
}

const idOf = (part: Element | null): string | undefined =>
  part?.getAttribute('data-id') ?? undefined;

/** Presses a key on a part of a canvas where some cells are selected. */
async function press(
  key: string,
  on: string | null,
  selected: readonly string[] = []
): Promise<IPressed> {
  const canvas = canvasOf();
  const target = on === null ? canvas : canvas.querySelector(`[data-id="${on}"]`);
  const asked: unknown[] = [];
  const ask =
    (name: string) =>
    (what: unknown): Promise<boolean> => {
      asked.push([name, what]);
      return Promise.resolve(true);
    };
  const event = {
    ...{ key, ctrlKey: false, metaKey: false, target, currentTarget: canvas },
    ...{ preventDefault: () => undefined, stopPropagation: () => undefined }
  };
  const items = ['a', 'b', 'c'].map(id => ({ kind: 'cell', id }));
  onCanvasKey(event as unknown as React.KeyboardEvent<HTMLElement>, {
    selected: new Set(selected),
    edgeIds: new Set(),
    drawing: { items, edges: [{ id: 'e', edges: ['value'] }] } as unknown as IDrawing,
    actions: {
      delete: ask('delete'),
      disconnect: ask('disconnect'),
      edit: ask('edit'),
      chooseConnection: ask('connect')
    } as unknown as IGraphActions,
    select: ids => void ask('select')(ids)
  });
  await Promise.resolve();
  const { activeElement } = document;
  return { asked, focused: activeElement === canvas ? null : idOf(activeElement) };
}

describe('keys of the canvas', () => {
  it('act on what has the focus, not on what is selected elsewhere', async () => {
    expect((await press('Delete', 'b', ['a'])).asked).toContainEqual(['delete', ['b']]);
    expect((await press('Enter', 'b', ['a'])).asked).toEqual([['edit', 'b']]);
    expect((await press('c', 'b')).asked).toEqual([['connect', { cell: 'b' }]]);
    expect((await press('Delete', 'e', ['a'])).asked).toEqual([
      ['disconnect', ['value']]
    ]);
    expect((await press('Delete', 's', ['a'])).asked).toEqual([]);
  });

  it('act on all selected nodes where one of them has the focus', async () => {
    const { asked } = await press('Delete', 'b', ['a', 'b']);
    expect(asked).toContainEqual(['delete', ['a', 'b']]);
    expect((await press('Enter', 'b', ['a', 'b'])).asked).toEqual([['edit', 'b']]);
  });

  it('go from the canvas to a node by an arrow', async () => {
    expect(await press('ArrowDown', null)).toEqual({
      asked: [['select', ['a']]],
      focused: 'a'
    });
    expect((await press('ArrowDown', null, ['c'])).focused).toBe('c');
    expect((await press('ArrowDown', null, ['folded'])).focused).toBe('a');
    expect((await press('ArrowDown', 'b', ['b'])).asked).toEqual([]);
  });

  it('go from a node to the canvas by Escape, and choose nothing', async () => {
    expect(await press('Escape', 'b', ['b'])).toEqual({
      asked: [['select', []]],
      focused: null
    });
    expect((await press('Escape', null)).asked).toEqual([]);
  });

  it('go from a button to the canvas too, which alone has its other keys', async () => {
    expect((await press('Escape', 'zoom', ['b'])).focused).toBeNull();
    expect((await press('Delete', 'zoom', ['b'])).asked).toEqual([]);
  });

  it('have the selection follow the focus, and the focus the selection', () => {
    const canvas = canvasOf();
    const at = (id: string): HTMLElement => {
      const part = canvas.querySelector<HTMLElement>(`[data-id="${id}"]`);
      if (!part) {
        throw new Error(`No ${id}.`);
      }
      return part;
    };
    const chosen = { selected: new Set(['a', 'b']), edgeIds: new Set<string>() };
    expect(chosenAt(at('b'), chosen).selected).toBe(chosen.selected);
    expect(chosenAt(at('c'), chosen).selected).toEqual(new Set(['c']));
    const edge = { selected: new Set(), edgeIds: new Set(['e']) };
    expect(chosenAt(at('e'), chosen)).toEqual(edge);
    canvas.focus();
    expect(nodeToFocus(canvas, chosen.selected)).toBe(at('b'));
    expect(nodeToFocus(canvas, new Set())).toBeNull();
    at('a').focus();
    expect(nodeToFocus(canvas, chosen.selected)).toBeNull();
    expect(nodeToFocus(canvas, new Set(['c']))).toBe(at('c'));
    at('a').blur();
    expect(nodeToFocus(canvas, new Set(['c']))).toBeNull();
  });
});

describe('the keys that the keyboard map tells of the graph', () => {
  const { move, ...others } = CANVAS_KEYS;
  const texts = Object.values(others).flat().map(CommandRegistry.formatKeystroke);

  it.each([...COMMAND_KEYS.map(keyText), ...texts])('do something: %s', text => {
    const keys = text.split('+');
    const name = keys.at(-1) ?? '';
    const key = { Del: 'Delete', Esc: 'Escape' }[name] ?? name;
    const canvas = canvasOf();
    const prevent = jest.fn();
    const event = {
      ...{ key, ctrlKey: keys.includes('Ctrl'), shiftKey: keys.includes('Shift') },
      ...{ metaKey: false, altKey: false, currentTarget: canvas },
      ...{ target: canvas.querySelector('[data-id="b"]') },
      ...{ preventDefault: prevent, stopPropagation: () => undefined }
    };
    onCanvasKey(event as unknown as React.KeyboardEvent<HTMLElement>, {
      ...{ selected: new Set(['b']), edgeIds: new Set() },
      drawing: { items: [{ kind: 'cell', id: 'b' }], edges: [] } as unknown as IDrawing,
      actions: new Proxy({}, { get: () => () => undefined }) as IGraphActions,
      select: () => undefined
    });
    expect(prevent).toHaveBeenCalled();
  });

  it('leave arrows at a node to the canvas, which moves it', async () => {
    for (const key of move) {
      expect((await press(key, 'b', ['b'])).asked).toEqual([]);
    }
  });
});

describe('onPanelKey', () => {
  it('undoes and redoes on buttons alone: canvas and outline do so themselves', () => {
    const done: string[] = [];
    const actions = { undo: () => done.push('undo'), redo: () => done.push('redo') };
    const panel = document.createElement('div');
    panel.innerHTML = '<button></button><input><div></div>';
    panel.addEventListener('keydown', event => onPanelKey(event, actions));
    document.body.append(panel);
    const press = (tag: string, init: KeyboardEventInit): boolean =>
      panel
        .querySelector(tag)
        ?.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
        ) === false;
    expect(press('button', { key: 'z', ctrlKey: true })).toBe(true);
    expect(press('button', { key: 'Z', ctrlKey: true, shiftKey: true })).toBe(true);
    expect(press('button', { key: 'z' })).toBe(false);
    expect(press('input', { key: 'z', ctrlKey: true })).toBe(false);
    expect(press('div', { key: 'z', ctrlKey: true })).toBe(false);
    expect(done).toEqual(['undo', 'redo']);
    panel.remove();
  });
});
