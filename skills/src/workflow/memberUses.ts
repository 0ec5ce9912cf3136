import { keyOf } from './calls';
import { parsePython } from './python/parse';
import { walkTree, type TreeNode } from './python/tree';

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
  const isName = (node: TreeNode): boolean => node.kind === 'Name' && node.id === name;
  walkTree(parsePython(source).statements, node => {
    if (node.kind === 'Attribute' && isName(node.value)) {
      members.add(node.attribute);
      return false;
    }
    const key =
      node.kind === 'Subscript' && isName(node.value) ? keyOf(node.index) : null;
    if (key !== null) {
      members.add(key);
      return false;
    }
    whole ||= isName(node);
    return true;
  });
  return { members: [...members].sort(), whole };
}
