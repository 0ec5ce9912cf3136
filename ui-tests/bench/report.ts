import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type } from 'node:os';

/** One line of a benchmark's result. */
export interface IResult {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The same metric of what it is compared with. */
  readonly baseline?: number;
  /** `value / baseline`. */
  readonly ratio?: number;
}

/** The middle of some numbers; the mean of the two middle ones of an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const high = sorted[half];
  const low = sorted[sorted.length % 2 === 1 ? half : half - 1];
  if (high === undefined || low === undefined) {
    throw new Error('There is no median of no values.');
  }
  return (low + high) / 2;
}

/** What nineteen of twenty values do not exceed. */
export function slow(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}

/** A result with the ratio to what it is compared with. */
export function compared(
  metric: string,
  unit: string,
  value: number,
  baseline: number
): IResult {
  return { metric, value, unit, baseline, ratio: value / baseline };
}

/** The value that follows `--name` on the command line. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function cell(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(value < 10 ? 3 : 0);
}

/**
 * Prints the results as a table and writes them to the file of `--json`.
 *
 * @param browser Chromium's version, or `null` when none took part
 */
export function report(
  name: string,
  browser: string | null,
  results: readonly IResult[]
): void {
  const rows = results.map(({ metric, value, unit, baseline, ratio }) => [
    metric,
    `${cell(value)} ${unit}`,
    baseline === undefined ? '' : `${cell(baseline)} ${unit}`,
    cell(ratio)
  ]);
  const table = [['metric', 'median', 'against', 'ratio'], ...rows];
  const widths = [0, 1, 2, 3].map(column =>
    Math.max(...table.map(row => (row[column] ?? '').length))
  );
  for (const row of table) {
    console.log(row.map((text, i) => text.padEnd(widths[i] ?? 0)).join('  '));
  }
  // Numbers of a busy machine say little; two runs are compared at the same load.
  const load = `load ${(loadavg()[0] ?? 0).toFixed(1)}`;
  console.log(`${load} in the last minute, on ${cpus().length} cores`);
  const file = option('json');
  if (file) {
    const cores = cpus();
    const machine = [
      `${cores.length} cores ${cores[0]?.model ?? ''}`.trim(),
      `${type()} ${release()}`,
      `Node ${process.versions.node}`,
      load,
      ...(browser === null ? [] : [`Chromium ${browser}`])
    ].join(', ');
    const text = { name, machine, date: new Date().toISOString(), results };
    writeFileSync(file, `${JSON.stringify(text, null, 2)}\n`);
  }
}
