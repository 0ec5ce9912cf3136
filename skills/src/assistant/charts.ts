import { isRecord } from '../json';

/** The numbers of a chart, as a person reads them from it. */
export interface IChart {
  /** Titles of the axes, such as `bond length (Å)`; empty where there is none. */
  readonly x: string;
  readonly y: string;
  /** In the order of the chart; the name is empty where there is only one. */
  readonly series: readonly IChartSeries[];
}

export interface IChartSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number | string, y: number])[];
}

/**
 * Reads a Vega-Lite chart with its numbers inline; null for one that is built otherwise.
 *
 * @example
 * readChart({
 *   data: { values: [{ a: 1, b: 2 }] },
 *   encoding: { x: { field: 'a' }, y: { field: 'b', title: 'energy' } }
 * }); // { x: 'a', y: 'energy', series: [{ name: '', points: [[1, 2]] }] }
 */
export function readChart(spec: unknown): IChart | null {
  const { data, datasets, encoding } = isRecord(spec) ? spec : {};
  const { x, y, color } = isRecord(encoding) ? encoding : {};
  const rows = isRecord(data)
    ? (data['values'] ?? (isRecord(datasets) ? datasets[String(data['name'])] : null))
    : null;
  const [xField, yField, group] = [x, y, color].map(fieldOf);
  if (!Array.isArray(rows) || xField === undefined || yField === undefined) {
    return null;
  }
  const series = new Map<string, (readonly [number | string, number])[]>();
  for (const row of rows as readonly unknown[]) {
    const [a, b] = isRecord(row) ? [row[xField], row[yField]] : [];
    const key = isRecord(row) && group !== undefined ? row[group] : undefined;
    if ((typeof a === 'number' || typeof a === 'string') && typeof b === 'number') {
      const name = typeof key === 'string' || typeof key === 'number' ? `${key}` : '';
      const points = series.get(name) ?? [];
      points.push([a, b]);
      series.set(name, points);
    }
  }
  return {
    ...{ x: titleOf(x), y: titleOf(y) },
    series: [...series].map(([name, points]) => ({ name, points }))
  };
}

function fieldOf(channel: unknown): string | undefined {
  const field = isRecord(channel) ? channel['field'] : undefined;
  return typeof field === 'string' ? field : undefined;
}

function titleOf(channel: unknown): string {
  const title = isRecord(channel) ? channel['title'] : undefined;
  return typeof title === 'string' ? title : (fieldOf(channel) ?? '');
}
