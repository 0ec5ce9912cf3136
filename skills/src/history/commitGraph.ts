/** The picture beside a log: in which column each commit stands, and what joins them. */
import type { ILogEntry } from '../volume/store';

/** A row of the picture: one commit, and the lines that cross its row. */
export interface IGraphRow {
  readonly oid: string;
  /** Column of the commit's dot, 0 at the left. */
  readonly column: number;
  /** Columns of lines that only pass by. */
  readonly passing: readonly number[];
  /** Columns from which lines come to the dot from above: its children. */
  readonly above: readonly number[];
  /** Columns to which lines go from the dot downwards: its parents. */
  readonly below: readonly number[];
}

/** What an order needs of a commit. */
type Node = Pick<ILogEntry, 'oid' | 'parents'> & {
  readonly author: Pick<ILogEntry['author'], 'time'>;
};

/**
 * All commits that `head` comes from, children before parents, the newer first where both
 * orders are right, and first parents before merged ones where times are equal.
 */
export function orderCommits<T extends Node>(
  entries: ReadonlyMap<string, T>,
  head: string
): readonly T[] {
  const children = countChildren(entries, head);
  const ready: T[] = [];
  const ordered: T[] = [];
  const add = (entry: T | undefined): void => {
    if (!entry) {
      return;
    }
    // Few branches are open at a time, so the list of ready commits is short.
    const at = ready.findIndex(({ author }) => author.time > entry.author.time);
    ready.splice(at < 0 ? ready.length : at, 0, entry);
  };
  add(entries.get(head));
  for (let entry = ready.pop(); entry; entry = ready.pop()) {
    ordered.push(entry);
    for (const parent of [...new Set(entry.parents)].reverse()) {
      const left = (children.get(parent) ?? 1) - 1;
      children.set(parent, left);
      if (left === 0) {
        add(entries.get(parent));
      }
    }
  }
  return ordered;
}

/** How many children each commit below `head` has. */
function countChildren(
  entries: ReadonlyMap<string, Node>,
  head: string
): Map<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set([head]);
  const open = [head];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    for (const parent of new Set(entries.get(oid)?.parents ?? [])) {
      counts.set(parent, (counts.get(parent) ?? 0) + 1);
      if (!seen.has(parent)) {
        seen.add(parent);
        open.push(parent);
      }
    }
  }
  return counts;
}

/** Lays out an ordered log. Parents that the log lacks end in a line that goes on. */
export function layoutCommits(
  log: readonly Pick<ILogEntry, 'oid' | 'parents'>[]
): readonly IGraphRow[] {
  /** What each column waits for; null: free. */
  const lanes: (string | null)[] = [];
  const freeLane = (): number => {
    const free = lanes.indexOf(null);
    return free < 0 ? lanes.length : free;
  };
  return log.map(({ oid, parents }) => {
    const above = lanes.flatMap((wanted, at) => (wanted === oid ? [at] : []));
    const column = above[0] ?? freeLane();
    const passing = lanes.flatMap((wanted, at) =>
      wanted === null || wanted === oid ? [] : [at]
    );
    above.forEach(at => (lanes[at] = null));
    const below = [...new Set(parents)].map((parent, index) => {
      const known = lanes.indexOf(parent);
      const at = known >= 0 ? known : index === 0 ? column : freeLane();
      lanes[at] = parent;
      return at;
    });
    return { oid, column, passing, above, below };
  });
}
