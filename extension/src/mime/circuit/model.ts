/** The checked content of a circuit bundle, ready to draw. */

import { ANALYSES, isPackedArray, isRecord, unpackArray } from '@llmos-lab/skills';
import type { Analysis } from '@llmos-lab/skills';

import { reasonOf } from '../../reasonOf';
import { formatTick } from '../format';
import { packedLength } from '../packedLength';
import type { IRest } from '../schematic/layout';

/** Points over all traces; more would not fit in a page's memory beside the rest. */
const MAX_VALUES = 8_000_000;

/** One vector over the axis. */
export interface ITrace {
  readonly name: string;
  readonly unit: string;
  /** Real parts. */
  readonly values: Float64Array;
  /** Imaginary parts of AC values. */
  readonly imaginary: Float64Array | null;
}

/** What the traces are drawn over: time in s, frequency in Hz, or a swept source. */
export interface IAxis {
  readonly name: string;
  readonly unit: string;
  readonly values: Float64Array;
}

/** A voltage in V or current in A at rest. */
export interface IOperatingPoint {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

/** A circuit bundle after all checks; arrays have the axis's length. */
export interface ICircuitModel {
  readonly title: string;
  readonly netlist: string;
  readonly log: string;
  readonly analysis: Analysis;
  /** Null for an operating point. */
  readonly axis: IAxis | null;
  readonly traces: readonly ITrace[];
  readonly op: readonly IOperatingPoint[];
}

/** Payloads come from files: what is wrong is a sentence, never an exception. */
export type CircuitReading =
  { readonly model: ICircuitModel } | { readonly problem: string };

/** Reads a payload from outside; a problem says what is wrong with it. */
export function readCircuit(payload: unknown): CircuitReading {
  if (!isRecord(payload) || payload['v'] !== 1) {
    return problem('it is not a circuit result of version 1');
  }
  const analysis = ANALYSES.find(name => name === payload['analysis']);
  if (!analysis) {
    return problem(`its analysis is none of ${ANALYSES.join(', ')}`);
  }
  const { vectors, axis: axisName } = payload;
  const units = isRecord(payload['units']) ? payload['units'] : {};
  if (!isRecord(vectors)) {
    return problem('it has no vectors');
  }
  const total = Object.values(vectors)
    .filter(isPackedArray)
    .reduce((sum, packed) => sum + packedLength(packed), 0);
  if (total > MAX_VALUES) {
    return problem(
      `it has ${total} values, more than ${MAX_VALUES}; save fewer vectors`
    );
  }
  const traces: ITrace[] = [];
  for (const [name, packed] of Object.entries(vectors)) {
    const trace = readVector(name, packed, textOf(units[name]));
    if ('problem' in trace) {
      return trace;
    }
    traces.push(trace);
  }
  const axis = traces.find(({ name }) => name === axisName) ?? null;
  const others = traces.filter(trace => trace !== axis);
  const uneven = axis && others.find(one => one.values.length !== axis.values.length);
  if (uneven) {
    return problem(`vector ${uneven.name} and its axis differ in length`);
  }
  if (!axis && analysis !== 'op') {
    return problem('its axis is not among its vectors');
  }
  return {
    model: {
      title: textOf(payload['title']),
      netlist: textOf(payload['netlist']),
      log: textOf(payload['log']),
      analysis,
      axis,
      traces: others,
      op: readPoint(payload['op'], units)
    }
  };
}

function problem(what: string): { readonly problem: string } {
  return {
    problem: `This circuit result cannot be shown: ${what}. Run the cell again to replace it.`
  };
}

function readVector(
  name: string,
  packed: unknown,
  unit: string
): ITrace | { readonly problem: string } {
  if (!isPackedArray(packed)) {
    return problem(`vector ${name} is no packed array`);
  }
  try {
    const unpacked = unpackArray(packed);
    const numbers =
      unpacked instanceof Float64Array ? unpacked : Float64Array.from(unpacked, Number);
    if (packed.dtype !== 'complex128') {
      return { name, unit, values: numbers, imaginary: null };
    }
    const length = numbers.length >> 1;
    const values = new Float64Array(length);
    const imaginary = new Float64Array(length);
    for (let index = 0; index < length; index++) {
      values[index] = numbers[2 * index] ?? NaN;
      imaginary[index] = numbers[2 * index + 1] ?? NaN;
    }
    return { name, unit, values, imaginary };
  } catch (error) {
    const reason = reasonOf(error);
    return problem(`vector ${name} cannot be decoded (${reason})`);
  }
}

function readPoint(
  op: unknown,
  units: Readonly<Record<string, unknown>>
): readonly IOperatingPoint[] {
  return Object.entries(isRecord(op) ? op : {}).flatMap(([name, value]) =>
    typeof value === 'number'
      ? [{ name, value, unit: textOf(units[name]) || unitOfName(name) }]
      : []
  );
}

/** Below this a voltage or current at rest is the solver's rounding. */
const NOTHING = 1e-12;

/** Voltages and currents of an operating point, as a schematic shows them. */
export function restOf(op: readonly IOperatingPoint[]): IRest {
  const values = new Map(op.map(one => [one.name.toLowerCase(), one]));
  const said = (...names: readonly string[]): string => {
    const found = names.map(name => values.get(name.toLowerCase())).find(Boolean);
    return found
      ? formatTick(Math.abs(found.value) < NOTHING ? 0 : found.value, found.unit, 4)
      : '';
  };
  return {
    voltage: node => said(`v(${node})`, node),
    current: part => said(`i(${part})`, `${part}#branch`)
  };
}

/** ngspice writes `v(node)` for volts, and `i(v1)` or `v1#branch` for amperes. */
function unitOfName(name: string): string {
  return /^i\(|#branch$|\[i[a-z]*\]$/.test(name) ? 'A' : 'V';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
