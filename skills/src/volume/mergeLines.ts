import { isRecord } from '../json';

/** A line, and the time that orders it among the lines of the other side. */
interface ILine {
  readonly text: string;
  readonly time: string;
}

/**
 * Unites two versions of a file with one record a line (traces, messages): what neither
 * side took away stays in its order; what either added follows by its time, each once.
 * Which side is called mine changes nothing.
 */
export function uniteLines(base: string, mine: string, theirs: string): string {
  const [before, a, b] = [base, mine, theirs].map(linesOf) as [
    string[],
    string[],
    string[]
  ];
  const [inBase, inA, inB] = [new Set(before), new Set(a), new Set(b)];
  const kept = before.filter(line => inA.has(line) && inB.has(line));
  const newA = timed(a.filter(line => !inBase.has(line)));
  const newB = timed(b.filter(line => !inBase.has(line)));
  const lines = new Set([...kept, ...interleave(newA, newB)]);
  return [...lines].map(line => `${line}\n`).join('');
}

function linesOf(text: string): string[] {
  return [...new Set(text.split(/\r?\n/).filter(line => line.trim() !== ''))];
}

/** A line without a time of its own stays behind the one before it. */
function timed(lines: readonly string[]): ILine[] {
  let time = '';
  return lines.map(text => {
    const own = timeOf(text);
    time = own !== null && own > time ? own : time;
    return { text, time };
  });
}

/** Two sequences, each in its own order; equal times go by text. */
function interleave(a: readonly ILine[], b: readonly ILine[]): string[] {
  const united: string[] = [];
  let [atA, atB] = [0, 0];
  for (;;) {
    const [x, y] = [a[atA], b[atB]];
    if (!x && !y) {
      return united;
    }
    const order = !x ? 1 : !y ? -1 : compare(x, y);
    united.push((order <= 0 ? (x as ILine) : (y as ILine)).text);
    atA += order <= 0 ? 1 : 0;
    atB += order >= 0 ? 1 : 0;
  }
}

function compare(x: ILine, y: ILine): number {
  if (x.text === y.text) {
    return 0;
  }
  return x.time < y.time || (x.time === y.time && x.text < y.text) ? -1 : 1;
}

function timeOf(line: string): string | null {
  try {
    const record: unknown = JSON.parse(line);
    const time = isRecord(record) ? (record.started ?? record.timestamp) : undefined;
    return typeof time === 'string' ? time : null;
  } catch {
    return null; // not a record of ours: it keeps its place among its neighbours
  }
}
