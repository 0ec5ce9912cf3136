import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import { takesRange } from '@llmos-lab/skills';
import * as React from 'react';

import type { IAxisFields } from './axisFields';
import type { IAxisRow, SweepForm } from './sweepForm';

interface IAxisRowProps {
  readonly form: SweepForm;
  readonly row: IAxisRow;
  readonly at: number;
  readonly trans: TranslationBundle;
}

/** One input, the way in which its values are given, and the values. */
export function AxisRow(props: IAxisRowProps): React.JSX.Element {
  const { form, row, at, trans } = props;
  const { fields, port, fault } = row;
  const faultId = React.useId();
  const isRange = fields.mode === 'range';
  const label = trans.__('Values of %1', fields.input);
  return (
    <div
      className="llmos-SweepAxis"
      role="group"
      aria-label={label}
      aria-describedby={fault === null ? undefined : faultId}
    >
      <div className="llmos-SweepAxis-head">
        <InputChoice {...props} />
        {port?.unit !== undefined && (
          <span className="llmos-SweepAxis-unit">{port.unit}</span>
        )}
        {form.rows.length > 1 && (
          <button
            type="button"
            className="llmos-SweepAxis-remove"
            title={trans.__('Do not sweep %1', fields.input)}
            aria-label={trans.__('Do not sweep %1', fields.input)}
            onClick={() => form.remove(at)}
          >
            <closeIcon.react tag="span" aria-hidden="true" />
          </button>
        )}
      </div>
      <div className="llmos-SweepAxis-values">
        {port && takesRange(port) && <ModeChoice {...props} />}
        {isRange ? <RangeFields {...props} /> : <ListField {...props} />}
      </div>
      <p id={faultId} className="llmos-SweepDialog-fault" role="status">
        {fault}
      </p>
    </div>
  );
}

/** The inputs of all calls that can be swept, by cell. */
function InputChoice({ form, row, at, trans }: IAxisRowProps): React.JSX.Element {
  const { cell, input } = row.fields;
  return (
    <label>
      <span>{trans.__('Input')}</span>
      <select
        className="jp-mod-styled"
        value={`${cell} ${input}`}
        onChange={event => {
          const [chosen = '', name = ''] = event.target.value.split(' ');
          form.choose(at, chosen, name);
        }}
      >
        {form.calls.map(({ cell: each, skill }) => (
          <optgroup key={each.id} label={form.titleOf(each.id)}>
            {skill.inputs.map(({ name }) => (
              <option key={name} value={`${each.id} ${name}`}>
                {`${form.titleOf(each.id)} · ${name}`}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function ModeChoice({ form, row, at, trans }: IAxisRowProps): React.JSX.Element {
  const name = React.useId();
  const choice = (mode: IAxisFields['mode'], text: string): React.JSX.Element => (
    <label>
      <input
        type="radio"
        name={name}
        checked={row.fields.mode === mode}
        onChange={() => form.edit(at, { mode })}
      />
      {text}
    </label>
  );
  return (
    <div className="llmos-SweepAxis-mode" role="radiogroup">
      {choice('range', trans.__('Range'))}
      {choice('list', trans.__('List'))}
    </div>
  );
}

function RangeFields({ form, row, at, trans }: IAxisRowProps): React.JSX.Element {
  const { fields } = row;
  const field = (key: 'from' | 'to' | 'count', label: string): React.JSX.Element => (
    <label>
      <span>{label}</span>
      <input
        type="text"
        inputMode={key === 'count' ? 'numeric' : 'decimal'}
        className="jp-mod-styled"
        name={key}
        spellCheck={false}
        value={fields[key]}
        onChange={event => form.edit(at, { [key]: event.target.value })}
      />
    </label>
  );
  return (
    <>
      {field('from', trans.__('From'))}
      {field('to', trans.__('To'))}
      {field('count', trans.__('Points'))}
      <label>
        <span>{trans.__('Spacing')}</span>
        <select
          className="jp-mod-styled"
          value={fields.scale}
          onChange={event =>
            form.edit(at, { scale: event.target.value === 'log' ? 'log' : 'linear' })
          }
        >
          <option value="linear">{trans.__('linear')}</option>
          <option value="log">{trans.__('logarithmic')}</option>
        </select>
      </label>
    </>
  );
}

function ListField({ form, row, at, trans }: IAxisRowProps): React.JSX.Element {
  return (
    <label className="llmos-SweepAxis-list">
      <span>{trans.__('Values, with commas between them')}</span>
      <textarea
        className="jp-mod-styled"
        name="list"
        rows={2}
        spellCheck={false}
        value={row.fields.list}
        onChange={event => form.edit(at, { list: event.target.value })}
      />
    </label>
  );
}
