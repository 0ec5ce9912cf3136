import { PanelLayout, Widget } from '@lumino/widgets';

/** What a panel says while its content is not there. */
export interface ILazyPanelOptions {
  /** Class of the panel. */
  readonly name: string;
  /** Class of its words while there is nothing else. */
  readonly statusName: string;
  readonly loading: string;
  readonly failed: (reason: string) => string;
}

/** A panel whose content, with the code for it, is loaded when it is first seen. */
export abstract class LazyPanel<T extends Widget> extends Widget {
  constructor(private readonly _lazy: ILazyPanelOptions) {
    super();
    this.layout = new PanelLayout();
    this.addClass(_lazy.name);
    this.node.setAttribute('role', 'region');
  }

  /** What the panel shows, loaded at the first call; after a failure at the next one. */
  content(): Promise<T> {
    this._content ??= this._load();
    return this._content;
  }

  /** Brings the code, and makes the content. */
  protected abstract load(): Promise<T>;

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
    try {
      await this.content();
    } catch {
      // The panel says why; it tries again when it is shown the next time.
    }
  }

  private async _load(): Promise<T> {
    this._say(this._lazy.loading);
    try {
      const content = await this.load();
      this._say(null);
      (this.layout as PanelLayout).addWidget(content);
      return content;
    } catch (error) {
      this._content = null;
      const reason = error instanceof Error ? error.message : String(error);
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

  private _content: Promise<T> | null = null;
}
