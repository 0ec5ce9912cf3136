import type { TranslationBundle } from '@jupyterlab/translation';
import type { CellStatus } from '@llmos-lab/skills';
import * as React from 'react';

import { STATUS_ICONS, statusWord } from './statuses';

interface IStatusIconProps {
  readonly status: CellStatus;
  readonly trans: TranslationBundle;
  /** More than the word says, such as a reason or an error; shown on hovering. */
  readonly title?: string;
}

/**
 * A status as icon, word (for screen readers) and colour: the same in nodes, cells, status
 * bar and outline.
 */
export function StatusIcon(props: IStatusIconProps): JSX.Element {
  const { status, trans, title } = props;
  const Icon = STATUS_ICONS[status].react;
  const word = statusWord(status, trans);
  return (
    <span className="llmos-Status" data-status={status} title={title ?? word}>
      <Icon tag="span" className="llmos-Status-icon" aria-hidden="true" />
      <span className="llmos-Status-hiddenWord">{word}</span>
    </span>
  );
}
