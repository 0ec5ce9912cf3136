/** What follows from a state vector: probabilities, phases and the qubits' Bloch vectors. */

import type { IAmplitude, IGate, IOutcomeCount } from './model';

/** Of length 1 for a pure qubit, shorter when it is entangled with others. */
export interface IBlochVector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Bits of a basis state, qubit 0 last. */
export function bitsOf(index: number, qubits: number): string {
  return index.toString(2).padStart(qubits, '0');
}

/** Probability of each basis state that has any. */
export function probabilitiesOf(
  state: readonly IAmplitude[],
  qubits: number
): readonly IOutcomeCount[] {
  return state
    .map(({ re, im }, index) => ({
      bits: bitsOf(index, qubits),
      value: re * re + im * im
    }))
    .filter(({ value }) => value > 1e-12);
}

/** Phase in degrees from -180 to 180. */
export function phaseOf({ re, im }: IAmplitude): number {
  return (Math.atan2(im, re) * 180) / Math.PI;
}

/**
 * The Bloch vector of one qubit, the others traced out: shorter than 1 where it is
 * entangled with them.
 */
export function blochVector(state: readonly IAmplitude[], qubit: number): IBlochVector {
  const mask = 1 << qubit;
  let x = 0;
  let y = 0;
  let z = 0;
  state.forEach((zero, index) => {
    const one = state[index | mask];
    if ((index & mask) !== 0 || !one) {
      return;
    }
    x += 2 * (zero.re * one.re + zero.im * one.im);
    y += 2 * (zero.re * one.im - zero.im * one.re);
    z += zero.re ** 2 + zero.im ** 2 - one.re ** 2 - one.im ** 2;
  });
  return { x, y, z };
}

/** Column of each gate: as far left as the wires that it crosses are free. */
export function columnsOf(gates: readonly IGate[]): readonly number[] {
  const free: number[] = [];
  return gates.map(({ qubits }) => {
    const low = Math.min(...qubits);
    const high = Math.max(...qubits);
    let column = 0;
    for (let wire = low; wire <= high; wire++) {
      column = Math.max(column, free[wire] ?? 0);
    }
    for (let wire = low; wire <= high; wire++) {
      free[wire] = column + 1;
    }
    return column;
  });
}
