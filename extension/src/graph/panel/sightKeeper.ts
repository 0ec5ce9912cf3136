import { distance, type IPlace } from '../layout/box';
import { areSame, type Boxes } from '../layout/placed';
import { sightAfter, type ISightChange } from './inSight';

/** How many moves of the canvas are remembered. */
const STEPS = 20;

/** Pixels by which sums may be wrong. */
const SLIP = 0.01;

/** A move of the canvas that a layout brought about. */
interface IStep {
  /** Where nodes stood before, and what was seen of them. */
  readonly boxes: Boxes;
  readonly from: IPlace;
  readonly to: IPlace & { readonly zoom: number };
}

/**
 * Moves the canvas as {@link sightAfter} says, and back when nodes stand as they stood
 * before, such as after an undo: else each step that is taken back would leave it further on.
 */
export class SightKeeper {
  after(change: ISightChange): IPlace | 'fit' | null {
    const { before, after, sight } = change;
    const last = this._steps.at(-1)?.to;
    if (last && (last.zoom !== sight.zoom || distance(last, sight) > SLIP)) {
      // A person has moved the canvas: it is where they want it.
      this._steps = [];
    }
    const known = this._steps.findIndex(({ boxes }) => areSame(boxes, after));
    const step = this._steps[known];
    if (step) {
      this._steps = this._steps.slice(0, known);
      return step.from;
    }
    const to = sightAfter(change);
    if (to === 'fit') {
      this._steps = [];
    } else if (to) {
      const from = { x: sight.x, y: sight.y };
      const next = { boxes: before, from, to: { ...to, zoom: sight.zoom } };
      this._steps = [...this._steps, next].slice(-STEPS);
    }
    return to;
  }

  private _steps: readonly IStep[] = [];
}
