import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';
import { PanelLayout, Widget } from '@lumino/widgets';

import { graphIcon } from '../../icons';
import type { GraphContent, IContentOptions } from './content';

/** Id of the panel in the right side bar. */
export const GRAPH_PANEL_ID = 'llmos-graph-panel';

/**
 * The graph panel's place in the application. What it shows, with React Flow and the
 * layout, is loaded when it is first seen.
 */
export class GraphPanel extends Widget {
  constructor(private readonly _options: IContentOptions) {
    super();
    const { trans } = _options;
    this.layout = new PanelLayout();
    this.id = GRAPH_PANEL_ID;
    this.addClass('llmos-GraphPanel');
    this.title.icon = graphIcon;
    this.title.caption = trans.__('Graph');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Graph of the notebook'));
  }

  /** Emitted when a person closes the panel's tab in the main area. */
  get closing(): ISignal<this, void> {
    return this._closing;
  }

  /** Emitted whenever the panel comes into sight. */
  get shown(): ISignal<this, void> {
    return this._shown;
  }

  /** What the panel shows, loaded at the first call. */
  content(): Promise<GraphContent> {
    this._content ??= this._load();
    return this._content;
  }

  protected override onAfterShow(): void {
    void this._show();
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      void this._show();
    }
  }

  /** The one panel is never lost: who closes it hears of it and gives it another place. */
  protected override onCloseRequest(): void {
    this._closing.emit();
  }

  protected override onActivateRequest(_: Message): void {
    this.node.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  private async _show(): Promise<void> {
    this._shown.emit();
    try {
      await this.content();
    } catch (error) {
      // The next time it is shown, loading is tried again.
      this._content = null;
      const reason = error instanceof Error ? error.message : String(error);
      this._say(this._options.trans.__('The graph could not be loaded: %1', reason));
    }
  }

  private async _load(): Promise<GraphContent> {
    this._say(this._options.trans.__('Loading the graph…'));
    const [{ GraphContent }] = await Promise.all([
      import('./content'),
      this._options.look.ready
    ]);
    this.node.querySelector('.llmos-GraphPanel-status')?.remove();
    const content = new GraphContent(this._options);
    (this.layout as PanelLayout).addWidget(content);
    return content;
  }

  private _say(text: string): void {
    this.node.querySelector('.llmos-GraphPanel-status')?.remove();
    const status = document.createElement('p');
    status.className = 'llmos-GraphPanel-status';
    status.setAttribute('role', 'status');
    status.textContent = text;
    this.node.append(status);
  }

  private readonly _shown = new Signal<this, void>(this);
  private readonly _closing = new Signal<this, void>(this);
  private _content: Promise<GraphContent> | null = null;
}
