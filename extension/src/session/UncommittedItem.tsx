import { TextItem } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';

import { uncommittedText } from './uncommitted';
import type { UncommittedModel } from './statusModel';

/** Status bar: what of the user's volume is not committed; opens the way to commit it. */
export class UncommittedItem extends VDomRenderer<UncommittedModel> {
  constructor(
    model: UncommittedModel,
    private readonly _trans: TranslationBundle,
    private readonly _onOpen: () => void
  ) {
    super(model);
    this.addClass('llmos-Uncommitted');
    this.addClass('jp-mod-highlighted');
  }

  override render(): JSX.Element {
    const { files, sessions, problem } = this.model;
    const trans = this._trans;
    const text = problem
      ? trans.__('My volume cannot be read')
      : uncommittedText(files, sessions, trans);
    return (
      <button
        type="button"
        className="llmos-Uncommitted-button"
        title={
          problem ?? trans.__('My volume: look at what is not committed, and commit it')
        }
        onClick={this._onOpen}
      >
        <TextItem source={text} />
      </button>
    );
  }
}
