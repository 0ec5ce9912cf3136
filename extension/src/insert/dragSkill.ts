import type { IExecutableEntry } from '@llmos-lab/kernel';
import { toCell } from '@llmos-lab/skills';
import { MimeData } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Drag } from '@lumino/dragdrop';

import { categoryLook } from '../skills/category';

/** Type of the id of a skill that is being dragged. */
export const SKILL_MIME = 'application/vnd.llmos.skill';

/**
 * Type of the cells that a notebook takes. With it a notebook shows where the drop will
 * go, and one that does not know us still gets the cell.
 * https://github.com/jupyterlab/jupyterlab/blob/v4.6.4/packages/notebook/src/widget.ts
 */
const CELLS_MIME = 'application/vnd.jupyter.cells';

/** Attribute of elements that a skill can be dragged by; its value is the skill's id. */
export const DRAG_ATTRIBUTE = 'data-drag-skill';

/** How far the pointer moves, in pixels, before a press becomes a drag. */
const THRESHOLD = 5;

/** What a drag of this skill carries. */
export function skillMimeData(entry: IExecutableEntry): MimeData {
  const { skill, version } = entry;
  const data = new MimeData();
  data.setData(SKILL_MIME, skill.id);
  data.setData(CELLS_MIME, [
    {
      cell_type: 'code',
      source: toCell(skill),
      metadata: { llmos: { v: 1, skill: skill.id, version } }
    }
  ]);
  return data;
}

/**
 * Lets people drag skills by every element with `data-drag-skill`, wherever it stands.
 * Disposing ends that.
 */
export function followSkillDrags(
  find: (id: string) => IExecutableEntry | undefined
): IDisposable {
  let pressed: { readonly id: string; readonly x: number; readonly y: number } | null =
    null;
  const onDown = (event: PointerEvent): void => {
    const holder =
      event.target instanceof Element && event.target.closest(`[${DRAG_ATTRIBUTE}]`);
    const id = holder ? holder.getAttribute(DRAG_ATTRIBUTE) : null;
    const isMouse = event.button === 0 && event.pointerType !== 'touch';
    pressed = id && isMouse ? { id, x: event.clientX, y: event.clientY } : null;
  };
  const onMove = (event: PointerEvent): void => {
    const { clientX, clientY } = event;
    if (!pressed || Math.hypot(clientX - pressed.x, clientY - pressed.y) < THRESHOLD) {
      return;
    }
    const entry = find(pressed.id);
    pressed = null;
    if (entry) {
      event.preventDefault();
      void startDrag(entry, clientX, clientY);
    }
  };
  const onUp = (): void => {
    pressed = null;
  };
  document.addEventListener('pointerdown', onDown, true);
  document.addEventListener('pointermove', onMove, true);
  document.addEventListener('pointerup', onUp, true);
  return new DisposableDelegate(() => {
    document.removeEventListener('pointerdown', onDown, true);
    document.removeEventListener('pointermove', onMove, true);
    document.removeEventListener('pointerup', onUp, true);
  });
}

/** Drags a skill from a point of the window; resolves when it is dropped. */
async function startDrag(entry: IExecutableEntry, x: number, y: number): Promise<void> {
  // The press began to select text.
  document.getSelection()?.removeAllRanges();
  const drag = new Drag({
    mimeData: skillMimeData(entry),
    dragImage: dragImage(entry),
    supportedActions: 'copy',
    proposedAction: 'copy'
  });
  await drag.start(x, y);
  drag.dispose();
}

function dragImage({ skill }: IExecutableEntry): HTMLElement {
  const { icon, hue } = categoryLook(skill.category);
  const image = document.createElement('div');
  image.className = 'llmos-SkillDrag';
  image.style.setProperty('--llmos-hue', String(hue));
  const name = document.createElement('span');
  name.textContent = skill.name;
  image.append(icon.element({ className: 'llmos-SkillDrag-icon', tag: 'span' }), name);
  return image;
}
