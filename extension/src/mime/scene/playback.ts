/** Where an animation stands, and how many frames a second are drawn. */

export class Playback {
  playing: boolean;
  /** Seconds into the animation. */
  time = 0;
  private _last = 0;
  private readonly _frames: number[] = [];

  constructor(
    readonly duration: number,
    options: { readonly autoplay: boolean }
  ) {
    this.playing = options.autoplay && duration > 0;
  }

  /** Goes on to `now` (milliseconds); a pause of the page counts as one frame. */
  advance(now: number): void {
    const step = this._last === 0 ? 0 : Math.min((now - this._last) / 1000, 0.1);
    this._last = now;
    if (this.playing && this.duration > 0) {
      this.time = (this.time + step) % this.duration;
    }
    this._frames.push(now);
    while ((this._frames[0] ?? now) < now - 1000) {
      this._frames.shift();
    }
  }

  seek(seconds: number): void {
    this.time = Math.min(Math.max(seconds, 0), this.duration);
  }

  /** After a rest, so that the rest does not count. */
  rest(): void {
    this._last = 0;
    this._frames.length = 0;
  }

  /** Frames a second over the last second; null while there are too few. */
  get fps(): number | null {
    const [first] = this._frames;
    const last = this._frames.at(-1);
    return first !== undefined && last !== undefined && last - first > 200
      ? ((this._frames.length - 1) * 1000) / (last - first)
      : null;
  }
}
