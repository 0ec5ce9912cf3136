import { formatPython, type IPort, type JsonValue } from '@llmos-lab/skills';
import * as React from 'react';

import type { IFormFieldProps } from './FormField';
import { LinkedValue } from './LinkedValue';
import { linkedName } from './links';
import { marks } from './marks';
import { TypedField } from './TypedField';

/** The control that fits a port's type; it reports only values that parse. */
export interface IFieldControlProps extends Pick<
  IFormFieldProps,
  'field' | 'setValue' | 'setSource' | 'jump' | 'setFault' | 'trans'
> {
  readonly id: string;
  /** What is wrong with the value, for the tooltip and the mark. */
  readonly message: string | undefined;
}

/** The widget that fits the input's type; a link where a cell above gives the value. */
export function FieldControl(props: IFieldControlProps): React.JSX.Element {
  const { field, id, setValue } = props;
  const { port, given } = field;
  if (given && 'source' in given) {
    return <Expression {...props} expression={given.source} />;
  }
  const value = given ? given.value : port.default;
  if (port.enum) {
    return <Choice {...props} options={port.enum} value={value} />;
  }
  if (port.type === 'boolean' && (value === undefined || typeof value === 'boolean')) {
    return (
      <input
        {...marks(props)}
        id={id}
        type="checkbox"
        checked={value === true}
        onChange={event => setValue(event.target.checked)}
      />
    );
  }
  return <TypedField {...props} text={typedText(port, value)} isLinked={false} />;
}

function Choice(
  props: IFieldControlProps & {
    readonly options: readonly JsonValue[];
    readonly value: JsonValue | undefined;
  }
): React.JSX.Element {
  const { id, options, value, setValue } = props;
  const texts = options.map(option => JSON.stringify(option));
  const current = JSON.stringify(value ?? null);
  return (
    <select
      {...marks(props)}
      id={id}
      value={current}
      onChange={event => {
        const chosen = options[texts.indexOf(event.target.value)];
        if (chosen !== undefined) {
          setValue(chosen);
        }
      }}
    >
      {!texts.includes(current) && (
        <option value={current}>{value === undefined ? '' : labelOf(value)}</option>
      )}
      {options.map((option, at) => (
        <option key={texts[at]} value={texts[at]}>
          {labelOf(option)}
        </option>
      ))}
    </select>
  );
}

/** An expression: a link when it takes a value as it is, else a field that shows it. */
function Expression(
  props: IFieldControlProps & { readonly expression: string }
): React.JSX.Element {
  const { field, expression, jump, setFault, trans } = props;
  const [isEdited, setEdited] = React.useState(false);
  const variable = linkedName(expression);
  if (isEdited || variable === undefined) {
    return (
      <TypedField
        {...props}
        text={expression}
        isLinked
        isEdited={isEdited}
        closeEdit={() => setEdited(false)}
      />
    );
  }
  return (
    <LinkedValue
      input={field.port.name}
      expression={expression}
      variable={variable}
      jump={() =>
        setFault(
          jump(variable)
            ? undefined
            : trans.__('No cell above makes %1. Add one, or edit this input.', variable)
        )
      }
      edit={() => setEdited(true)}
      trans={trans}
    />
  );
}

function typedText(port: IPort, value: JsonValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  return port.type === 'string' && typeof value === 'string'
    ? value
    : formatPython(value);
}

function labelOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
