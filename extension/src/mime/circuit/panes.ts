/** What a circuit's charts show: panes one below the other, over one horizontal axis. */

import type { IAxis, ICircuitModel, ITrace } from './model';

/** How the values are scaled; each can be switched by hand. */
export interface IScaling {
  readonly logX: boolean;
  /** Logarithmic values; for AC the magnitude in dB. */
  readonly logY: boolean;
}

/** One line: a trace, or one run of it in a nested sweep. */
export interface ILine {
  /** Index of its trace in the model: colour, dash and switch. */
  readonly trace: number;
  readonly label: string;
  readonly values: Float64Array;
}

/** Lines of one unit, over the shared axis. */
export interface IPane {
  readonly title: string;
  readonly unit: string;
  readonly logY: boolean;
  readonly lines: readonly ILine[];
}

/** All panes of a result, from top to bottom. */
export interface IChart {
  readonly x: IAxis;
  readonly panes: readonly IPane[];
}

/** How a result is scaled at first: frequencies logarithmic, magnitudes in dB. */
export function defaultScaling({ analysis, axis }: ICircuitModel): IScaling {
  const positive = (axis?.values[0] ?? 0) > 0;
  const spectrum = (analysis === 'ac' || analysis === 'noise') && positive;
  return { logX: spectrum && isWide(axis?.values), logY: spectrum };
}

/** Whether the axis spans more than a decade: a narrow one reads better linear. */
function isWide(values: Float64Array | undefined): boolean {
  return (values?.at(-1) ?? 0) > 10 * (values?.[0] ?? 0);
}

/** Panes of a result; null when it has no axis or its axis is not one that can be drawn. */
export function chartOf(model: ICircuitModel, scaling: IScaling): IChart | null {
  const runs = model.axis && splitRuns(model.axis.values);
  if (!model.axis || !runs) {
    return null;
  }
  const { start, length, reverse } = runs;
  const x = { ...model.axis, values: cut(model.axis.values, 0, length, reverse) };
  const lines = (scale: (trace: ITrace) => Float64Array): Sorted =>
    model.traces.map((trace, index) => {
      const values = scale(trace);
      return start.map((from, run) => ({
        trace: index,
        label: start.length > 1 ? `${trace.name} #${run + 1}` : trace.name,
        values: cut(values, from, length, reverse)
      }));
    });
  const panes =
    model.analysis === 'ac'
      ? acPanes(model, scaling, lines)
      : unitPanes(model, scaling, lines);
  return { x, panes: panes.filter(pane => pane.lines.length > 0) };
}

type Sorted = readonly (readonly ILine[])[];

function acPanes(
  model: ICircuitModel,
  { logY }: IScaling,
  lines: (scale: (trace: ITrace) => Float64Array) => Sorted
): readonly IPane[] {
  const units = [...new Set(model.traces.map(trace => trace.unit))];
  return [
    {
      title: 'Magnitude',
      unit: logY ? 'dB' : units.length === 1 ? (units[0] ?? '') : '',
      logY: false,
      lines: lines(logY ? decibels : magnitude).flat()
    },
    { title: 'Phase', unit: '°', logY: false, lines: lines(phase).flat() }
  ];
}

/** One pane a unit, so that microamperes are not flat beside volts. */
function unitPanes(
  model: ICircuitModel,
  { logY }: IScaling,
  lines: (scale: (trace: ITrace) => Float64Array) => Sorted
): readonly IPane[] {
  const all = lines(trace => (logY ? positive(trace.values) : trace.values));
  const units = [...new Set(model.traces.map(trace => trace.unit))];
  return units.map(unit => ({
    title: TITLES[unit] ?? '',
    unit,
    logY,
    lines: all.filter((_, index) => model.traces[index]?.unit === unit).flat()
  }));
}

const TITLES: Readonly<Record<string, string>> = {
  V: 'Voltage',
  A: 'Current',
  'V/√Hz': 'Noise density',
  'A/√Hz': 'Noise density'
};

/**
 * Where the runs of a sweep begin, when all have the same axis: one run, or the inner
 * runs of a nested `.dc`. Null for an axis that goes back and forth otherwise.
 */
export function splitRuns(
  axis: Float64Array
): { start: readonly number[]; length: number; reverse: boolean } | null {
  const reverse = (axis[1] ?? 0) < (axis[0] ?? 0);
  const start = [0];
  for (let index = 1; index < axis.length; index++) {
    const step = (axis[index] ?? 0) - (axis[index - 1] ?? 0);
    if (reverse ? step > 0 : step < 0) {
      start.push(index);
    }
  }
  const length = start[1] ?? axis.length;
  const even = start.every((from, run) => from === run * length);
  const same = axis.every((value, index) => {
    const first = axis[index % length] ?? NaN;
    return Math.abs(value - first) <= 1e-9 * Math.max(1e-300, Math.abs(first));
  });
  return axis.length > 0 && even && same && axis.length === start.length * length
    ? { start, length, reverse }
    : null;
}

function cut(
  values: Float64Array,
  from: number,
  length: number,
  reverse: boolean
): Float64Array {
  const part = values.subarray(from, from + length);
  return reverse ? part.slice().reverse() : part;
}

/** Absolute values of a trace. */
export function magnitude({ values, imaginary }: ITrace): Float64Array {
  return values.map((re, index) => Math.hypot(re, imaginary?.[index] ?? 0));
}

/** 20·log10 of the absolute value; NaN where it is 0. */
export function decibels(trace: ITrace): Float64Array {
  return magnitude(trace).map(size => (size > 0 ? 20 * Math.log10(size) : NaN));
}

/** Phase in degrees without jumps: steps beyond half a turn go the short way round. */
export function phase({ values, imaginary }: ITrace): Float64Array {
  let turns = 0;
  let last = NaN;
  return values.map((re, index) => {
    const angle = (Math.atan2(imaginary?.[index] ?? 0, re) * 180) / Math.PI;
    if (angle - last > 180) {
      turns -= 1;
    } else if (angle - last < -180) {
      turns += 1;
    }
    last = angle;
    return angle + 360 * turns;
  });
}

function positive(values: Float64Array): Float64Array {
  return values.map(value => (value > 0 ? value : NaN));
}

/** The value of `line` at `x`, interpolated; NaN outside. `axis` ascends. */
export function valueAt(axis: Float64Array, line: Float64Array, x: number): number {
  let low = 0;
  let high = axis.length - 1;
  if (high < 0 || !(x >= (axis[0] ?? NaN)) || !(x <= (axis[high] ?? NaN))) {
    return NaN;
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((axis[middle] ?? 0) <= x) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [x0 = 0, x1 = 0] = [axis[low], axis[high]];
  const [y0 = NaN, y1 = NaN] = [line[low], line[high]];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}
