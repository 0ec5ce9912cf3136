/** Two vertical lines over one pane, moved by pointer or keys. */

import type uPlot from 'uplot';

import { element } from '../dom';

/** What the lines are called, say and do. */
export interface ICursorLinesOptions {
  readonly names: readonly [string, string];
  /** Only the first pane's lines take the focus; the others follow. */
  readonly isFirst: boolean;
  readonly text: (x: number) => string;
  readonly move: (index: 0 | 1, x: number) => void;
}

/** Steps of the arrow keys as parts of the visible width. */
const STEP = 0.01;
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -STEP,
  ArrowRight: STEP,
  PageDown: -10 * STEP,
  PageUp: 10 * STEP
};

/** Lines A and B of one pane; `role=slider`, so that keys move them too. */
export class CursorLines {
  readonly plot: uPlot;
  private readonly _options: ICursorLinesOptions;
  private readonly _nodes: readonly HTMLElement[];
  private readonly _stop = new AbortController();
  private _at: readonly [number, number] | null = null;

  constructor(plot: uPlot, options: ICursorLinesOptions) {
    this.plot = plot;
    this._options = options;
    this._nodes = ([0, 1] as const).map(index => this._line(index));
    plot.over.append(...this._nodes);
  }

  set(cursors: readonly [number, number] | null): void {
    this._at = cursors;
    this.update();
  }

  /** Puts the lines where the present range has them. */
  update(): void {
    this._nodes.forEach((node, index) => {
      const x = this._at?.[index];
      // Not by the width of what is drawn: what was just put into the page has none yet.
      const { min, max } = this.plot.scales['x'] ?? {};
      const shown =
        x !== undefined && min != null && max != null && min <= x && x <= max;
      node.style.display = shown ? '' : 'none';
      if (shown) {
        node.style.transform = `translateX(${this.plot.valToPos(x, 'x')}px)`;
      }
      if (x !== undefined && this._options.isFirst) {
        node.setAttribute('aria-valuenow', String(x));
        node.setAttribute('aria-valuetext', this._options.text(x));
      }
    });
  }

  dispose(): void {
    this._stop.abort();
    this._nodes.forEach(node => node.remove());
  }

  private _line(index: 0 | 1): HTMLElement {
    const { names, isFirst } = this._options;
    const name = names[index];
    const node = element(
      'div',
      {
        className: `llmos-Circuit-cursor llmos-mod-${index === 0 ? 'a' : 'b'}`,
        attributes: isFirst
          ? { role: 'slider', tabindex: '0', 'aria-label': name }
          : { 'aria-hidden': 'true' }
      },
      element('span', { text: index === 0 ? 'A' : 'B' })
    );
    const { signal } = this._stop;
    // uPlot would take the press for the start of a zoom.
    node.addEventListener('mousedown', event => event.stopPropagation(), { signal });
    node.addEventListener('pointerdown', event => this._drag(event, index), { signal });
    node.addEventListener('keydown', event => this._onKey(event, index), { signal });
    return node;
  }

  private _drag(event: PointerEvent, index: 0 | 1): void {
    const node = this._nodes[index];
    const { left, width } = this.plot.over.getBoundingClientRect();
    node?.setPointerCapture(event.pointerId);
    const stop = new AbortController();
    const { signal } = stop;
    const move = (next: PointerEvent): void => {
      const at = Math.min(Math.max(next.clientX - left, 0), width);
      this._options.move(index, this.plot.posToVal(at, 'x'));
    };
    node?.addEventListener('pointermove', move, { signal });
    node?.addEventListener('pointerup', () => stop.abort(), { signal });
    node?.addEventListener('pointercancel', () => stop.abort(), { signal });
  }

  private _onKey(event: KeyboardEvent, index: 0 | 1): void {
    const x = this._at?.[index];
    const step = KEYS[event.key];
    if (x === undefined || step === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const width = this.plot.over.clientWidth;
    const at = Math.min(Math.max(this.plot.valToPos(x, 'x') + step * width, 0), width);
    this._options.move(index, this.plot.posToVal(at, 'x'));
  }
}
