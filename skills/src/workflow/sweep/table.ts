import type { JsonValue } from '../../skill/skill';
import type { ISweepPlan } from './plan';
import type { ISweepValue } from './values';

/** A point that has come to its end. */
export interface ISweepResult {
  readonly values: readonly ISweepValue[];
  /** What a table can show of its outputs, by `target.output`; null when it failed. */
  readonly row: Readonly<Record<string, JsonValue>> | null;
}

/** Columns of the outputs, in the order of the calls; `wanted` keeps those, else all. */
export function outputColumns(
  results: readonly ISweepResult[],
  wanted: readonly string[] | null = null
): readonly string[] {
  const names = new Set(results.flatMap(({ row }) => Object.keys(row ?? {})));
  return [...names].filter(name => wanted?.includes(name) ?? true);
}

/**
 * Columns that a chart shows: numbers that change, in the unit of the first of them. With
 * several axes it is one, and if possible one that changes along each of them.
 */
export function plottedColumns(
  plan: Pick<ISweepPlan, 'axes' | 'units'>,
  columns: readonly string[],
  results: readonly ISweepResult[]
): readonly string[] {
  const done = results.filter(({ row }) => row !== null);
  const found = columns.filter(name => {
    const values = done.map(({ row }) => row?.[name]);
    const isNumeric = values.every(value => typeof value === 'number');
    return isNumeric && new Set(values).size > 1;
  });
  const [first] = found;
  if (first === undefined) {
    return [];
  }
  if (plan.axes.length === 1) {
    return found.filter(name => plan.units.get(name) === plan.units.get(first));
  }
  return [found.find(name => changesAlongAll(plan, name, done)) ?? first];
}

/** Whether each axis has two points that differ in it alone, and in the column. */
function changesAlongAll(
  { axes }: Pick<ISweepPlan, 'axes'>,
  column: string,
  done: readonly ISweepResult[]
): boolean {
  return axes.every((_, axis) => {
    const groups = new Map<string, Set<unknown>>();
    for (const { values, row } of done) {
      const others = values.filter((__, at) => at !== axis).map(({ text }) => text);
      const key = JSON.stringify(others);
      groups.set(key, (groups.get(key) ?? new Set()).add(row?.[column]));
    }
    return [...groups.values()].some(values => values.size > 1);
  });
}
