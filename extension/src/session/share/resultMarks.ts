import { isRecord } from '@llmos-lab/skills';

import type { IMadeResult } from '../../graph/run/tokens';

/** What made the results of a notebook's cells, by cell id. */
export type Made = ReadonlyMap<string, IMadeResult>;

/** Cells of a share of which it is learnt: the browser's memory is for all notebooks. */
const MOST_CELLS = 1000;
/** Longest digest that is taken, in characters. */
const LONGEST = 64;

/** Cells of a notebook file that hold a result, with the number of its run. */
export function heldBy(
  notebook: unknown
): readonly { readonly id: string; readonly count: number }[] {
  const cells = isRecord(notebook) ? notebook['cells'] : undefined;
  return (Array.isArray(cells) ? (cells as readonly unknown[]) : []).flatMap(cell => {
    const { id, execution_count: count } = isRecord(cell) ? cell : {};
    return typeof id === 'string' && typeof count === 'number' ? [{ id, count }] : [];
  });
}

/** As it stands in a share; undefined where nothing is known. */
export function formatMade(made: Made): Record<string, IMadeResult> | undefined {
  return made.size === 0 ? undefined : Object.fromEntries(made);
}

/** Reads what a share says, which is untrusted: of results that its notebook holds alone. */
export function parseMade(value: unknown, notebook: unknown): Made {
  const all = isRecord(value) ? value : {};
  const made = new Map<string, IMadeResult>();
  for (const { id, count } of heldBy(notebook).slice(0, MOST_CELLS)) {
    const each = Object.hasOwn(all, id) ? readOne(all[id]) : null;
    if (each?.count === count) {
      made.set(id, each);
    }
  }
  return made;
}

function readOne(value: unknown): IMadeResult | null {
  const { code, meaning, count, isFault } = isRecord(value) ? value : {};
  return isDigest(code) && isDigest(meaning) && typeof count === 'number'
    ? { code, meaning, count, ...(isFault === true && { isFault }) }
    : null;
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST;
}
