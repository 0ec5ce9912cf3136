import type { TranslationBundle } from '@jupyterlab/translation';
import { undoIcon } from '@jupyterlab/ui-components';
import type { JsonValue } from '@llmos-lab/skills';
import * as React from 'react';

import { FieldControl } from './FieldControl';
import type { IField } from './fields';
import { isResetKey } from './keys';

/** One input of the call: label, unit, control, and the way back to its default. */
export interface IFormFieldProps {
  readonly field: IField;
  /** What is wrong with the value, or with what was typed. */
  readonly message: string | undefined;
  readonly setValue: (value: JsonValue) => boolean;
  readonly setSource: (source: string) => boolean;
  readonly reset: () => boolean;
  /** Goes to the cell that makes a variable; false when there is none. */
  readonly jump: (variable: string) => boolean;
  /** Says what is wrong with what was typed; undefined takes it back. */
  readonly setFault: (fault: string | undefined) => void;
  readonly trans: TranslationBundle;
}

const RESET_KEY = 'Alt+R';

/**
 * Label, the widget that fits the input's type, unit, and a way back to the default. It
 * keeps its size whatever it shows, so that nothing moves under the pointer.
 */
export function FormField(props: IFormFieldProps): React.JSX.Element {
  const { field, message, reset, setFault, trans } = props;
  const { port, given } = field;
  const id = React.useId();
  const canReset = given !== undefined && port.required !== true;
  const resetLabel = trans.__('Reset %1 to its default', port.name);
  const goBack = (): void =>
    setFault(
      reset()
        ? undefined
        : trans.__('Give the inputs after it by name first, then reset.')
    );
  return (
    <div
      className={`llmos-FormField${message ? ' llmos-mod-invalid' : ''}`}
      onKeyDown={event => {
        if (canReset && isResetKey(event)) {
          event.preventDefault();
          goBack();
        }
      }}
    >
      <label htmlFor={id} title={port.description ?? port.name}>
        {port.name}
      </label>
      <FieldControl {...props} id={id} />
      <span className="llmos-FormField-unit">{port.unit}</span>
      <button
        type="button"
        className="llmos-FormField-reset"
        title={trans.__('%1 (%2)', resetLabel, RESET_KEY)}
        aria-label={resetLabel}
        aria-keyshortcuts={RESET_KEY}
        hidden={!canReset}
        // Tab goes from field to field; the key does the same from within one.
        tabIndex={-1}
        onClick={goBack}
      >
        <undoIcon.react tag="span" width="12px" height="12px" />
      </button>
    </div>
  );
}
