import { ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal, type ISignal } from '@lumino/signaling';
import * as React from 'react';

import { StatusIcon } from '../status/StatusIcon';
import type { INotebookRuns, IRunProgress } from './tokens';

interface IRunStatusProps {
  readonly progress: IRunProgress;
  readonly trans: TranslationBundle;
  /** Brings the running cell into sight. */
  readonly onShow: () => void;
  readonly onStop: () => void;
}

/**
 * "2 of 7 running · Stop" in the status bar; how many have ended is the bar's to say. A
 * click leads to the running cell.
 */
export function RunStatus(props: IRunStatusProps): JSX.Element {
  const { progress, trans, onShow, onStop } = props;
  const { ended, running, total, note } = progress;
  const count =
    running > 0
      ? trans.__('%1 of %2 running', running, total)
      : trans.__('%1 of %2 waiting', total - ended, total);
  const text = note === undefined ? count : `${count} · ${note}`;
  return (
    <span className="llmos-RunStatus">
      <StatusIcon
        status={running > 0 ? 'running' : 'waiting'}
        trans={trans}
        title={text}
      />
      <span role="status">
        <button
          type="button"
          className="llmos-RunStatus-show"
          title={trans.__('Show the running cell')}
          onClick={onShow}
        >
          {text}
        </button>
      </span>
      <span aria-hidden="true">·</span>
      <button type="button" className="llmos-RunStatus-stop" onClick={onStop}>
        {trans.__('Stop')}
      </button>
    </span>
  );
}

/** The runs of all notebooks in the status bar; nothing while none is under way. */
export class RunStatusItem extends ReactWidget {
  constructor(
    private readonly _runs: INotebookRuns,
    private readonly _show: () => void,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('llmos-RunStatusItem');
    _runs.changed.connect(() => {
      this.update();
      this._activeChanged.emit();
    }, this);
  }

  /** Emits when there may be something to show, or no longer. */
  get activeChanged(): ISignal<this, void> {
    return this._activeChanged;
  }

  protected override render(): JSX.Element | null {
    const runs = this._runs.active;
    if (runs.length === 0) {
      return null;
    }
    return (
      <RunStatus
        progress={sumOf(runs.map(each => each.progress))}
        trans={this._trans}
        onShow={this._show}
        onStop={() => runs.forEach(each => each.stop())}
      />
    );
  }

  private readonly _activeChanged = new Signal<this, void>(this);
}

/** Several runs as one. */
function sumOf(runs: readonly (IRunProgress | null)[]): IRunProgress {
  const there = runs.filter(run => run !== null);
  const note = there.find(run => run.note !== undefined)?.note;
  const sum = (pick: (run: IRunProgress) => number): number =>
    there.reduce((total, run) => total + pick(run), 0);
  return {
    total: sum(run => run.total),
    ended: sum(run => run.ended),
    running: sum(run => run.running),
    startedAt: Math.min(...there.map(run => run.startedAt)),
    expectedMs: Math.max(0, ...there.map(run => run.expectedMs)),
    ...(note !== undefined && { note }),
    fraction: there.length === 0 ? 0 : sum(run => run.fraction) / there.length
  };
}
