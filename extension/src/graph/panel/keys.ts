import type * as React from 'react';

import { isUndoKey, stepBack } from '../../undoKeys';
import type { IDrawing } from '../layout/drawing';
import type { IGraphActions } from './actions';

interface ICanvasKeys {
  readonly selected: ReadonlySet<string>;
  readonly edgeIds: ReadonlySet<string>;
  readonly drawing: IDrawing;
  readonly actions: IGraphActions;
  readonly select: (ids: readonly string[]) => void;
}

/** Delete cuts edges and deletes cells, Enter edits, Ctrl+A selects, Ctrl+Z undoes. */
export function onCanvasKey(
  event: React.KeyboardEvent<HTMLElement>,
  keys: ICanvasKeys
): void {
  const { selected, edgeIds, drawing, actions, select } = keys;
  if (event.target instanceof Element && event.target.closest('input, button')) {
    return;
  }
  const cells = [...selected];
  const [first] = cells;
  const isControl = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (key === 'delete' || key === 'backspace') {
    // What goes had the focus; without it the next key, such as undo, would be lost.
    event.currentTarget.focus();
    const cut = drawing.edges.filter(({ id }) => edgeIds.has(id));
    if (cut.length > 0) {
      void actions.disconnect(cut.flatMap(({ edges }) => edges));
    } else if (cells.length > 0) {
      void actions.delete(cells);
    }
  } else if (isUndoKey(event)) {
    event.currentTarget.focus();
    stepBack(event, actions);
  } else if (isControl && key === 'a') {
    select(drawing.items.flatMap(item => (item.kind === 'cell' ? [item.id] : [])));
  } else if (isControl && key === 'd' && cells.length > 0) {
    void actions.duplicate(cells);
  } else if (key === 'f2' && first !== undefined) {
    actions.rename(first);
  } else if (key === 'c' && !isControl && first !== undefined) {
    actions.chooseConnection({ cell: first });
  } else if (key === 'enter' && first !== undefined) {
    actions.edit(first);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Undo and redo on the panel's buttons, where browsers would undo what a form took. */
export function onPanelKey(
  event: KeyboardEvent,
  actions: Pick<IGraphActions, 'undo' | 'redo'>
): void {
  // Canvas and outline, which hear of the key after this, take it on all else.
  const isButton = event.target instanceof Element && event.target.closest('button');
  if (isUndoKey(event) && isButton) {
    event.preventDefault();
    stepBack(event, actions);
  }
}
