import type { TranslationBundle } from '@jupyterlab/translation';

import { assistantIcon } from '../icons';
import { LazyPanel } from '../lazyPanel';
import type { AssistantPanel } from './panel/AssistantPanel';

/** Id of the panel in the right side bar. */
export const ASSISTANT_PANEL_ID = 'llmos-assistant-panel';

/**
 * The assistant's place in the application. The assistant itself is made when it is first
 * seen or asked.
 */
export class AssistantFrame extends LazyPanel<AssistantPanel> {
  constructor(trans: TranslationBundle, load: () => Promise<AssistantPanel>) {
    super({
      id: ASSISTANT_PANEL_ID,
      icon: assistantIcon,
      caption: trans.__('Assistant'),
      name: 'llmos-AssistantFrame',
      statusName: 'llmos-AssistantFrame-status',
      loading: trans.__('Loading the assistant…'),
      failed: reason => trans.__('The assistant could not be loaded: %1', reason),
      load
    });
  }

  protected override onActivateRequest(): void {
    this.content().then(
      panel => panel.activate(),
      // The frame says why there is nothing to go to.
      () => undefined
    );
  }
}
