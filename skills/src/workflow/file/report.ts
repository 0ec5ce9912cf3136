import type { IWorkflowProblem } from './workflow';

/** Collects what is wrong in a file. */
export interface IReport {
  readonly problems: readonly IWorkflowProblem[];
  error(place: string, expected: string, found: string): void;
  warning(place: string, expected: string, found: string): void;
}

/**
 * Starts with no problem; each message is made the same way: place, expected, found.
 */
export function createReport(): IReport {
  const problems: IWorkflowProblem[] = [];
  const add =
    (severity: IWorkflowProblem['severity']): IReport['error'] =>
    (place, expected, found) => {
      const message = `${place}: expected ${expected}, found ${found}.`;
      problems.push({ severity, place, expected, found, message });
    };
  return { problems, error: add('error'), warning: add('warning') };
}

/** A value in few words: `the text "a"`, `a list`, `nothing`. */
export function kindOf(value: unknown): string {
  if (value === undefined) {
    return 'nothing';
  }
  if (value === null) {
    return 'null';
  }
  if (typeof value === 'object') {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
  const text = typeof value === 'string' ? JSON.stringify(value) : `${value as number}`;
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
