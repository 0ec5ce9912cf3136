import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

/** What a panel shows; it says when that is another. */
export interface IPanelModel extends IDisposable {
  readonly stateChanged: ISignal<this, void>;
}

/** A panel that is drawn from its model, anew at each change, and ends it with itself. */
export abstract class ModelPanel<M extends IPanelModel> extends ReactWidget {
  constructor(readonly model: M) {
    super();
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.model.dispose();
      super.dispose();
    }
  }

  /** The panel as its model is now. */
  protected abstract draw(): React.JSX.Element;

  protected override render(): React.JSX.Element {
    return <UseSignal signal={this.model.stateChanged}>{() => this.draw()}</UseSignal>;
  }

  /** Puts the focus on a part, once the panel is drawn. */
  protected async focusOn(selector: string): Promise<void> {
    await this.renderPromise;
    this.node.querySelector<HTMLElement>(selector)?.focus();
  }
}
