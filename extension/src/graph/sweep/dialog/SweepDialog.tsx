import { Dialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { UseSignal } from '@jupyterlab/ui-components';
import * as React from 'react';

import { DialogBody } from '../../../dialogBody';
import type { ISweepRequest } from '../tokens';
import { AxisRow } from './AxisRow';
import { Forecast } from './Forecast';
import type { SweepForm } from './sweepForm';

/**
 * Lets a person choose what to sweep; null when the dialog was left.
 *
 * @param cell Short name of the cell that it was opened for.
 */
export async function askSweep(
  form: SweepForm,
  cell: string,
  trans: TranslationBundle
): Promise<ISweepRequest | null> {
  const dialog = new Dialog({
    title: trans.__('Sweep of %1', cell),
    body: new SweepBody(form, trans),
    focusNodeSelector: 'input, select',
    buttons: [
      Dialog.cancelButton(),
      Dialog.okButton({ label: trans.__('Run the sweep') })
    ]
  });
  dialog.addClass('llmos-SweepDialog');
  form.begin();
  const { button } = await dialog.launch();
  return button.accept ? form.request : null;
}

class SweepBody extends DialogBody {
  constructor(
    private readonly _form: SweepForm,
    private readonly _trans: TranslationBundle
  ) {
    super();
  }

  protected override render(): React.JSX.Element {
    const { _form: form, _trans: trans } = this;
    return (
      <UseSignal signal={form.changed}>
        {() => <SweepView form={form} trans={trans} />}
      </UseSignal>
    );
  }
}

/** Inputs with their values, outputs to keep, and what would be computed. */
export interface ISweepViewProps {
  readonly form: SweepForm;
  readonly trans: TranslationBundle;
}

/** The whole of the dialog between its title and its buttons. */
export function SweepView({ form, trans }: ISweepViewProps): React.JSX.Element {
  const root = React.useRef<HTMLDivElement>(null);
  const isBad = form.plan === null;
  // The dialog looks at its fields at each input event, and not when React is done.
  React.useEffect(() => {
    root.current?.dispatchEvent(new Event('input', { bubbles: true }));
  }, [isBad]);
  return (
    <div className="llmos-SweepDialog-view" ref={root}>
      {form.rows.map((row, at) => (
        <AxisRow key={at} {...{ form, row, at, trans }} />
      ))}
      <button
        type="button"
        className="llmos-SweepDialog-add"
        disabled={!form.canAdd}
        onClick={() => form.add()}
      >
        {trans.__('Another input, for all combinations')}
      </button>
      {form.fault !== null && (
        <p className="llmos-SweepDialog-fault" role="alert">
          {form.fault}
        </p>
      )}
      {isBad && <span className="jp-mod-error" hidden />}
      <Outputs form={form} trans={trans} />
      <Forecast form={form} trans={trans} />
    </div>
  );
}

/** Which outputs become columns of the table. */
function Outputs({ form, trans }: ISweepViewProps): React.JSX.Element | null {
  const { columns } = form;
  return columns.length === 0 ? null : (
    <fieldset className="llmos-SweepDialog-outputs">
      <legend>{trans.__('Columns of the table')}</legend>
      {columns.map(column => (
        <label key={column}>
          <input
            type="checkbox"
            checked={form.isKept(column)}
            onChange={event => form.keep(column, event.target.checked)}
          />
          <code>{column}</code>
          {form.isText(column) && <span>{trans.__('if short')}</span>}
        </label>
      ))}
    </fieldset>
  );
}
