import type { RenderMarkdown } from '../../skills/markdown';
import { closeMarkdown } from './closeMarkdown';
import { drawSoon } from './drawSoon';

/** Milliseconds from one drawing of a text that is being written to the next. */
const PACE = 150;

/**
 * Draws a piece of Markdown in an element: once when it is whole, and now and then while it
 * is written, as no reader follows each word and every drawing costs milliseconds. What was
 * drawn stays until the next drawing stands there, so that nothing jumps.
 */
export class TextDrawing {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _render: RenderMarkdown,
    private readonly _onDrawn: () => void
  ) {}

  /** Shows this text from one of the next frames on; a growing one a little later. */
  show(text: string, { isGrowing }: { readonly isGrowing: boolean }): void {
    this._text = isGrowing ? () => closeMarkdown(text) : () => text;
    if (!isGrowing) {
      this._wait();
      this._leave = drawSoon(() => this._draw());
    } else if (!this._isWaiting) {
      this._wait();
      this._isWaiting = true;
      const timer = setTimeout(() => {
        this._leave = drawSoon(() => this._draw());
      }, PACE);
      this._leave = () => clearTimeout(timer);
    }
  }

  dispose(): void {
    this._wait();
    this._drawn.forEach(clear => clear());
    this._drawn = [];
  }

  /** Leaves out a drawing that was to come. */
  private _wait(): void {
    this._leave();
    this._leave = () => undefined;
    this._isWaiting = false;
  }

  private _draw(): void {
    this._isWaiting = false;
    const before = this._drawn;
    const place = document.createElement('div');
    place.hidden = before.length > 0;
    this._host.append(place);
    const clear = this._render(place, this._text(), () => {
      before.forEach(each => each());
      this._drawn = this._drawn.filter(each => !before.includes(each));
      place.hidden = false;
      this._onDrawn();
    });
    this._drawn = [
      ...before,
      () => {
        clear();
        place.remove();
      }
    ];
  }

  private _text = (): string => '';
  private _leave: () => void = () => undefined;
  private _isWaiting = false;
  /** Takes away what stands there: one drawing, and one that comes in its place. */
  private _drawn: readonly (() => void)[] = [];
}
