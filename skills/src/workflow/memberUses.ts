import type { Expression } from './python/ast';
import { parsePython } from './python/parse';

/** How a source uses a variable that holds several values, such as a skill's outputs. */
export interface IMemberUses {
  /** Members read by attribute or by text key, sorted. */
  readonly members: readonly string[];
  /** True when the variable is also used as a whole. */
  readonly whole: boolean;
}

/**
 * Finds the members of a variable that a source reads: `h.energy`, `h["energy"]`.
 *
 * @example
 * memberUses('print(h.a, h["b"])', 'h'); // { members: ['a', 'b'], whole: false }
 */
export function memberUses(source: string, name: string): IMemberUses {
  const members = new Set<string>();
  let whole = false;
  const isName = (node: Expression): boolean =>
    node.kind === 'Name' && node.id === name;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
      return;
    }
    if (typeof node !== 'object' || node === null) {
      return;
    }
    const expression = node as Expression;
    if (expression.kind === 'Attribute' && isName(expression.value)) {
      members.add(expression.attribute);
      return;
    }
    if (expression.kind === 'Subscript' && isName(expression.value)) {
      const key = keyOf(source.slice(expression.index.start, expression.index.end));
      if (key !== undefined) {
        members.add(key);
        return;
      }
    }
    if (isName(expression)) {
      whole = true;
      return;
    }
    Object.values(node).forEach(visit);
  };
  visit(parsePython(source).statements);
  return { members: [...members].sort(), whole };
}

/** The text of an index that is one plain string. */
function keyOf(index: string): string | undefined {
  const text = index
    .trim()
    .replace(/^\[|\]$/g, '')
    .trim();
  return /^(?:"([^"\\\n]*)"|'([^'\\\n]*)')$/.exec(text)?.slice(1).find(Boolean);
}
