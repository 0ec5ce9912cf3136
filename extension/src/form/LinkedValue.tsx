import type { TranslationBundle } from '@jupyterlab/translation';
import { editIcon, linkIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** An input that is fed by another cell: which, and how to go there or cut it. */
export interface ILinkedValueProps {
  readonly input: string;
  readonly expression: string;
  /** The variable that the value comes from. */
  readonly variable: string;
  readonly jump: () => void;
  readonly edit: () => void;
  readonly trans: TranslationBundle;
}

/** A value that a cell above makes: a link to that cell, and a way to change it. */
export function LinkedValue(props: ILinkedValueProps): React.JSX.Element {
  const { input, expression, variable, jump, edit, trans } = props;
  const editLabel = trans.__('Edit %1', input);
  return (
    <span className="llmos-FormField-link">
      <button
        type="button"
        className="llmos-FormField-jump"
        title={trans.__('%1 — go to the cell that makes %2', expression, variable)}
        onClick={jump}
      >
        <linkIcon.react tag="span" width="12px" height="12px" />
        <span>{expression}</span>
      </button>
      <button
        type="button"
        className="llmos-FormField-edit"
        title={editLabel}
        aria-label={editLabel}
        onClick={edit}
      >
        <editIcon.react tag="span" width="12px" height="12px" />
      </button>
    </span>
  );
}
