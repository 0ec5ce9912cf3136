import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

/** A button of the assistant's panel that shows an icon alone. */
export function IconButton(props: {
  readonly icon: LabIcon;
  /** Its name for those who hear the page. */
  readonly label: string;
  /** What hovering tells; the name where nothing more is to be said. */
  readonly title?: string;
  /** In CSS pixels. */
  readonly size?: number;
  readonly isDisabled?: boolean;
  /** Whether it opens a menu. */
  readonly hasMenu?: boolean;
  readonly click: (button: HTMLElement) => void;
}): React.JSX.Element {
  const { icon, label, title = label, size = 16, isDisabled = false, click } = props;
  return (
    <button
      type="button"
      className="llmos-IconButton"
      disabled={isDisabled}
      title={title}
      aria-label={label}
      aria-haspopup={props.hasMenu ? 'menu' : undefined}
      onClick={event => click(event.currentTarget)}
    >
      <icon.react tag="span" width={`${size}px`} />
    </button>
  );
}
