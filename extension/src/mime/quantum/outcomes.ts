/** Outcomes of a quantum result: what was counted, and what was to be expected. */

import type { IQuantumModel } from './model';
import { probabilitiesOf } from './state';

/** One line of the bar chart; shares and probabilities from 0 to 1. */
export interface IOutcomeRow {
  readonly bits: string;
  readonly count: number;
  /** Of all shots; the probability where nothing was counted. */
  readonly share: number;
  readonly exact: number;
}

/** What was counted beside what theory says. */
export interface IOutcomes {
  readonly shots: number;
  /** Whether probabilities are known. */
  readonly hasExact: boolean;
  /** In ascending order of bits. */
  readonly rows: readonly IOutcomeRow[];
}

/** Counts with the shares of all shots, and exact probabilities. */
export function outcomesOf(model: IQuantumModel): IOutcomes {
  const shots = model.counts.reduce((sum, { value }) => sum + value, 0);
  const known =
    model.probabilities.length > 0
      ? model.probabilities
      : probabilitiesOf(model.state, model.qubits);
  const exact = new Map(known.map(({ bits, value }) => [bits, value]));
  const counts = new Map(model.counts.map(({ bits, value }) => [bits, value]));
  const rows = [...new Set([...counts.keys(), ...exact.keys()])].sort().map(bits => {
    const [count, probability] = [counts.get(bits) ?? 0, exact.get(bits) ?? 0];
    return {
      bits,
      count,
      share: shots > 0 ? count / shots : probability,
      exact: probability
    };
  });
  return { shots, hasExact: exact.size > 0, rows };
}
