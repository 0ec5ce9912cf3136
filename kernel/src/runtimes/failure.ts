/** What went wrong in a skill, as data that crosses worker borders. */

/** Kinds of failure: stable names for callers and tests. */
export type FailureCode =
  | 'skill-error'
  | 'bad-input'
  | 'bad-output'
  | 'output-too-large'
  | 'ngspice-error'
  | 'timeout'
  | 'stopped'
  | 'out-of-memory'
  | 'unavailable';

/** One failure. `message` is for people and says what to do next where that is known. */
export interface IFailure {
  readonly code: FailureCode;
  /** Python-like name of the error, such as `TypeError`, for the cell's traceback. */
  readonly name: string;
  readonly message: string;
  /** 1-based line of the skill file, when the fault has one. */
  readonly line?: number;
  /** Where the fault stands, in the file's own words, such as a netlist line. */
  readonly excerpt?: string;
  /** What the skill printed before it failed. */
  readonly logs: readonly string[];
}

/** An `Error` that carries a failure. Compare `failure.code`, never the class. */
export class SkillFailure extends Error {
  constructor(readonly failure: IFailure) {
    super(failure.message);
    this.name = failure.name;
  }

  get code(): FailureCode {
    return this.failure.code;
  }

  get line(): number | undefined {
    return this.failure.line;
  }

  get logs(): readonly string[] {
    return this.failure.logs;
  }
}

/** Names of failures that are not the skill's own. */
const NAMES: Partial<Record<FailureCode, string>> = {
  timeout: 'TimeoutError',
  stopped: 'AbortError',
  'out-of-memory': 'MemoryError'
};

/** A failure without place or logs, named after its code unless `more` names it. */
export function failure(
  code: FailureCode,
  message: string,
  more: Partial<IFailure> = {}
): SkillFailure {
  const name = NAMES[code] ?? 'SkillError';
  return new SkillFailure({ code, name, logs: [], ...more, message });
}

/** The failure of anything thrown; what is not ours counts as the skill's own error. */
export function failureOf(
  error: unknown,
  logs: readonly string[],
  line?: number
): IFailure {
  if (error instanceof SkillFailure) {
    return { ...error.failure, logs };
  }
  const known = error instanceof Error;
  return {
    code: 'skill-error',
    name: known ? error.name : 'Error',
    message: known ? error.message : `The skill threw ${describe(error)}.`,
    ...(line === undefined ? {} : { line }),
    logs
  };
}

function describe(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : `a value of type ${typeof value}`;
}
