/** Differences of two lists of lines, or of anything that compares as text. */

/** One line of a difference; numbers are 1-based and absent on the side that lacks it. */
export interface IDiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before?: number;
  readonly after?: number;
}

/** Beyond this many edits, what is between the common ends is shown as replaced. */
const MAX_EDITS = 2000;

/**
 * The shortest difference (Myers, "An O(ND) difference algorithm", 1986), removed lines
 * before added ones. Very unlike texts are shown as one block replaced by another.
 */
export function lineDiff(before: string, after: string): readonly IDiffLine[] {
  const a = before === '' ? [] : before.split('\n');
  const b = after === '' ? [] : after.split('\n');
  const pairs = matchItems(a, b);
  const lines: IDiffLine[] = [];
  let i = 0;
  let j = 0;
  for (const [x, y] of [...pairs, [a.length, b.length] as const]) {
    for (; i < x; i++) {
      lines.push({ kind: 'removed', text: a[i] ?? '', before: i + 1 });
    }
    for (; j < y; j++) {
      lines.push({ kind: 'added', text: b[j] ?? '', after: j + 1 });
    }
    if (i < a.length && j < b.length) {
      lines.push({ kind: 'same', text: a[i] ?? '', before: ++i, after: ++j });
    }
  }
  return lines;
}

/**
 * Index pairs of a longest common subsequence, in order.
 *
 * @param most edits beyond which only the common ends are paired
 */
export function matchItems(
  a: readonly string[],
  b: readonly string[],
  most = MAX_EDITS
): readonly (readonly [number, number])[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    start += 1;
  }
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const middle = shortestEdit(
    a.slice(start, a.length - end),
    b.slice(start, b.length - end),
    most
  );
  return [
    ...Array.from({ length: start }, (_, at) => [at, at] as const),
    ...middle.map(([x, y]) => [x + start, y + start] as const),
    ...Array.from(
      { length: end },
      (_, at) => [a.length - end + at, b.length - end + at] as const
    )
  ];
}

/** How far paths reach on each diagonal; -1 where none has been. */
type Reach = (diagonal: number) => number;

/**
 * Furthest reaching paths by number of edits, then the way back through them. A round
 * touches as many diagonals as it has edits, and only those are kept for the way back.
 */
function shortestEdit(
  a: readonly string[],
  b: readonly string[],
  most: number
): readonly (readonly [number, number])[] {
  const limit = Math.min(a.length + b.length, most, MAX_EDITS);
  const middle = limit + 1;
  const ends = new Int32Array(2 * middle + 1).fill(-1);
  const reach: Reach = k => ends[middle + k] ?? -1;
  ends[middle + 1] = 0;
  const rounds: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    rounds.push(ends.slice(middle - edits - 1, middle + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      let x = stepOf(reach, k, edits);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x += 1;
      }
      ends[middle + k] = x;
      if (x >= a.length && x - k >= b.length) {
        return wayBack(rounds, a.length, b.length);
      }
    }
  }
  return [];
}

/** Where the path on diagonal `k` goes on: down from `k + 1`, or right from `k - 1`. */
function stepOf(reach: Reach, k: number, edits: number): number {
  return isDownStep(reach, k, edits) ? reach(k + 1) : reach(k - 1) + 1;
}

function wayBack(
  rounds: readonly Int32Array[],
  endX: number,
  endY: number
): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let x = endX;
  let y = endY;
  for (let edits = rounds.length - 1; edits >= 0; edits--) {
    const reach: Reach = at => rounds[edits]?.[at + edits + 1] ?? -1;
    const k = x - y;
    const start = edits === 0 ? 0 : stepOf(reach, k, edits);
    while (x > start && x > 0 && y > 0) {
      pairs.push([--x, --y]);
    }
    if (edits > 0) {
      const isDown = isDownStep(reach, k, edits);
      x = isDown ? start : start - 1;
      y = isDown ? start - k - 1 : start - k;
    }
  }
  return pairs.reverse();
}

function isDownStep(reach: Reach, k: number, edits: number): boolean {
  return k === -edits || (k !== edits && reach(k - 1) < reach(k + 1));
}
