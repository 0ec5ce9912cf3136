/** By which inputs a variable comes into a call of a skill. */
import { analyseCell } from './analyse';
import type { ISkillCall } from './calls';

/** One argument that reads a variable. */
export interface IArgumentUse {
  /** Its name, or `#1` for the first one by position. */
  readonly input: string;
  /** The output that it reads of the variable; null for the variable as a whole. */
  readonly output: string | null;
  /** Whether the argument is nothing but that. */
  readonly isDirect: boolean;
}

/** Arguments of a call that read a variable. */
export function argumentUses(
  call: ISkillCall,
  cell: { readonly source: string },
  name: string
): IArgumentUse[] {
  return call.arguments.flatMap((argument, position): IArgumentUse[] => {
    const input = argument.name ?? `#${position + 1}`;
    if (argument.source) {
      const { output } = argument.source;
      return argument.source.name === name ? [{ input, output, isDirect: true }] : [];
    }
    const text = cell.source.slice(argument.valueStart, argument.valueEnd);
    return text.includes(name) && analyseCell(text).uses.includes(name)
      ? [{ input, output: outputIn(text, name), isDirect: false }]
      : [];
  });
}

/** The attribute of a variable that an expression reads, when it is one and the same. */
function outputIn(text: string, name: string): string | null {
  const reads =
    /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)\s*\.\s*([\p{L}_][\p{L}\p{N}_]*)/gu;
  const found = new Set(
    [...text.matchAll(reads)]
      .filter(([, owner]) => owner === name)
      .map(([, , attribute]) => attribute)
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
