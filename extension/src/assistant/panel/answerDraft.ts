import type { MessagePart } from '@llmos-lab/skills';

/** What is on the screen is on the disk after this many milliseconds. */
const STRETCH = 5000;

/**
 * Keeps an answer while it is written, so that a page that goes takes none of it along:
 * after each tool, since what tools have changed stays; now and then; and when the page is
 * hidden, since nothing can be written any more once it is gone.
 */
export class AnswerDraft {
  /** `keep` gives false where it failed, and is not called again then. */
  constructor(
    private readonly _keep: (parts: readonly MessagePart[]) => Promise<boolean>
  ) {
    document.addEventListener('visibilitychange', this._onVisibility);
    window.addEventListener('pagehide', this._write);
  }

  /** The answer as far as it is. */
  show(parts: readonly MessagePart[]): void {
    const steps = parts.filter(({ kind }) => kind === 'tool').length;
    const isMore = steps > this._steps;
    this._steps = steps;
    this._parts = parts;
    if (isMore) {
      this._write();
    } else {
      this._timer ??= setTimeout(this._write, STRETCH);
    }
  }

  /** Ends it: the answer itself is kept from now on. */
  dispose(): void {
    document.removeEventListener('visibilitychange', this._onVisibility);
    window.removeEventListener('pagehide', this._write);
    clearTimeout(this._timer);
    this._isOver = true;
  }

  private readonly _onVisibility = (): void => {
    if (document.visibilityState === 'hidden') {
      this._write();
    }
  };

  private readonly _write = (): void => {
    clearTimeout(this._timer);
    this._timer = undefined;
    const parts = this._parts;
    if (this._isOver || parts.length === 0 || parts === this._written) {
      return;
    }
    this._written = parts;
    void this._keep(parts).then(isKept => {
      // Told once: the answer itself is tried again at its end.
      this._isOver ||= !isKept;
    });
  };

  private _parts: readonly MessagePart[] = [];
  private _written: readonly MessagePart[] = [];
  private _steps = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isOver = false;
}
