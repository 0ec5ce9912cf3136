import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';

import { graphIcon } from '../../icons';
import { LazyPanel } from '../../lazyPanel';
import type { GraphContent, IContentOptions } from './content';

/** Id of the panel in the right side bar. */
export const GRAPH_PANEL_ID = 'llmos-graph-panel';

/**
 * The graph panel's place in the application. What it shows, with React Flow and the
 * layout, is loaded when it is first seen.
 */
export class GraphPanel extends LazyPanel<GraphContent> {
  constructor(options: IContentOptions) {
    const { trans } = options;
    super({
      id: GRAPH_PANEL_ID,
      icon: graphIcon,
      caption: trans.__('Graph'),
      label: trans.__('Graph of the notebook'),
      name: 'llmos-GraphPanel',
      statusName: 'llmos-GraphPanel-status',
      loading: trans.__('Loading the graph…'),
      failed: reason => trans.__('The graph could not be loaded: %1', reason),
      load: () => loadContent(options)
    });
  }

  /** Emitted when a person closes the panel's tab in the main area. */
  get closing(): ISignal<this, void> {
    return this._closing;
  }

  /** The one panel is never lost: who closes it hears of it and gives it another place. */
  protected override onCloseRequest(): void {
    this._closing.emit();
  }

  protected override onActivateRequest(_: Message): void {
    this.node.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }

  private readonly _closing = new Signal<this, void>(this);
}

async function loadContent(options: IContentOptions): Promise<GraphContent> {
  const [{ GraphContent }] = await Promise.all([
    import('./content'),
    options.look.ready
  ]);
  return new GraphContent(options);
}
