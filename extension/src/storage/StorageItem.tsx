import { TextItem } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';

import { sizeText } from '../size';
import type { StorageModel } from './model';

/** Status bar: how much of the browser's room is used; opens what can be done. */
export class StorageItem extends VDomRenderer<StorageModel> {
  constructor(
    model: StorageModel,
    private readonly _trans: TranslationBundle,
    private readonly _onOpen: () => void
  ) {
    super(model);
    this.addClass('llmos-Storage');
    this.addClass('jp-mod-highlighted');
  }

  override render(): JSX.Element {
    const { used, room, share, isNearlyFull } = this.model;
    // In a narrow window it gives way, unless it warns.
    this.toggleClass('llmos-mod-full', isNearlyFull);
    const trans = this._trans;
    const percent = Math.round(100 * share);
    return (
      <button
        type="button"
        className="llmos-Storage-button"
        title={trans.__(
          '%1 of %2 that the browser has for this site',
          sizeText(used),
          sizeText(room)
        )}
        onClick={this._onOpen}
      >
        <TextItem
          source={
            isNearlyFull
              ? trans.__('⚠ Storage %1 % full', percent)
              : trans.__('Storage %1', sizeText(used))
          }
        />
      </button>
    );
  }
}
