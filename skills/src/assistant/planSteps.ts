import { isRecord } from '../json';
import type { JsonValue } from '../skill/skill';

/** A reference to an output of another step, or of a cell that is there already. */
export interface IStepReference {
  readonly from: readonly [step: string, output: string];
}

/** A value, a reference, or a list of references. */
export type StepInput = JsonValue | IStepReference | readonly IStepReference[];

/** A step of a workflow that is to be built: a skill with its inputs, or plain Python. */
export interface IPlanStep {
  readonly id: string;
  readonly skill?: string;
  readonly code?: string;
  readonly inputs?: Readonly<Record<string, StepInput>>;
}

/** Narrows an input to a reference. */
export function isReference(value: unknown): value is IStepReference {
  if (!isRecord(value) || Object.keys(value).join() !== 'from') {
    return false;
  }
  const { from } = value;
  return (
    Array.isArray(from) &&
    from.length === 2 &&
    from.every(item => typeof item === 'string')
  );
}

/** Narrows an input to a list of references. */
export function isReferences(value: unknown): value is readonly IStepReference[] {
  return Array.isArray(value) && value.length > 0 && value.every(isReference);
}

/** What a step takes from others. */
export function references({ inputs = {} }: IPlanStep): readonly IStepReference[] {
  return Object.values(inputs).flatMap(value =>
    isReference(value) ? [value] : isReferences(value) ? value : []
  );
}
