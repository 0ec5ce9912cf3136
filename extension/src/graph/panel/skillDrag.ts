import { MimeData } from '@lumino/coreutils';
import { Drag } from '@lumino/dragdrop';

/** Type under which a dragged skill carries its id. */
export const SKILL_MIME = 'application/vnd.llmos.skill';

/** How far the pointer moves before a press becomes a drag, in pixels. */
const THRESHOLD = 5;

/**
 * Makes a pressed element drag a skill once the pointer has moved. Whatever takes
 * `SKILL_MIME` can take it: the canvas and its edges.
 */
export function dragSkill(press: PointerEvent, skill: string, name: string): void {
  if (press.button !== 0) {
    return;
  }
  const stop = new AbortController();
  const begin = (move: PointerEvent): void => {
    const distance = Math.hypot(
      move.clientX - press.clientX,
      move.clientY - press.clientY
    );
    if (distance < THRESHOLD) {
      return;
    }
    stop.abort();
    const mimeData = new MimeData();
    mimeData.setData(SKILL_MIME, skill);
    mimeData.setData('text/plain', skill);
    const dragImage = document.createElement('div');
    dragImage.className = 'llmos-SkillDrag';
    dragImage.textContent = name;
    const drag = new Drag({
      ...{ mimeData, dragImage },
      ...{ proposedAction: 'copy', supportedActions: 'copy' }
    });
    // A drag ends by itself when the pointer is let go or Escape is pressed.
    void drag.start(move.clientX, move.clientY).then(() => drag.dispose());
  };
  const { signal } = stop;
  document.addEventListener('pointermove', begin, { signal });
  document.addEventListener('pointerup', () => stop.abort(), { signal });
}
