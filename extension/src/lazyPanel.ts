import type { LabIcon } from '@jupyterlab/ui-components';
import { Signal, type ISignal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';

import { reasonOf } from './reasonOf';

/** A panel's place in a side bar, and what it says while its content is not there. */
export interface ILazyPanelOptions<T extends Widget> {
  readonly id: string;
  readonly icon: LabIcon;
  /** Of its tab. */
  readonly caption: string;
  /** What a screen reader calls it; the caption unless given. */
  readonly label?: string;
  /** Class of the panel. */
  readonly name: string;
  /** Class of its words while there is nothing else. */
  readonly statusName: string;
  readonly loading: string;
  readonly failed: (reason: string) => string;
  /** Brings the code, and makes the content. */
  readonly load: () => Promise<T>;
}

/** A panel whose content, with the code for it, is loaded when it is first seen. */
export class LazyPanel<T extends Widget> extends Widget {
  constructor(private readonly _lazy: ILazyPanelOptions<T>) {
    super();
    this.layout = new PanelLayout();
    this.addClass(_lazy.name);
    this.id = _lazy.id;
    this.title.icon = _lazy.icon;
    this.title.caption = _lazy.caption;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _lazy.label ?? _lazy.caption);
  }

  /** Emitted whenever the panel comes into sight. */
  get shown(): ISignal<this, void> {
    return this._shown;
  }

  /** What the panel shows, loaded at the first call; after a failure at the next one. */
  content(): Promise<T> {
    this._content ??= this._load();
    return this._content;
  }

  protected override onAfterShow(): void {
    void this.appear();
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      void this.appear();
    }
  }

  /** The panel has come into sight. */
  protected async appear(): Promise<void> {
    this._shown.emit();
    try {
      await this.content();
    } catch {
      // The panel says why; it tries again when it is shown the next time.
    }
  }

  private async _load(): Promise<T> {
    this._say(this._lazy.loading);
    try {
      const content = await this._lazy.load();
      this._say(null);
      (this.layout as PanelLayout).addWidget(content);
      return content;
    } catch (error) {
      this._content = null;
      const reason = reasonOf(error);
      this._say(this._lazy.failed(reason));
      throw error;
    }
  }

  private _say(text: string | null): void {
    const name = this._lazy.statusName;
    this.node.querySelector(`.${name}`)?.remove();
    if (text !== null) {
      const status = document.createElement('p');
      status.className = name;
      status.setAttribute('role', 'status');
      status.textContent = text;
      this.node.append(status);
    }
  }

  private readonly _shown = new Signal<this, void>(this);
  private _content: Promise<T> | null = null;
}
