import type * as React from 'react';

import type { IFieldControlProps } from './FieldControl';
import { wantedText } from './fieldText';

/** How a control tells people and screen readers of a problem, and of limits. */
export function marks({
  field: { port },
  message,
  trans
}: IFieldControlProps): React.InputHTMLAttributes<HTMLElement> {
  return {
    'aria-invalid': message !== undefined,
    title: message ?? wantedText(port, trans)
  };
}
