import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { DialogBody } from '../../dialogBody';
import type { IWatch } from '../../archive/longWork';
import { reasonOf } from '../../reasonOf';
import { GitForm, type IGitFields, type IGitReading } from './ImportForms';

/** What the dialog asks about. */
export interface IRepositoryQuestion<T> {
  readonly first: IGitFields;
  readonly trans: TranslationBundle;
  /** Reads what was entered; what it throws is shown, and the person can mend it. */
  readonly read: (fields: IGitFields, watch: IWatch) => Promise<T>;
}

/**
 * Asks for a repository and stays open while it is read, so that an address with a
 * mistake in it can be mended.
 *
 * @returns undefined when the person cancels
 */
export async function askRepository<T>(
  question: IRepositoryQuestion<T>
): Promise<T | undefined> {
  const { trans } = question;
  const body = new RepositoryBody(question);
  const dialog = new StayingDialog(
    {
      title: trans.__('Import skills from Git'),
      body,
      focusNodeSelector: 'input',
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Read') })]
    },
    () => body.read()
  );
  try {
    await dialog.launch();
  } finally {
    body.stop();
  }
  return body.found;
}

/** A dialog whose last button does work first, and closes it when that is done. */
class StayingDialog extends Dialog<unknown> {
  constructor(
    options: Partial<Dialog.IOptions<unknown>>,
    private readonly _work: () => Promise<boolean>
  ) {
    super(options);
  }

  override resolve(index?: number): void {
    if (index === 0) {
      super.resolve(index);
      return;
    }
    void this._work().then(isDone => {
      if (isDone) {
        super.resolve(index);
      }
    });
  }
}

class RepositoryBody<T> extends DialogBody {
  constructor(private readonly _question: IRepositoryQuestion<T>) {
    super();
    this._fields = _question.first;
    this.addClass('llmos-GitImport');
  }

  /** What was read. */
  get found(): T | undefined {
    return this._found;
  }

  /** @returns whether it was read; what went wrong is shown */
  async read(): Promise<boolean> {
    const { trans, read } = this._question;
    if (this._stop) {
      return false;
    }
    if (this._fields.url.trim() === '') {
      this._show({ problem: trans.__('Enter the address of a repository.') });
      return false;
    }
    const stop = new AbortController();
    this._stop = stop;
    this._show({ share: 0 });
    try {
      this._found = await read(this._fields, {
        signal: stop.signal,
        progress: share => this._show({ share })
      });
      return true;
    } catch (error) {
      this._show(stop.signal.aborted ? {} : { problem: reasonOf(error) });
      return false;
    } finally {
      this._stop = undefined;
    }
  }

  stop(): void {
    this._stop?.abort();
  }

  protected override render(): React.JSX.Element {
    return (
      <GitForm
        first={this._fields}
        reading={this._reading}
        change={fields => {
          this._fields = fields;
        }}
        stop={() => this.stop()}
        trans={this._question.trans}
      />
    );
  }

  private _show(reading: IGitReading): void {
    this._reading = reading;
    this.update();
  }

  private _fields: IGitFields;
  private _reading: IGitReading = {};
  private _found: T | undefined;
  private _stop: AbortController | undefined;
}
