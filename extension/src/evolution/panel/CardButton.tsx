import * as React from 'react';

interface ICardButtonProps {
  readonly label: string;
  /** What it does, for the pointer that rests on it. */
  readonly title: string;
  /** Whose it is: cards have the same buttons, and screen readers list them together. */
  readonly of: string;
  readonly onClick: () => void;
  /** The step that most people take. */
  readonly isMain?: boolean;
}

/** A button of a card. */
export function CardButton({
  label,
  title,
  of,
  onClick,
  isMain = false
}: ICardButtonProps): React.JSX.Element {
  return (
    <button
      type="button"
      className={`jp-mod-styled ${isMain ? 'jp-mod-accept' : ''}`}
      title={title}
      aria-label={`${label}: ${of}`}
      onClick={onClick}
    >
      {label}
    </button>
  );
}
