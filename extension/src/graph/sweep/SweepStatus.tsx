import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal, type ISignal } from '@lumino/signaling';
import * as React from 'react';

import { StatusIcon } from '../status/StatusIcon';
import { sweepText } from './sweepText';
import type { ISweeps } from './tokens';

/** The sweeps under way in the status bar, each with Stop; nothing while there is none. */
export class SweepStatusItem extends ReactWidget {
  constructor(
    private readonly _sweeps: ISweeps,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-RunStatusItem');
    this.addClass('llmos-SweepStatusItem');
    _sweeps.changed.connect(() => {
      this.update();
      this._activeChanged.emit();
    }, this);
  }

  /** Emits when there may be something to show, or no longer. */
  get activeChanged(): ISignal<this, void> {
    return this._activeChanged;
  }

  protected override render(): React.JSX.Element {
    const trans = this._trans;
    return (
      <>
        {this._sweeps.active.map(sweep => (
          <span key={sweep.path} className="llmos-RunStatus">
            <StatusIcon status="running" trans={trans} title={sweep.title} />
            <span role="status">{sweepText(sweep, trans)}</span>
            <span aria-hidden="true">·</span>
            <button
              type="button"
              className="llmos-RunStatus-stop"
              aria-label={trans.__('Stop the sweep')}
              onClick={() => sweep.stop()}
            >
              {trans.__('Stop')}
            </button>
          </span>
        ))}
      </>
    );
  }

  private readonly _activeChanged = new Signal<this, void>(this);
}
