import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { ILogEntry, INotebookDiff } from '@llmos-lab/skills';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

import { reasonOf } from '../reasonOf';
import { Ago } from '../session/panel/Ago';
import { NotebookDiffView } from './NotebookDiffView';

/** A working notebook beside what was committed of it. */
export interface IComparison {
  /** Name of the session. */
  readonly name: string;
  readonly commit: ILogEntry;
  readonly diff: INotebookDiff;
}

/** What the panel works with. */
export interface ICompareOptions {
  /** Compares anew; throws with a sentence when that cannot be done. */
  readonly read: () => Promise<IComparison>;
  /** Emits when a session was saved or committed. */
  readonly changed: ISignal<unknown, void>;
  readonly commit: () => void;
  readonly trans: TranslationBundle;
}

/** The comparison as a widget: read again when it is shown, and at each save and commit. */
export class ComparePanel extends ReactWidget {
  constructor(
    first: IComparison,
    private readonly _options: ICompareOptions
  ) {
    super();
    this._comparison = first;
    this.addClass('llmos-History');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', _options.trans.__('Changes since the commit'));
    _options.changed.connect(this._read, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this._options.changed.disconnect(this._read, this);
      super.dispose();
    }
  }

  protected override onAfterShow(): void {
    this._read();
  }

  protected override render(): React.JSX.Element {
    return (
      <CompareView
        comparison={this._comparison}
        problem={this._problem}
        commit={this._options.commit}
        trans={this._options.trans}
      />
    );
  }

  /** Of two readings the later one counts. */
  private _read(): void {
    const reading = ++this._reading;
    this._options.read().then(
      comparison => this._show(reading, comparison, null),
      (error: unknown) => {
        const problem = reasonOf(error);
        this._show(reading, this._comparison, problem);
      }
    );
  }

  private _show(
    reading: number,
    comparison: IComparison,
    problem: string | null
  ): void {
    if (reading === this._reading && !this.isDisposed) {
      this._comparison = comparison;
      this._problem = problem;
      this.update();
    }
  }

  private _comparison: IComparison;
  private _problem: string | null = null;
  private _reading = 0;
}

/** Which commit, what differs from it, and the way to commit that. */
export function CompareView(props: {
  readonly comparison: IComparison;
  readonly problem: string | null;
  readonly commit: () => void;
  readonly trans: TranslationBundle;
}): React.JSX.Element {
  const { comparison, problem, commit, trans } = props;
  const { name, diff } = comparison;
  const { oid, author } = comparison.commit;
  return (
    <div className="llmos-CommitDetails llmos-mod-compare">
      <h3>{trans.__('%1 since its last commit', name)}</h3>
      <p className="llmos-CommitDetails-note">
        <code>{oid.slice(0, 10)}</code> · {author.name} ·{' '}
        <Ago time={author.time * 1000} />
      </p>
      <div className="llmos-CommitDetails-actions">
        <button type="button" className="llmos-History-button" onClick={commit}>
          {trans.__('Commit…')}
        </button>
      </div>
      {problem === null ? (
        <NotebookDiffView diff={diff} trans={trans} />
      ) : (
        <p className="llmos-SessionPanel-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
