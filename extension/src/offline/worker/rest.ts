/** Pages that open ask for many files, one shortly after the other. */
const REST_MS = 1_000;

/** Knows when pages have stopped asking, so that what can wait does not slow their start. */
export class Rest {
  /** A page has asked for something. */
  disturb(): void {
    this._until = performance.now() + REST_MS;
  }

  /** Resolves once no page has asked for a while; at once where that is so already. */
  async wait(): Promise<void> {
    for (let left = this._left(); left > 0; left = this._left()) {
      const time = left;
      await new Promise(resolve => setTimeout(resolve, time));
    }
  }

  private _left(): number {
    return this._until - performance.now();
  }

  private _until = 0;
}
