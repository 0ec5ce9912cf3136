import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Drag } from '@lumino/dragdrop';

import { SKILL_MIME } from './dragSkill';

/** Class by which a notebook marks the cell above which a drop goes. */
const DROP_TARGET_CLASS = 'jp-mod-dropTarget';

/**
 * Takes skills that are dropped on a notebook. The notebook itself shows the place; the
 * drop is ours, so that inputs are linked with the cells above that place and the import
 * is there, all in one step for undo.
 */
export function followSkillDrops(
  panel: NotebookPanel,
  drop: (id: string, index: number) => void
): void {
  const { content } = panel;
  const onDrop = (event: Event): void => {
    const { mimeData } = event as Drag.Event;
    const target = event.target;
    const isHere = target instanceof Node && content.node.contains(target);
    if (!isHere || !mimeData.hasData(SKILL_MIME)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    (event as Drag.Event).dropAction = 'copy';
    for (const marked of content.node.querySelectorAll(`.${DROP_TARGET_CLASS}`)) {
      marked.classList.remove(DROP_TARGET_CLASS);
    }
    const id: unknown = mimeData.getData(SKILL_MIME);
    const index = content.widgets.findIndex(({ node }) => node.contains(target));
    drop(String(id), index < 0 ? content.widgets.length : index);
  };
  // From outside the notebook, so before its own listener, which inserts the bare cell.
  panel.node.addEventListener('lm-drop', onDrop, true);
  panel.disposed.connect(() => panel.node.removeEventListener('lm-drop', onDrop, true));
}
