/** Runs an ngspice skill: netlist from inputs, simulation, declared outputs, preview. */

import {
  CIRCUIT_MIME,
  packArray,
  packComplex,
  packJson,
  type ICircuitBundle,
  type IPort
} from '@llmos-lab/skills';
import { prepareDeck, type IDeck } from './deck';
import { failure } from './failure';
import { fillTemplate, type SkillCode } from './netlist';
import { includeFiles, type ReadFile } from './netlistFiles';
import type { IDeckResult } from './ngspiceEngine';
import { isComplexArray, withoutHelpers, type SpiceVector } from './ngspiceResult';
import type { IOutcome } from './outcome';

/** What an ngspice call needs from outside. */
export interface INgspiceOptions {
  readonly readFile: ReadFile;
  /** Stops the reading of files; `run` has its own. */
  readonly signal?: { readonly aborted: boolean };
  /** New for each run. */
  readonly nonce: string;
  /** Runs the deck, in this thread or in a worker. */
  readonly run: (deck: IDeck) => Promise<IDeckResult>;
}

/** Runs `skill`; rejects with a `SkillFailure`. */
export async function runNgspice(
  skill: SkillCode,
  inputs: Readonly<Record<string, unknown>>,
  options: INgspiceOptions
): Promise<IOutcome> {
  const filled = fillTemplate(skill, inputs);
  const lines = await includeFiles(filled, options.readFile, options.signal);
  const deck = prepareDeck(lines, options.nonce);
  const run = await options.run(deck);
  const result = { ...run.result, vectors: withoutHelpers(run.result.vectors) };
  const seen = { result, op: withoutHelpers(run.op) };
  const shown = circuitBundle(deck, seen);
  return {
    outputs: outputsOf(skill, run, shown),
    bundle: {
      [CIRCUIT_MIME]: shown,
      'text/plain': summary(seen, deck.title)
    },
    logs: deck.notes
  };
}

/** What the skill declares; all that every simulation gives when it declares nothing. */
function outputsOf(
  skill: SkillCode,
  run: IDeckResult,
  shown: ICircuitBundle
): Readonly<Record<string, unknown>> {
  const { axis, analysis, log, units } = run.result;
  const vectors = withoutHelpers(run.result.vectors);
  const standard: Readonly<Record<string, unknown>> = {
    axis,
    vectors,
    analysis,
    log,
    units
  };
  if (skill.outputs.length === 0) {
    return standard;
  }
  const named = skill.outputs.map(port => [
    port.name,
    port.name in standard ? standard[port.name] : namedOutput(port, run, shown)
  ]);
  return Object.fromEntries(named) as Readonly<Record<string, unknown>>;
}

/**
 * A further declared output: the `.meas` result of that name, else the vector `v(out)`
 * for an output `v_out` or `out`, or the helper `v(_out)`, as its last value for a
 * number. A `circuit` is the preview.
 */
function namedOutput(port: IPort, run: IDeckResult, shown: ICircuitBundle): unknown {
  if (port.type === 'circuit') {
    // A copy: Pyodide mistakes an object that it meets twice in one answer.
    return packJson(shown);
  }
  const name = port.name.toLowerCase();
  const measured = run.result.measures[name];
  if (measured !== undefined) {
    return measured;
  }
  const { vectors } = run.result;
  const vector =
    vectors[name] ??
    vectors[vectorName(name)] ??
    vectors[`v(${name})`] ??
    vectors[`v(_${name})`];
  if (vector === undefined) {
    const known = Object.keys(withoutHelpers(vectors)).join(', ');
    throw failure(
      'bad-output',
      `Output ${port.name}: the simulation gave no value of that name. Add a card ` +
        `".meas ${run.result.analysis} ${name} ...", or name the output after a vector, ` +
        `such as v_out for v(out). There are: ${known}.`
    );
  }
  return port.type === 'number' ? lastOf(vector, port.name) : vector;
}

function vectorName(name: string): string {
  return name.replace(/^([vi])_(.+)$/, '$1($2)');
}

function lastOf(vector: SpiceVector, name: string): number {
  if (isComplexArray(vector)) {
    throw failure(
      'bad-output',
      `Output ${name}: AC values are complex and many; declare it as array, or measure it.`
    );
  }
  return vector.at(-1) ?? NaN;
}

function circuitBundle(deck: IDeck, { result, op }: IDeckResult): ICircuitBundle {
  const vectors = Object.entries(result.vectors).map(([name, vector]) => [
    name,
    isComplexArray(vector) ? packComplex(vector.re, vector.im) : packArray(vector)
  ]);
  return {
    v: 1,
    title: deck.title,
    netlist: deck.lines
      .slice(1)
      .map(line => line.text)
      .join('\n'),
    analysis: result.analysis,
    axis: result.axis,
    vectors: Object.fromEntries(vectors) as ICircuitBundle['vectors'],
    units: { ...result.units },
    op,
    log: result.log
  };
}

/** Plain text of a result, for viewers without the renderer. */
function summary({ result, op }: IDeckResult, title: string): string {
  const names = Object.keys(result.vectors);
  const head = `${title || 'Circuit'}: ngspice .${result.analysis}`;
  if (result.analysis === 'op') {
    const values = Object.entries(op).map(
      ([name, value]) =>
        `  ${name} = ${value.toPrecision(6)} ${result.units[name] ?? ''}`
    );
    return [head, ...values].join('\n');
  }
  const first = result.vectors[names[0] ?? ''];
  const points = first ? (isComplexArray(first) ? first.re.length : first.length) : 0;
  return `${head}, ${points} points: ${names.join(', ')}`;
}
