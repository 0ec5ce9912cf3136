import '../browser';

import type * as React from 'react';

import type { IDrawing } from '../../src/graph/layout/drawing';
import type { IGraphActions } from '../../src/graph/panel/actions';
import { onCanvasKey, onPanelKey } from '../../src/graph/panel/keys';

describe('onCanvasKey', () => {
  it('cuts all values of the chosen edges at once, and keeps the focus', () => {
    const canvas = document.createElement('div');
    canvas.tabIndex = -1;
    document.body.append(canvas);
    const cut: unknown[] = [];
    const edges = [
      { to: 'b', input: 'x' },
      { to: 'b', input: 'y' }
    ];
    const event = {
      ...{ key: 'Delete', target: canvas, currentTarget: canvas },
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
    expect(document.activeElement).toBe(canvas);
    canvas.remove();
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
