import type { IStateDB } from '@jupyterlab/statedb';
import { DockPanel, SplitPanel, type Widget } from '@lumino/widgets';

/** The room that a panel is given once. */
export interface IFirstWidth {
  /** Entry of the state database: it has been given. */
  readonly entry: string;
  /** Least and greatest width in pixels, and the share of the window between the two. */
  readonly least: number;
  readonly greatest: number;
  readonly share: number;
}

/** What a side bar takes that is closed, and opens again, in pixels. */
const SIDE_WIDTH = 250;

/** What the notebook keeps at least, in pixels. */
const NOTEBOOK_WIDTH = 420;

/**
 * Gives the panel room when it is seen for the first time: in a side bar as wide as other
 * panels need it no label of the graph and no diff of the assistant can be read. From then
 * on its width is what the person made it.
 */
export async function widenAtFirst(
  panel: Widget,
  state: IStateDB,
  wished: IFirstWidth
): Promise<void> {
  if ((await state.fetch(wished.entry)) === true) {
    return;
  }
  // The side bar gets its width with the next drawing.
  await new Promise(resolve => requestAnimationFrame(resolve));
  const split = splitAround(panel);
  const own = split?.widgets.findIndex(widget => widget.contains(panel)) ?? -1;
  if (!split || own < 0 || !panel.isVisible) {
    return;
  }
  const widths = split.widgets.map(widget =>
    widget.isVisible ? widget.node.offsetWidth : SIDE_WIDTH
  );
  const wide = widenedTo(widths, own, wished);
  if (wide) {
    split.setRelativeSizes(wide);
  }
  await state.save(wished.entry, true);
}

/** The split between side bars and main area; null where the panel is in the latter. */
function splitAround(panel: Widget): SplitPanel | null {
  const isInMain = panel.parent instanceof DockPanel;
  for (let at = isInMain ? null : panel.parent; at; at = at.parent) {
    if (at instanceof SplitPanel && at.orientation === 'horizontal') {
      return at;
    }
  }
  return null;
}

/**
 * Widths in pixels when one of them is given room, at the cost of the widest other; null
 * when it has enough, or the other cannot spare it.
 */
export function widenedTo(
  widths: readonly number[],
  own: number,
  { least, greatest, share }: Omit<IFirstWidth, 'entry'>
): number[] | null {
  const space = widths.reduce((sum, width) => sum + width, 0);
  const now = widths[own] ?? 0;
  const others = widths.map((width, at) => (at === own ? 0 : width));
  const main = others.indexOf(Math.max(...others));
  const both = now + (others[main] ?? 0);
  const wished = Math.min(Math.max(space * share, least), greatest);
  const wanted = Math.round(Math.min(wished, both - NOTEBOOK_WIDTH));
  if (wanted <= now) {
    return null;
  }
  return widths.map((width, at) =>
    at === own ? wanted : at === main ? both - wanted : width
  );
}
