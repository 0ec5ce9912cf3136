/** A circuit's numbers as a table. */

import type { ICircuitModel } from './model';

/**
 * CSV with a header (`time [s]`, `v(out) [V]`), one line a point; AC values as two
 * columns, real and imaginary. An operating point has one line a value.
 */
export function toCsv({ axis, traces, op }: ICircuitModel): string {
  if (!axis) {
    const lines = op.map(({ name, value, unit }) => row([name, value, unit]));
    return [row(['name', 'value', 'unit']), ...lines, ''].join('\n');
  }
  const columns: { readonly head: string; readonly values: Float64Array }[] = [
    { head: headOf(axis.name, axis.unit), values: axis.values }
  ];
  for (const { name, unit, values, imaginary } of traces) {
    if (imaginary) {
      columns.push({ head: headOf(`re ${name}`, unit), values });
      columns.push({ head: headOf(`im ${name}`, unit), values: imaginary });
    } else {
      columns.push({ head: headOf(name, unit), values });
    }
  }
  const lines = [row(columns.map(({ head }) => head))];
  for (let index = 0; index < axis.values.length; index++) {
    lines.push(row(columns.map(({ values }) => values[index] ?? NaN)));
  }
  return `${lines.join('\n')}\n`;
}

function headOf(name: string, unit: string): string {
  return unit ? `${name} [${unit}]` : name;
}

function row(cells: readonly (string | number)[]): string {
  return cells
    .map(cell => (typeof cell === 'number' ? String(cell) : quoted(cell)))
    .join(',');
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
