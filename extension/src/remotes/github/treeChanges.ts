import type { IGitTreeItem } from '@llmos-lab/skills';

/** A file that differs between two trees, with its mode; `oid: null` deletes it. */
export interface ITreeChange {
  readonly path: string;
  readonly mode: IGitTreeItem['mode'];
  readonly oid: string | null;
}

/** Reads a tree object's items. */
export type ReadItems = (oid: string) => Promise<readonly IGitTreeItem[]>;

/**
 * What turns one root tree into another, sorted as Git sorts. Unlike the diff that
 * histories show, it has modes: a script stays executable.
 */
export async function treeChanges(
  from: string | null,
  to: string | null,
  readItems: ReadItems,
  folder = ''
): Promise<readonly ITreeChange[]> {
  if (from === to) {
    return [];
  }
  const before = await itemsByName(from, readItems);
  const after = await itemsByName(to, readItems);
  const changes: ITreeChange[] = [];
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const a = before.get(name);
    const b = after.get(name);
    if (a?.oid === b?.oid && a?.mode === b?.mode) {
      continue;
    }
    const path = folder + name;
    const isFile = b !== undefined && b.mode !== '40000';
    if (a && a.mode !== '40000' && !isFile) {
      changes.push({ path, mode: a.mode, oid: null });
    }
    const inside = (item?: IGitTreeItem): string | null =>
      item?.mode === '40000' ? item.oid : null;
    changes.push(...(await treeChanges(inside(a), inside(b), readItems, `${path}/`)));
    if (isFile) {
      changes.push({ path, mode: b.mode, oid: b.oid });
    }
  }
  return changes;
}

async function itemsByName(
  oid: string | null,
  readItems: ReadItems
): Promise<ReadonlyMap<string, IGitTreeItem>> {
  const items = oid === null ? [] : await readItems(oid);
  return new Map(items.map(item => [item.name, item]));
}
