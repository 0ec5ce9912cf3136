import type { IDisposable } from '@lumino/disposable';

/** Pixels between the tip and what it is about. */
const GAP = 4;

/** A line below a control that says what a run would do, while a person looks at it. */
export class PlanTip implements IDisposable {
  constructor() {
    this._node.className = 'llmos-PlanTip';
    this._node.setAttribute('role', 'status');
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this.hide();
  }

  /** Shows a line below an element, within the window. */
  show(anchor: Element, title: string, text: string): void {
    if (this._isDisposed) {
      return;
    }
    const strong = document.createElement('strong');
    strong.textContent = title;
    this._node.replaceChildren(strong, ` · ${text}`);
    document.body.append(this._node);
    const { left, bottom } = anchor.getBoundingClientRect();
    const most = document.documentElement.clientWidth - this._node.offsetWidth - GAP;
    this._node.style.left = `${Math.max(GAP, Math.min(left, most))}px`;
    this._node.style.top = `${bottom + GAP}px`;
  }

  hide(): void {
    this._node.remove();
  }

  private readonly _node = document.createElement('div');
  private _isDisposed = false;
}
