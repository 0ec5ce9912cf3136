/** Letters of a line of a list, about, so that nobody has to scroll. */
const WIDTH = 84;

/** What stands before, behind and left of a list. */
export interface IListFrame {
  readonly head?: string;
  readonly tail?: string;
  readonly indent?: string;
}

/** A list of Python literals in one line, or in as many as it takes. */
export function pythonList(
  items: readonly string[],
  { head = '', tail = '', indent = '' }: IListFrame = {}
): readonly string[] {
  const short = `${indent}${head}[${items.join(', ')}]${tail}`;
  if (short.length <= WIDTH) {
    return [short];
  }
  const inner = `${indent}    `;
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && inner.length + line.length + item.length + 2 > WIDTH) {
      lines.push(`${inner}${line},`);
      line = '';
    }
    line += line === '' ? item : `, ${item}`;
  }
  return [`${indent}${head}[`, ...lines, `${inner}${line}`, `${indent}]${tail}`];
}
