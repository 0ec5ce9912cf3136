import type { IGitTreeItem } from './gitObject';
import type { ReadTree } from './tree';

/** What stands at a path below a tree; null where there is nothing. */
export async function findInTree(
  parts: readonly string[],
  root: string | null,
  readTree: ReadTree
): Promise<IGitTreeItem | null> {
  let item: IGitTreeItem | null = null;
  let tree = root;
  for (const part of parts) {
    if (tree === null) {
      return null;
    }
    item = (await readTree(tree)).find(({ name }) => name === part) ?? null;
    tree = item?.mode === '40000' ? item.oid : null;
  }
  return item;
}
