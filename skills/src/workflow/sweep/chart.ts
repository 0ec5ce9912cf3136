import { formatPython } from '../../skill/python';
import type { JsonValue } from '../../skill/skill';
import { pythonList } from './list';
import { sweepTitle, type ISweepNames } from './names';
import { sweepPoints, type ISweepAxis, type ISweepPlan } from './plan';
import { plottedColumns, type ISweepResult } from './table';
import type { ISweepValue } from './values';

/** Colours of a chart; more series could not be told apart. */
const MOST_SERIES = 8;

const PLOT = 'plot-xy';

interface IChartParts {
  readonly plan: ISweepPlan;
  readonly names: ISweepNames;
  readonly columns: readonly string[];
  readonly results: readonly ISweepResult[];
  /** Whether a row may lack its outputs. */
  readonly mayFail: boolean;
}

/**
 * The call that draws the rows: along one axis a line for each output, along several the
 * one output for each combination of the other axes. None where nothing changes, or where
 * only some points of a grid have run.
 */
export function chartCode(parts: IChartParts): readonly string[] {
  const { plan, names, columns, results } = parts;
  const shown = plottedColumns(plan, columns, results);
  const done = results.filter(({ row }) => row !== null);
  const isWhole = results.length === sweepPoints(plan).length;
  const [first] = shown;
  if (first === undefined || done.length < 2 || (!isWhole && plan.axes.length > 1)) {
    return [];
  }
  const along = longestAxis(plan);
  const axis = plan.axes[along];
  const name = plan.names[along] ?? '';
  const isLine = axis?.values.every(({ value }) => typeof value === 'number') === true;
  const yName = shown.length === 1 ? first : 'value';
  const callee = plan.calls[0]?.call.callee ?? 'skill';
  return [
    `${names.chart} = await ${callee}("${PLOT}")(`,
    ...xLines(parts, along).map(line => `    ${line}`),
    '    y={',
    ...seriesLines(parts, shown, along).map(line => `        ${line},`),
    '    },',
    `    title=${formatPython(sweepTitle(plan, names))},`,
    `    x_label=${formatPython(label(name, plan.units.get(name)))},`,
    `    y_label=${formatPython(label(yName, plan.units.get(first)))},`,
    ...(isLine ? [] : ['    kind="bar",']),
    ...(isLine && axis?.isLog === true ? ['    log_x=True,'] : []),
    ')'
  ];
}

function longestAxis({ axes }: ISweepPlan): number {
  const sizes = axes.map(({ values }) => values.length);
  return sizes.indexOf(Math.max(...sizes));
}

function xLines({ plan, names }: IChartParts, along: number): readonly string[] {
  if (plan.axes.length === 1) {
    const key = formatPython(plan.names[0] ?? '');
    return [`x=[row[${key}] for row in ${names.sweep}],`];
  }
  const texts = plan.axes[along]?.values.map(({ text }) => text) ?? [];
  return pythonList(texts, { head: 'x=', tail: ',' });
}

function seriesLines(
  { plan, names, mayFail }: IChartParts,
  columns: readonly string[],
  along: number
): readonly string[] {
  const read = (column: string): string =>
    mayFail
      ? `row.get(${formatPython(column)}, float("nan"))`
      : `row[${formatPython(column)}]`;
  const others = plan.axes.map((_, at) => at).filter(at => at !== along);
  const groups = sweepPoints({
    axes: others.flatMap(at => plan.axes[at] ?? [])
  });
  return groups
    .flatMap(group =>
      columns.map(column => {
        const pairs = group.map((value, at) => {
          const axis = others[at] ?? 0;
          const name = plan.names[axis] ?? '';
          return { name, text: value.text, short: short(value, plan.axes[axis]) };
        });
        const said = pairs.map(({ name, short }) => `${name}=${short}`).join(', ');
        const tests = pairs
          .map(({ name, text }) => `row[${formatPython(name)}] == ${text}`)
          .join(' and ');
        const given = tests === '' ? '' : ` if ${tests}`;
        const title = formatPython(said === '' ? column : said);
        return `${title}: [${read(column)} for row in ${names.sweep}${given}]`;
      })
    )
    .slice(0, MOST_SERIES);
}

/** A value of an axis as people read it: six digits, as long as they tell all apart. */
function short({ value, text }: ISweepValue, axis: ISweepAxis | undefined): string {
  const rounded = sixDigits(value);
  const isOne = axis?.values.every(
    other => other.value === value || sixDigits(other.value) !== rounded
  );
  return rounded === value || typeof rounded !== 'number' || !isOne
    ? text
    : formatPython(rounded);
}

function sixDigits(value: JsonValue): JsonValue {
  const isLong = typeof value === 'number' && !Number.isInteger(value);
  return isLong ? Number(value.toPrecision(6)) : value;
}

function label(name: string, unit: string | undefined): string {
  return unit === undefined ? name : `${name} (${unit})`;
}
