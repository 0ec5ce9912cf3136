import * as React from 'react';

interface ILinkButtonProps {
  /** What it does, for the pointer that rests on it. */
  readonly title?: string;
  /** What screen readers say, where its words alone do not tell whose it is. */
  readonly label?: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

/** A step within a line of text, which reads like a link. */
export function LinkButton({
  title,
  label,
  onClick,
  children
}: ILinkButtonProps): React.JSX.Element {
  return (
    <button
      type="button"
      className="llmos-Candidate-link"
      title={title}
      aria-label={label}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
