import {
  getViewportForBounds,
  useReactFlow,
  useStore,
  useStoreApi,
  type FitViewOptions,
  type Viewport
} from '@xyflow/react';
import * as React from 'react';

import type { Places } from '../layout/arrange';
import type { IBox } from '../layout/box';
import { chosenPlace, type IDrawing } from '../layout/drawing';
import { boxesOf, haveSameNodes, type Boxes } from '../layout/placed';
import type { FlowEdge, FlowNode } from './flow';
import {
  areSeen,
  hasOutgrown,
  recovering,
  TOP,
  uncovering,
  watchedOf,
  type ISight,
  type ISightChange
} from './inSight';
import { SightKeeper } from './sightKeeper';

/** What others can ask of the canvas. */
export interface ICanvasView {
  fit(): void;
  reveal(id: string): void;
}

type Flow = ReturnType<typeof useReactFlow<FlowNode, FlowEdge>>;

interface ILook {
  readonly drawing: IDrawing;
  readonly places: Places;
  readonly isSettled: boolean;
  /** Around all that is drawn; null when nothing is. */
  readonly bounds: IBox | null;
  readonly selected: ReadonlySet<string>;
  /** Whether the library covers a part of the canvas. */
  readonly isCovered: boolean;
  readonly onReady: (view: ICanvasView) => void;
}

/** What is drawn now, for what is asked later. */
type Latest = React.MutableRefObject<Pick<ILook, 'drawing' | 'places' | 'bounds'>>;

/** Zoom to which a node that is asked for is brought at least. */
const REVEALED = 0.7;

/** What was brought into sight, and how it is in a canvas of another size. */
interface IShown {
  readonly at: Viewport;
  /** Whether it was shown again: not where one of these nodes would be out of sight. */
  readonly again: (kept?: Boxes) => boolean;
}

/** Null before anything was; a person who moves the canvas makes it differ from `at`. */
type Shown = React.MutableRefObject<IShown | null>;

/** Brings the graph into sight at first, and all of it or nodes when they are asked for. */
export function useViewport(
  look: ILook,
  root: React.RefObject<HTMLDivElement>
): Pick<ICanvasView, 'fit'> {
  const { drawing, places, bounds, onReady } = look;
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const isReady = drawing.items.length > 0;
  const latest = React.useRef({ places, drawing, bounds });
  latest.current = { places, drawing, bounds };
  const reveal = React.useCallback(
    (id: string): void => {
      const { places: now, drawing: drawn } = latest.current;
      const item = drawn.items.find(
        each =>
          each.id === id || (each.kind === 'folded' && each.section.cells.includes(id))
      );
      const place = item && now.get(item.id);
      if (place) {
        const { width, height } = item.shape;
        const zoom = Math.max(flow.getZoom(), REVEALED);
        void flow.setCenter(place.x + width / 2, place.y + height / 2, { zoom });
      }
    },
    [flow]
  );
  const shown: Shown = React.useRef(null);
  const fit = useFit(flow, { latest, shown }, root);
  React.useEffect(() => onReady({ fit, reveal }), [fit, onReady, reveal]);
  const show = React.useCallback(
    (kept: Boxes = new Map()): boolean => {
      const canvas = root.current;
      const first = canvas && viewAtFirst(latest.current, canvas);
      if (!first) {
        return false;
      }
      const { clientWidth: width, clientHeight: height } = canvas;
      if (!areSeen(kept, { ...first, width, height })) {
        return false;
      }
      shown.current = { at: first, again: show };
      void flow.setViewport(first);
      return true;
    },
    [flow, root]
  );
  useShownInSize(flow, { isReady, show, shown });
  useInSight(flow, { ...look, show, shown }, root);
  useUncovered(flow, { isCovered: look.isCovered, latest, shown }, root);
  return { fit };
}

/** Gives the way to show the whole graph. */
function useFit(
  flow: Flow,
  { latest, shown }: { readonly latest: Latest; readonly shown: Shown },
  root: React.RefObject<HTMLDivElement>
): () => boolean {
  const store = useStoreApi();
  const [asked, ask] = React.useReducer((times: number) => times + 1, 0);
  const fit = React.useCallback((): boolean => {
    ask();
    return true;
  }, []);
  // Not before what has just been given is drawn.
  React.useEffect(() => {
    const { bounds: all } = latest.current;
    const canvas = store.getState();
    // Neither at first, nor of nothing, nor in a panel that is hidden.
    if (asked > 0 && all && canvas.width > 0) {
      const at = viewOf(all, canvas, paddingBeside(coveredOf(root.current)));
      shown.current = { at, again: fit };
      void flow.setViewport(at);
    }
  }, [asked, fit, flow, latest, root, shown, store]);
  return fit;
}

/** Shows the graph as at first, kept nodes in sight; what was shown. */
interface IShowing {
  readonly show: IShown['again'];
  readonly shown: Shown;
}

/** Shows the graph at first, and in a canvas of another size what was seen before. */
function useShownInSize(
  flow: Flow,
  { isReady, show, shown }: IShowing & { readonly isReady: boolean }
): void {
  const width = useStore(store => store.width);
  const height = useStore(store => store.height);
  const former = React.useRef(width);
  React.useEffect(() => {
    const before = former.current;
    former.current = width;
    const now = flow.getViewport();
    if (!isReady) {
      shown.current = null;
    } else if (!shown.current) {
      show();
    } else if (isUnmoved(shown, now)) {
      // In a canvas of another size too, until a person has moved it.
      shown.current.again();
    } else if (before > 0 && width > 0) {
      // What the person looks at stays in the middle.
      void flow.setViewport({ ...now, x: now.x + (width - before) / 2 });
    }
  }, [flow, isReady, show, shown, width, height]);
}

/** Brings what is seen out from under the library, and back when that closes. */
function useUncovered(
  flow: Flow,
  {
    isCovered,
    latest,
    shown
  }: Pick<ILook, 'isCovered'> & { readonly latest: Latest; readonly shown: Shown },
  root: React.RefObject<HTMLDivElement>
): void {
  const moved = React.useRef<IUncovered | null>(null);
  React.useLayoutEffect(() => {
    const now = flow.getViewport();
    const go = (to: Viewport): void => {
      keepUnmoved(shown, now, to);
      void flow.setViewport(to);
    };
    const covered = coveredOf(root.current);
    if (covered === 0 && !moved.current) {
      return;
    }
    const { drawing, places } = latest.current;
    const { clientWidth: width = 0, clientHeight: height = 0 } = root.current ?? {};
    const boxes = boxesOf(drawing, places);
    const sight: ISight = { ...now, width, height };
    if (covered > 0) {
      const by = uncovering(boxes, sight, covered);
      const to = { ...now, x: now.x + by };
      moved.current = { from: now, to, covered, boxes };
      if (by > 0) {
        go(to);
      }
    } else if (moved.current && isSame(moved.current.to, now)) {
      go(moved.current.from);
    } else if (moved.current) {
      // Perhaps nodes were added beside it; else somebody looks at something else.
      const change = { before: moved.current.boxes, after: boxes, sight };
      const by = recovering(change, moved.current.covered);
      if (by > 0) {
        go({ ...now, x: now.x - by });
      }
    }
  }, [flow, root, isCovered, latest, shown]);
}

/** A way out from under the library, which covered so many pixels; the boxes at that time. */
interface IUncovered {
  readonly from: Viewport;
  readonly to: Viewport;
  readonly covered: number;
  readonly boxes: Boxes;
}

/** Pixels at the left of a canvas over which the library lies. */
function coveredOf(canvas: HTMLElement | null): number {
  const drawer =
    canvas?.parentElement?.querySelector<HTMLElement>('.llmos-GraphDrawer');
  return drawer?.offsetWidth ?? 0;
}

function isSame(first: Viewport, second: Viewport): boolean {
  return first.x === second.x && first.y === second.y && first.zoom === second.zoom;
}

/** Whether a person has left the canvas as it was shown. */
function isUnmoved({ current }: Shown, now: Viewport): boolean {
  return current !== null && isSame(current.at, now);
}

/** Notes a move that no person has made. */
function keepUnmoved(shown: Shown, from: Viewport, to: Viewport): void {
  if (shown.current && isUnmoved(shown, from)) {
    shown.current = { ...shown.current, at: to };
  }
}

/** Keeps in sight what a person looks at when a layout moves nodes; without motion. */
function useInSight(
  flow: Flow,
  look: ILook & IShowing,
  root: React.RefObject<HTMLDivElement>
): void {
  const { drawing, places, isSettled, selected, show, shown } = look;
  const former = React.useRef<{ boxes: Boxes; chosen: readonly string[] } | null>(null);
  const [keeper] = React.useState(() => new SightKeeper());
  const latest = React.useRef(selected);
  latest.current = selected;
  // Before the nodes are painted at their new places.
  React.useLayoutEffect(() => {
    if (!isSettled || !root.current) {
      return;
    }
    const before = former.current;
    const boxes = boxesOf(drawing, places);
    const chosen = drawing.items.flatMap(item => (chosenPlace(item) ? [item.id] : []));
    former.current = { boxes, chosen };
    const { clientWidth: width, clientHeight: height } = root.current;
    // Neither at first, nor while the panel is hidden.
    if (before === null || width === 0) {
      return;
    }
    const covered = coveredOf(root.current);
    const now = flow.getViewport();
    const sight = { ...now, width, height, covered };
    const change: ISightChange = {
      ...{ before: before.boxes, after: boxes, selected: latest.current, sight },
      chosen: new Set([...before.chosen, ...chosen])
    };
    const isSameGraph = haveSameNodes(before.boxes, boxes);
    if (isSameGraph && isUnmoved(shown, now) && hasOutgrown(change)) {
      // Nodes have grown, as when the library is read, or are linked: as at first again.
      if (shown.current?.again(watchedOf(change))) {
        return;
      }
    }
    const move = keeper.after(change);
    if (move === 'fit') {
      show();
    } else if (move) {
      const to = { ...move, zoom: sight.zoom };
      if (isSameGraph) {
        keepUnmoved(shown, now, to);
      }
      void flow.setViewport(to);
    }
  }, [flow, drawing, places, isSettled, root, show, shown, keeper]);
}

/** Around the graph at first, in pixels. */
const MARGIN = 20;

/** How the whole graph is shown: below the zoom buttons, beside the library. */
function paddingBeside(covered: number): NonNullable<FitViewOptions['padding']> {
  const [margin, left] = [`${MARGIN}px`, `${covered + MARGIN}px`] as const;
  return { top: `${TOP}px`, left, right: margin, bottom: margin };
}

/** The view of a box with room around it. */
function viewOf(
  box: IBox,
  { width, height, minZoom, maxZoom }: CanvasSize,
  padding: NonNullable<FitViewOptions['padding']>
): Viewport {
  return getViewportForBounds(box, width, height, minZoom, maxZoom, padding);
}

/** What a canvas can show. */
type CanvasSize = Record<'width' | 'height' | 'minZoom' | 'maxZoom', number>;

/** Zoom from which on texts can be read, and from which on titles can. */
const [READABLE, TITLES] = [0.6, 0.35];

/** The whole graph where that can be read, else its width, else its beginning. */
function viewAtFirst(
  { bounds }: Pick<ILook, 'bounds'>,
  canvas: HTMLElement
): Viewport | null {
  const covered = coveredOf(canvas);
  const width = canvas.clientWidth - covered;
  // Neither of nothing, nor in a panel that is hidden.
  if (!bounds || width <= 0) {
    return null;
  }
  const fitWidth = (width - 2 * MARGIN) / bounds.width;
  const fitHeight = (canvas.clientHeight - TOP - MARGIN) / bounds.height;
  const whole = Math.min(fitWidth, fitHeight, 1);
  const byWidth = fitWidth >= TITLES ? Math.min(fitWidth, 1) : READABLE;
  const zoom = whole >= READABLE ? whole : byWidth;
  const free = width - bounds.width * zoom;
  return {
    x: covered + Math.max(free / 2, MARGIN) - bounds.x * zoom,
    y: TOP - bounds.y * zoom,
    zoom
  };
}
