import type { TranslationBundle } from '@jupyterlab/translation';
import { formatPython, PORT_TYPES, type IPort, type PortType } from '@llmos-lab/skills';
import * as React from 'react';

import { readTyped } from '../../form/fields';
import type { PortEdit, SaveModel } from './saveModel';

interface ITableProps {
  readonly model: SaveModel;
  readonly trans: TranslationBundle;
}

/** The inputs, one a row. */
export function InputTable({ model, trans }: ITableProps): React.JSX.Element {
  const { inputs } = model.state;
  return (
    <Table
      title={trans.__('Inputs')}
      none={trans.__('None: the cell uses no variable of the notebook.')}
      columns={[
        trans.__('Name'),
        trans.__('Type'),
        trans.__('Default'),
        trans.__('Unit'),
        trans.__('Description')
      ]}
      rows={inputs.map(({ port }, index) => {
        const set = (edit: PortEdit): void => model.setInput(index, edit);
        const cell = { port, trans, set };
        return (
          <tr key={index}>
            <NameCell {...cell} />
            <TypeCell {...cell} />
            <td>
              <DefaultField {...cell} />
            </td>
            <TextCells {...cell} />
          </tr>
        );
      })}
    />
  );
}

/** The outputs, one a row; those that are not ticked are left out. */
export function OutputTable({ model, trans }: ITableProps): React.JSX.Element {
  const { outputs } = model.state;
  return (
    <Table
      title={trans.__('Outputs')}
      none={trans.__('None: the cell defines nothing that could be given back.')}
      columns={[
        '',
        trans.__('Name'),
        trans.__('Type'),
        trans.__('Unit'),
        trans.__('Description')
      ]}
      rows={outputs.map(({ output: { port }, isTaken }, index) => {
        const set = (edit: PortEdit): void => model.setOutput(index, edit);
        const cell = { port, trans, set };
        return (
          <tr key={index} className={isTaken ? undefined : 'llmos-mod-off'}>
            <td>
              <input
                type="checkbox"
                aria-label={trans.__('Give %1 back', port.name)}
                checked={isTaken}
                onChange={event =>
                  model.setOutput(index, { isTaken: event.target.checked })
                }
              />
            </td>
            <NameCell {...cell} />
            <TypeCell {...cell} />
            <TextCells {...cell} />
          </tr>
        );
      })}
    />
  );
}

function Table(props: {
  readonly title: string;
  readonly none: string;
  readonly columns: readonly string[];
  readonly rows: readonly React.JSX.Element[];
}): React.JSX.Element {
  const { title, none, columns, rows } = props;
  return (
    <>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="llmos-SaveDialog-none">{none}</p>
      ) : (
        <div className="llmos-SaveDialog-scroll">
          <table aria-label={title}>
            <thead>
              <tr>
                {columns.map(column => (
                  <th key={column}>{column}</th>
                ))}
              </tr>
            </thead>
            <tbody>{rows}</tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface ICellProps {
  readonly port: IPort;
  readonly trans: TranslationBundle;
  readonly set: (edit: PortEdit) => void;
}

function NameCell({ port, trans, set }: ICellProps): React.JSX.Element {
  return (
    <td>
      <input
        type="text"
        aria-label={trans.__('Name')}
        required
        spellCheck={false}
        size={12}
        value={port.name}
        onChange={event => set({ name: event.target.value })}
      />
    </td>
  );
}

function TypeCell({ port, trans, set }: ICellProps): React.JSX.Element {
  return (
    <td>
      <select
        aria-label={trans.__('Type of %1', port.name)}
        value={port.type}
        onChange={event => {
          const type = PORT_TYPES.find(each => each === event.target.value);
          set({ type: type ?? ('any' satisfies PortType) });
        }}
      >
        {PORT_TYPES.map(type => (
          <option key={type}>{type}</option>
        ))}
      </select>
    </td>
  );
}

function TextCells({ port, trans, set }: ICellProps): React.JSX.Element {
  return (
    <>
      <td>
        <input
          type="text"
          aria-label={trans.__('Unit of %1', port.name)}
          size={5}
          value={port.unit ?? ''}
          onChange={event => set({ unit: event.target.value })}
        />
      </td>
      <td className="llmos-mod-wide">
        <input
          type="text"
          aria-label={trans.__('Description of %1', port.name)}
          value={port.description ?? ''}
          onChange={event => set({ description: event.target.value })}
        />
      </td>
    </>
  );
}

/** The default as Python; without one the input must be given. */
function DefaultField({ port, trans, set }: ICellProps): React.JSX.Element {
  const { default: value, type } = port;
  const shown =
    value === undefined
      ? ''
      : type === 'string' && typeof value === 'string'
        ? value
        : formatPython(value);
  const [text, setText] = React.useState(shown);
  const read = text === '' && type !== 'string' ? null : readTyped(port, text);
  const isBad = text !== '' && !(read && 'value' in read);
  return (
    <input
      type="text"
      className={isBad ? 'jp-mod-error' : undefined}
      aria-label={trans.__('Default of %1', port.name)}
      title={
        isBad ? trans.__('Write a Python literal, such as 3 or [1, 2]') : undefined
      }
      placeholder={trans.__('required')}
      spellCheck={false}
      size={12}
      value={text}
      onChange={event => {
        const typed = event.target.value;
        setText(typed);
        const next = typed === '' ? undefined : readTyped(port, typed);
        if (typed === '') {
          set({ default: null });
        } else if (next && 'value' in next) {
          set({ default: next.value });
        }
      }}
    />
  );
}
