import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Signal, type ISignal } from '@lumino/signaling';

import { compassIcon } from '../icons';
import { LazyPanel } from '../lazyPanel';
import type { GuidePanel } from './panel/GuidePanel';

/** Id of the guide in the left side bar. */
export const GUIDE_ID = 'llmos-guide';

/** The guide's place in the application; it goes when it is closed. */
export class GuideFrame extends LazyPanel<GuidePanel> {
  constructor(trans: TranslationBundle, load: () => Promise<GuidePanel>) {
    super({
      id: GUIDE_ID,
      icon: compassIcon,
      caption: trans.__('Guide'),
      name: 'llmos-GuideFrame',
      statusName: 'llmos-GuideFrame-status',
      loading: trans.__('Loading…'),
      failed: reason => trans.__('The guide could not be loaded: %1', reason),
      load
    });
  }

  /** Emits when a person closes the guide, just before it goes. */
  get closing(): ISignal<this, void> {
    return this._closing;
  }

  protected override onCloseRequest(_: Message): void {
    this._closing.emit();
    this.dispose();
  }

  private readonly _closing = new Signal<this, void>(this);
}
