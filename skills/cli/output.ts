import { tame, tameJson } from './tame';

let hasAnswered = false;

/** Whether standard output has its one JSON document. */
export function hasPrintedJson(): boolean {
  return hasAnswered;
}

/** Writes one JSON document for programs. */
export function printJson(value: unknown): void {
  hasAnswered = true;
  process.stdout.write(`${tameJson(JSON.stringify(value, null, 2))}\n`);
}

/** Writes one line for people, or several. */
export function printLine(line = ''): void {
  process.stdout.write(tame(`${line}\n`));
}

/** Writes a whole file: byte by byte into pipes and files, and tame on a terminal. */
export function printText(text: string): void {
  process.stdout.write(process.stdout.isTTY ? tame(text) : text);
}

/**
 * Rows as aligned columns; the last column is cut to the terminal's width, and whole in
 * pipes and files.
 */
export function printTable(given: readonly (readonly string[])[]): void {
  // First, since it makes them longer; a cell is one line.
  const rows = given.map(row => row.map(cell => tame(cell).replace(/[\n\t]+/g, ' ')));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const limit = process.stdout.isTTY ? process.stdout.columns : Infinity;
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)
    );
    const line = cells.join('  ').trimEnd();
    printLine(line.length > limit ? `${line.slice(0, limit - 1)}…` : line);
  }
}

/** `1 skill`, `2 skills`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** A date of ISO 8601 for people, to the minute. */
export function minute(date: string): string {
  return date.slice(0, 16).replace('T', ' ');
}

/** Remarks go to standard error, so that standard output is the answer alone. */
export function warn(message: string): void {
  process.stderr.write(tame(`llmos: ${message}\n`));
}
