import { TextItem } from '@jupyterlab/statusbar';
import type { TranslationBundle } from '@jupyterlab/translation';
import { VDomRenderer } from '@jupyterlab/ui-components';
import * as React from 'react';

import { formatBytes, type IHolder, type MemoryModel } from './model';

/** Memory in the status bar; the tooltip says who holds it. */
export class MemoryStatus extends VDomRenderer<MemoryModel> {
  constructor(
    model: MemoryModel,
    private readonly _trans: TranslationBundle
  ) {
    super(model);
    this.addClass('llmos-MemoryStatus');
  }

  protected override render(): React.ReactElement | null {
    const holders = this.model.holders;
    const total = holders.reduce((sum, { bytes }) => sum + bytes, 0);
    return total === 0 ? null : (
      <TextItem
        source={this._trans.__('Memory %1', formatBytes(total))}
        title={holders.map(holder => this._line(holder)).join('\n')}
      />
    );
  }

  private _line({ kind, name, bytes }: IHolder): string {
    const size = formatBytes(bytes);
    if (kind === 'kernel') {
      return this._trans.__('Python of %1: %2', name, size);
    }
    return name
      ? this._trans.__('Worker that runs %1: %2', name, size)
      : this._trans.__('Idle worker: %1', size);
  }
}
