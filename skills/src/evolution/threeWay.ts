/** Three-way merge of texts by lines, for skills that evolution and people both edit. */

/** The common ancestor, what a person made of it, and the new text. */
export interface IThreeTexts {
  readonly base: string;
  readonly theirs: string;
  readonly ours: string;
}

/** A run of lines that differs, as line numbers in the base and the lines instead. */
interface IChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** Cells of the table of two texts: 16 MB, and some milliseconds. */
const LARGEST = 4_000_000;

/**
 * Takes in the changes of both sides; `null` where both changed the same lines in
 * different ways, or where what differs is too long to be compared (some 2,000 lines).
 *
 * @param onConflict `theirs` keeps the person's lines in such places instead
 */
export function mergeTexts(
  { base, theirs, ours }: IThreeTexts,
  onConflict: 'refuse' | 'theirs' = 'refuse'
): string | null {
  const lines = base.split('\n');
  const a = changes(lines, theirs.split('\n'));
  const b = changes(lines, ours.split('\n'));
  if (!a || !b) {
    return null;
  }
  const merged: string[] = [];
  let at = 0;
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const group = nextGroup(a, b, i, j);
    const mine = a.slice(i, group.i);
    const other = b.slice(j, group.j);
    merged.push(...lines.slice(at, group.from));
    const [x, y] = [mine, other].map(list => applied(lines, list, group));
    // Not by their text: no line and one empty line have the same.
    const isSame = JSON.stringify(x) === JSON.stringify(y);
    const isConflict = mine.length > 0 && other.length > 0 && !isSame;
    if (isConflict && onConflict === 'refuse') {
      return null;
    }
    merged.push(...((mine.length > 0 ? x : y) ?? []));
    [i, j, at] = [group.i, group.j, group.to];
  }
  return [...merged, ...lines.slice(at)].join('\n');
}

interface IGroup {
  readonly from: number;
  readonly to: number;
  /** First change of either side that is not in it. */
  readonly i: number;
  readonly j: number;
}

/** The next changes of both sides that touch each other. */
function nextGroup(
  a: readonly IChange[],
  b: readonly IChange[],
  i: number,
  j: number
): IGroup {
  const first = [a[i], b[j]].flatMap(each => each ?? []);
  const from = Math.min(...first.map(change => change.from));
  let to = from;
  for (;;) {
    const [x, y] = [a[i], b[j]];
    if (x && touches(x, from, to)) {
      to = Math.max(to, x.to);
      i += 1;
    } else if (y && touches(y, from, to)) {
      to = Math.max(to, y.to);
      j += 1;
    } else {
      return { from, to, i, j };
    }
  }
}

/** Lines side by side may be changed apart; two insertions at one place may not. */
function touches(change: IChange, from: number, to: number): boolean {
  return change.from < to || (change.from === from && to === from);
}

function applied(
  lines: readonly string[],
  changed: readonly IChange[],
  { from, to }: IGroup
): readonly string[] {
  const result: string[] = [];
  let at = from;
  for (const change of changed) {
    result.push(...lines.slice(at, change.from), ...change.lines);
    at = change.to;
  }
  return [...result, ...lines.slice(at, to)];
}

/** What turns one list of lines into another; `null` where that is too much to compare. */
function changes(
  before: readonly string[],
  after: readonly string[]
): readonly IChange[] | null {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  while (
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const old = before.slice(head, before.length - tail);
  const next = after.slice(head, after.length - tail);
  return (old.length + 1) * (next.length + 1) > LARGEST
    ? null
    : differences(old, next).map(({ from, to, lines }) => ({
        ...{ from: from + head, to: to + head, lines }
      }));
}

/** As `changes`, by their longest common subsequence. */
function differences(
  before: readonly string[],
  after: readonly string[]
): readonly IChange[] {
  const width = after.length + 1;
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] =
        before[i] === after[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(
              longest[(i + 1) * width + j] ?? 0,
              longest[i * width + j + 1] ?? 0
            );
    }
  }
  const found: IChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [from, start] = [i, j];
    while (
      (i < before.length || j < after.length) &&
      !(i < before.length && j < after.length && before[i] === after[j])
    ) {
      const down = i < before.length ? (longest[(i + 1) * width + j] ?? 0) : -1;
      const right = j < after.length ? (longest[i * width + j + 1] ?? 0) : -1;
      [i, j] = down >= right ? [i + 1, j] : [i, j + 1];
    }
    if (i > from || j > start) {
      found.push({ from, to: i, lines: after.slice(start, j) });
    }
    [i, j] = [i + 1, j + 1];
  }
  return found;
}
