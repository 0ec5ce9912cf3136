import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { reasonOf } from '../../reasonOf';
import type { IGraphView } from '../graphModel/view';
import type { ILayout, Places } from '../layout/arrange';
import {
  layoutKey,
  toDrawing,
  toLayoutGraph,
  type IDrawing,
  type IDrawingOptions
} from '../layout/drawing';
import { layOutGraph } from '../layout/layout';
import { finalPlaces } from '../layout/placed';
import { isSameScene } from '../layout/sameScene';
import type { Direction } from '../layout/shape';
import { waysOf, type IScene, type Ways } from '../layout/ways';

const EMPTY: IDrawing = { items: [], edges: [], frames: [] };
const NO_LAYOUT: ILayout = { places: new Map(), routes: new Map() };
const NO_SCENE: IScene = {
  ...{ drawing: EMPTY, places: NO_LAYOUT.places, layout: NO_LAYOUT },
  direction: 'down'
};

/** What is on the canvas and where; a layout is made when nodes or edges have changed. */
export class Arranger implements IDisposable {
  /** What is on the canvas; a new object after each change. */
  get drawing(): IDrawing {
    return this._drawing;
  }

  get places(): Places {
    return this._scene.places;
  }

  /** The ways of lines; the same function as long as they stay the same. */
  get ways(): Ways {
    return this._ways;
  }

  /** True while no layout has been made of what is drawn. */
  get isArranging(): boolean {
    return this._isArranging;
  }

  /** Whether everything that is drawn has the place that the layout gives it. */
  get isSettled(): boolean {
    return this._settled === this._key;
  }

  /** Why the last layout failed; null when it did not. */
  get error(): string | null {
    return this._error;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /** Draws a view; null empties the canvas. */
  draw(view: IGraphView | null, options: IDrawingOptions): void {
    this._drawing = view ? toDrawing(view, options) : EMPTY;
    this._direction = options.direction;
    const graph = toLayoutGraph(this._drawing, options.direction);
    const key = layoutKey(graph);
    if (key !== this._key) {
      this._key = key;
      this._isArranging = this._automatic.places.size === 0 && graph.nodes.length > 0;
      layOutGraph(graph).then(
        layout => this._settle(key, layout, null),
        (error: unknown) => this._settle(key, null, reasonOf(error))
      );
    }
    this._place();
  }

  /** Forgets where nodes stand, for another notebook. */
  reset(): void {
    this._automatic = NO_LAYOUT;
    this._key = '';
  }

  /** Takes in a layout, unless what is drawn has changed since it was asked for. */
  private _settle(key: string, layout: ILayout | null, error: string | null): void {
    if (key === this._key && !this._isDisposed) {
      this._automatic = layout ?? this._automatic;
      this._error = error;
      this._isArranging = false;
      this._settled = key;
      this._place();
    }
  }

  private _place(): void {
    const { _drawing: drawing, _automatic: automatic } = this;
    const places = finalPlaces(drawing, automatic.places);
    const scene = { drawing, places, layout: automatic, direction: this._direction };
    if (!isSameScene(scene, this._scene)) {
      this._ways = waysOf(scene);
    }
    this._scene = scene;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _drawing = EMPTY;
  private _direction: Direction = 'down';
  private _automatic = NO_LAYOUT;
  private _scene = NO_SCENE;
  private _ways = waysOf(NO_SCENE);
  private _key = '';
  /** The last key of which the layout has come, or has failed. */
  private _settled = '';
  private _error: string | null = null;
  private _isArranging = false;
  private _isDisposed = false;
}
