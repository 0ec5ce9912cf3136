import type { Expression, Pattern, Statement } from './ast';

/** What has a kind in a syntax tree. */
export type TreeNode = Expression | Statement | Pattern;

/**
 * Calls `visit` for each node of a tree, in the order of the text, with the node around
 * it. What stands within a node is left out where `visit` returns false.
 */
export function walkTree(
  tree: readonly TreeNode[] | TreeNode,
  visit: (node: TreeNode, parent: TreeNode | null) => boolean
): void {
  walk(tree, null, visit);
}

function walk(
  part: unknown,
  parent: TreeNode | null,
  visit: (node: TreeNode, parent: TreeNode | null) => boolean
): void {
  if (Array.isArray(part)) {
    part.forEach(item => walk(item, parent, visit));
  } else if (typeof part === 'object' && part !== null) {
    // Arguments, parameters and the like have no kind: their parts count.
    const node = 'kind' in part ? (part as TreeNode) : null;
    if (!node || visit(node, parent)) {
      Object.values(part).forEach(child => walk(child, node ?? parent, visit));
    }
  }
}
