import type * as React from 'react';

import { CommandIDs } from '../../commands';
import { isUndoKey, stepBack } from '../../undoKeys';
import type { IDrawing } from '../layout/drawing';
import { cellIds, type IGraphActions } from './actions';
import { isKeyOf } from './nodeKeys';

/** Elements of React Flow. */
const [NODE, CELL, EDGE] = [
  '.react-flow__node',
  '.react-flow__node-cell',
  '.react-flow__edge'
];

/** What is chosen on the canvas. */
interface IChosen {
  readonly selected: ReadonlySet<string>;
  readonly edgeIds: ReadonlySet<string>;
}

interface ICanvasKeys extends IChosen {
  readonly drawing: IDrawing;
  readonly actions: IGraphActions;
  readonly select: (ids: readonly string[]) => void;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * What keys act on while an element has the focus: what is chosen, if that element is a part
 * of it or no part of the graph, else the element alone.
 */
export function chosenAt(element: Element, chosen: IChosen): IChosen {
  const { selected, edgeIds } = chosen;
  const part = element.closest(`${NODE}, ${EDGE}`);
  if (!part) {
    return chosen;
  }
  const id = part.getAttribute('data-id') ?? '';
  if (part.matches(EDGE)) {
    return { selected: NONE, edgeIds: edgeIds.has(id) ? edgeIds : new Set([id]) };
  }
  // Folded sections are no cells.
  const own = part.matches(CELL) ? new Set([id]) : NONE;
  return { selected: selected.has(id) ? selected : own, edgeIds: NONE };
}

/** The selected node to which the focus of the canvas belongs; null where it may stay. */
export function nodeToFocus(
  canvas: HTMLElement,
  selected: ReadonlySet<string>
): HTMLElement | null {
  const { activeElement } = document;
  const last = [...selected].at(-1);
  const isIn = activeElement === canvas || activeElement?.matches(NODE) === true;
  const isOther = isIn && !selected.has(activeElement.getAttribute('data-id') ?? '');
  return isOther && last !== undefined && canvas.contains(activeElement)
    ? nodeElement(canvas, last)
    : null;
}

function nodeElement(canvas: HTMLElement, id: string): HTMLElement | null {
  const nodes = [...canvas.querySelectorAll<HTMLElement>(NODE)];
  return nodes.find(({ dataset }) => dataset.id === id) ?? null;
}

/**
 * Delete cuts edges and deletes cells, Enter edits, Ctrl+A selects, Ctrl+Z undoes; Escape goes
 * from a node or button to the canvas, an arrow back to a node.
 */
export function onCanvasKey(
  event: React.KeyboardEvent<HTMLElement>,
  keys: ICanvasKeys
): void {
  const { drawing, actions, select } = keys;
  const { currentTarget: canvas, target } = event;
  const isEscape = event.key === 'Escape';
  if (!(target instanceof Element) || (target.closest('input, button') && !isEscape)) {
    return;
  }
  const { selected, edgeIds } = chosenAt(target, keys);
  const cells = [...selected];
  const own = target.closest(NODE)?.getAttribute('data-id') ?? '';
  const first = selected.has(own) ? own : cells[0];
  const isControl = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (isKeyOf(CommandIDs.graphDelete, event)) {
    const cut = drawing.edges.filter(({ id }) => edgeIds.has(id));
    if (cut.length > 0) {
      void actions.disconnect(cut.flatMap(({ edges }) => edges));
    } else if (cells.length > 0) {
      void actions.delete(cells);
    }
  } else if (isUndoKey(event)) {
    stepBack(event, actions);
  } else if (isControl && key === 'a') {
    select(cellIds(drawing));
  } else if (isKeyOf(CommandIDs.graphDuplicate, event) && cells.length > 0) {
    void actions.duplicate(cells);
  } else if (isKeyOf(CommandIDs.graphRenameVariable, event) && first !== undefined) {
    actions.rename(first);
  } else if (isKeyOf(CommandIDs.graphChooseConnection, event) && first !== undefined) {
    actions.chooseConnection({ cell: first });
  } else if (key === 'enter' && first !== undefined) {
    actions.edit(first);
  } else if (isEscape && target !== canvas) {
    // React Flow would leave the focus nowhere.
    select([]);
    canvas.focus();
  } else if (key.startsWith('arrow') && target === canvas) {
    // What is selected may be in a folded section.
    const ids = cellIds(drawing);
    const id = ids.find(each => each === first) ?? ids[0];
    if (id !== undefined) {
      select([id]);
      nodeElement(canvas, id)?.focus();
    }
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
