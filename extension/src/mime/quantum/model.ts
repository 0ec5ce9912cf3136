/** The checked content of a quantum bundle: circuit, counts, state; each may be absent. */

import { isPackedArray, isRecord, unpackArray } from '@llmos-lab/skills';

import { packedLength } from '../packedLength';

const MAX_QUBITS = 24;
const MAX_GATES = 2000;
/** Amplitudes: those of 20 qubits. */
const MAX_STATE = 2 ** 20;
const MAX_OUTCOMES = 2 ** 16;

/** One operation; for controlled ones the target comes last in `qubits`. */
export interface IGate {
  readonly name: string;
  readonly qubits: readonly number[];
  readonly params: readonly (number | string)[];
}

/** One outcome; the rightmost character is qubit 0, as in Qiskit. */
export interface IOutcomeCount {
  readonly bits: string;
  readonly value: number;
}

/** A complex amplitude. */
export interface IAmplitude {
  readonly re: number;
  readonly im: number;
}

/** A quantum bundle after all checks; qubit 0 is the rightmost bit, as in Qiskit. */
export interface IQuantumModel {
  readonly title: string;
  readonly qubits: number;
  readonly gates: readonly IGate[];
  readonly counts: readonly IOutcomeCount[];
  readonly probabilities: readonly IOutcomeCount[];
  /** Empty, or one amplitude for each of the 2^qubits basis states. */
  readonly state: readonly IAmplitude[];
}

/** Payloads come from files: what is wrong is a sentence, never an exception. */
export type QuantumReading =
  { readonly model: IQuantumModel } | { readonly problem: string };

/**
 * Reads `{ title?, qubits?, gates?: [{ name, qubits, params? }], counts?, probabilities?,
 * statevector? }` from outside; the state vector as `[re, im]` pairs or packed
 * `complex128`.
 */
export function readQuantum(payload: unknown): QuantumReading {
  if (!isRecord(payload)) {
    return problem('it is no object');
  }
  const gates = readGates(payload['gates']);
  const counts = readOutcomes(payload['counts']);
  const probabilities = readOutcomes(payload['probabilities']);
  const state = readState(payload['statevector']);
  if (!gates || !counts || !probabilities || !state) {
    const bad = { gates, counts, probabilities, statevector: state };
    const names = Object.entries(bad).filter(([, value]) => value === null);
    return problem(`its ${names.map(([name]) => name).join(', ')} cannot be read`);
  }
  const used = gates.flatMap(gate => gate.qubits.map(qubit => qubit + 1));
  const bits = [...counts, ...probabilities].map(one => one.bits.length);
  const given = Number.isInteger(payload['qubits']) ? Number(payload['qubits']) : 0;
  const ofState = state.length > 0 ? Math.log2(state.length) : 0;
  const qubits = [given, ofState, ...bits, ...used].reduce(
    (most, each) => Math.max(most, each),
    0
  );
  if (!Number.isInteger(ofState) || (state.length > 0 && qubits !== ofState)) {
    return problem('its state vector does not fit the number of qubits');
  }
  if (qubits === 0 || qubits > MAX_QUBITS) {
    return problem(`it has ${qubits} qubits; 1 to ${MAX_QUBITS} can be shown`);
  }
  const title = typeof payload['title'] === 'string' ? payload['title'] : '';
  return { model: { title, qubits, gates, counts, probabilities, state } };
}

function problem(what: string): { readonly problem: string } {
  return {
    problem: `This quantum result cannot be shown: ${what}. Run the cell again to replace it.`
  };
}

function readGates(value: unknown): readonly IGate[] | null {
  if (value == null) {
    return [];
  }
  if (!Array.isArray(value) || value.length > MAX_GATES) {
    return null;
  }
  const gates = value.flatMap((gate: unknown) => {
    if (!isRecord(gate) || typeof gate['name'] !== 'string') {
      return [];
    }
    const { name, qubits, params = [] } = gate;
    const fits =
      Array.isArray(qubits) &&
      qubits.length > 0 &&
      qubits.every(isQubit) &&
      isList(params);
    return fits
      ? [
          {
            name,
            qubits: qubits as number[],
            params: params.filter(
              one => typeof one === 'number' || typeof one === 'string'
            )
          }
        ]
      : [];
  });
  return gates.length === value.length ? gates : null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isQubit(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < MAX_QUBITS;
}

function readOutcomes(value: unknown): readonly IOutcomeCount[] | null {
  if (value == null) {
    return [];
  }
  if (!isRecord(value)) {
    return null;
  }
  const entries = Object.entries(value);
  const fits =
    entries.length <= MAX_OUTCOMES &&
    entries.every(
      ([bits, one]) => /^[01]+$/.test(bits) && typeof one === 'number' && one >= 0
    );
  return fits ? entries.map(([bits, one]) => ({ bits, value: Number(one) })) : null;
}

function readState(value: unknown): readonly IAmplitude[] | null {
  if (value == null) {
    return [];
  }
  if (isPackedArray(value) && value.dtype === 'complex128') {
    if (packedLength(value) > MAX_STATE) {
      return null;
    }
    try {
      const numbers = Array.from(unpackArray(value), Number);
      return Array.from({ length: numbers.length >> 1 }, (_, index) => ({
        re: numbers[2 * index] ?? 0,
        im: numbers[2 * index + 1] ?? 0
      }));
    } catch {
      return null; // No base64: reported as a state vector that cannot be read.
    }
  }
  if (!Array.isArray(value) || value.length > 2 ** 16) {
    return null;
  }
  const pairs = value.map((pair: unknown) => {
    const [re, im] = isList(pair) ? pair : [];
    return typeof re === 'number' && typeof im === 'number' ? { re, im } : null;
  });
  return pairs.every(pair => pair !== null) ? pairs : null;
}
