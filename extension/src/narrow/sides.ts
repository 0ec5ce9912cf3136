import type { ILabShell } from '@jupyterlab/application';

/** In a window less wide than this, in pixels, a side area leaves a notebook no room. */
const NARROW = 700;

/** In a window less wide than this, a notebook has no room between two of them. */
const CROWDED = 1000;

/** The side areas of the application. */
export type Sides = Pick<
  ILabShell,
  'leftCollapsed' | 'rightCollapsed' | 'collapseLeft' | 'collapseRight'
>;

/**
 * Whether the window is as narrow as that of a phone. Not by `innerWidth`: a phone zooms out,
 * and it grows, where two side areas do not fit.
 */
export function isNarrow(): boolean {
  return document.documentElement.clientWidth < NARROW;
}

/** Whether one side area at a time is all that leaves a notebook room, as on a tablet. */
export function isCrowded(): boolean {
  return document.documentElement.clientWidth < CROWDED;
}

/** Gives the main area the whole of a narrow window. */
export function giveRoom(sides: Sides | null): void {
  if (isNarrow()) {
    sides?.collapseLeft();
    sides?.collapseRight();
  }
}

/**
 * Keeps one side area of a crowded window open at most, the one that was opened last: two
 * do not fit beside each other, and the right one was beyond the screen.
 *
 * @returns what is to be called when the layout, or the window, has changed
 */
export function oneSide(sides: Sides): () => void {
  let isLeftBefore = !sides.leftCollapsed;
  return () => {
    if (isCrowded() && !sides.leftCollapsed && !sides.rightCollapsed) {
      if (isLeftBefore) {
        sides.collapseLeft();
      } else {
        sides.collapseRight();
      }
    }
    isLeftBefore = !sides.leftCollapsed;
  };
}
