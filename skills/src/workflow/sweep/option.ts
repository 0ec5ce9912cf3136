/** One input to sweep, as the command line writes it: `CELL.INPUT=REST`. */
export interface ISweepOption {
  /** Id of a cell, or the variable that its call assigns. */
  readonly cell: string;
  readonly input: string;
  /** `A:B:N`, or values. */
  readonly values: string;
}

/** Reads `CELL.INPUT=A:B:N`; null when it has no such form. */
export function parseSweepOption(text: string): ISweepOption | null {
  const found = /^([^=]*)\.([^.=]+)=(.*)$/s.exec(text);
  const [, cell = '', input = '', values = ''] = found ?? [];
  return cell.trim() === '' || input.trim() === ''
    ? null
    : { cell: cell.trim(), input: input.trim(), values };
}
